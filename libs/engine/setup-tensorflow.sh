#!/usr/bin/env bash
# Puts native TensorFlow for Node into .tensorflow/ at the repository's root. Never a condition for start or test; training is
# several times slower without it. Running it again does nothing that is already done.
#
#   npm run setup:tensorflow [-- cpu|gpu]        default cpu; both may stand side by side
#
# Needs Linux on x64, node with its headers, npm, python3 with pip, make and g++. About 750 MB.
# Settings:
#   TF_VERSION   version of libtensorflow (default 2.15.1; with CUDA 12.5 libraries take 2.18.1)
#   CUDA_WHEELS  1: for gpu, also fetch the CUDA libraries this version wants (2 GB), where the machine has none
#   VIGIL_TENSORFLOW_DIR  another target folder
set -euo pipefail

KIND=${1:-cpu}
TFJS=4.22.0
TF=${TF_VERSION:-2.15.1}
case $KIND in
  cpu) NPM=@tensorflow/tfjs-node; WHEEL=tensorflow-cpu ;;
  gpu) NPM=@tensorflow/tfjs-node-gpu; WHEEL=tensorflow ;;
  -h | --help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) echo "setup-tensorflow: '$KIND' is neither cpu nor gpu" >&2; exit 2 ;;
esac
[ "$(uname -sm)" = 'Linux x86_64' ] || { echo "setup-tensorflow: this is for Linux on x64; found $(uname -sm). The wasm backend works everywhere." >&2; exit 1; }
for tool in node npm python3 make g++; do
  command -v "$tool" >/dev/null || { echo "setup-tensorflow: $tool is not installed" >&2; exit 1; }
done

ROOT=$(cd "$(dirname "$0")/../.." && pwd)
DIR=${VIGIL_TENSORFLOW_DIR:-$ROOT/.tensorflow}
mkdir -p "$DIR"; DIR=$(cd "$DIR" && pwd -P); cd "$DIR"
CACHE=$DIR/.cache; mkdir -p "$CACHE"
PACKAGE=$DIR/node_modules/$NPM
[ -f package.json ] || echo '{ "private": true }' >package.json

install_package() { # without its install script, which would fetch an older libtensorflow from elsewhere
  [ -f "$PACKAGE/binding.gyp" ] || npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$NPM@$TFJS"
}

fetch_wheel() { # the installer checks the index's sha256
  python3 -m pip download --disable-pip-version-check -q --no-deps --only-binary=:all: --implementation cp \
    --python-version 3.11 --platform manylinux1_x86_64 --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 -d "$CACHE" "$1"
}

unpack_library() { # libtensorflow and its C headers out of the Python wheel
  [ "$(cat "$PACKAGE/deps/VERSION" 2>/dev/null)" != "$WHEEL $TF" ] || return 0
  fetch_wheel "$WHEEL==$TF"
  python3 - "$CACHE"/${WHEEL//-/_}-"$TF"-*.whl "$PACKAGE/deps" "$WHEEL $TF" <<'PYTHON'
import os, re, shutil, sys, zipfile
wheel, deps, version = sys.argv[1:4]
archive = zipfile.ZipFile(wheel)
names = set(archive.namelist())
lib, include = os.path.join(deps, 'lib'), os.path.join(deps, 'include')
shutil.rmtree(deps, ignore_errors=True)
os.makedirs(lib)
os.makedirs(include)
for name in ('libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'):
    with archive.open('tensorflow/' + name) as source, open(os.path.join(lib, name), 'wb') as target:
        shutil.copyfileobj(source, target, 1 << 20)
for link, name in (('libtensorflow.so', 'libtensorflow_cc.so.2'),            # what the linker asks for
                   ('libtensorflow.so.2.9.1', 'libtensorflow_cc.so.2'),      # what the package takes as "already there"
                   ('libtensorflow_framework.so', 'libtensorflow_framework.so.2')):
    os.symlink(name, os.path.join(lib, link))
wanted = ['c/c_api.h', 'c/eager/c_api.h', 'c/tf_datatype.h', 'c/tf_status.h', 'c/tf_tensor.h', 'core/platform/ctstring_internal.h']
wanted = ['tensorflow/' + header for header in wanted]
seen = set()
while wanted:                                                                # the headers the add-on needs, and theirs
    header = wanted.pop()
    member = 'tensorflow/include/' + header
    if header in seen or member not in names:
        continue
    seen.add(header)
    text = archive.read(member)
    path = os.path.join(include, header)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as target:
        target.write(text)
    wanted += re.findall(r'^\s*#\s*include\s+"([^"]+)"', text.decode(), re.M)
with open(os.path.join(deps, 'VERSION'), 'w') as target:
    target.write(version)
PYTHON
  ! command -v strip >/dev/null || strip --strip-unneeded "$PACKAGE"/deps/lib/*.so.2
  rm -f "$CACHE"/${WHEEL//-/_}-"$TF"-*.whl "$PACKAGE/deps/BUILT"
}

fetch_cuda() { # beside the libraries, where they look for them
  local parts part
  case $TF in
    2.15.*) parts="cublas==12.2.5.6 cuda-runtime==12.2.140 cudnn==8.9.4.25 cufft==11.0.8.103 curand==10.3.3.141 cusolver==11.5.2.141 cusparse==12.1.2.141 nvjitlink==12.2.140 cuda-cupti==12.2.142 cuda-nvrtc==12.2.140 nccl==2.16.5" ;;
    2.18.*) parts="cublas==12.5.3.2 cuda-runtime==12.5.82 cudnn==9.3.0.75 cufft==11.2.3.61 curand==10.3.6.82 cusolver==11.6.3.83 cusparse==12.5.1.3 nvjitlink==12.5.82 cuda-cupti==12.5.82 cuda-nvrtc==12.5.82 nccl==2.21.5" ;;
    *) echo "setup-tensorflow: CUDA libraries are known for 2.15 and 2.18 alone, not for $TF" >&2; exit 2 ;;
  esac
  [ ! -d "$PACKAGE/deps/nvidia" ] || return 0
  for part in $parts; do fetch_wheel "nvidia-${part%%==*}-cu12==${part##*==}"; done
  python3 - "$CACHE" "$PACKAGE/deps" <<'PYTHON'
import glob, os, shutil, sys, zipfile
for wheel in glob.glob(os.path.join(sys.argv[1], 'nvidia_*.whl')):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith('nvidia/') and '/lib/' in name and '.so' in name:
                path = os.path.join(sys.argv[2], name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with archive.open(name) as source, open(path, 'wb') as target:
                    shutil.copyfileobj(source, target, 1 << 20)
    os.remove(wheel)
PYTHON
}

build_addon() { # 90 kB, against the node headers on this machine
  local headers=${npm_config_nodedir:-} place
  [ ! -f "$PACKAGE/deps/BUILT" ] || [ "$(cat "$PACKAGE/deps/BUILT")" != "$(node -p process.version)" ] || return 0
  if [ -z "$headers" ]; then
    for place in "$(node -p 'require("path").resolve(process.execPath, "../..")')" /usr /usr/local; do
      [ ! -f "$place/include/node/node_api.h" ] || { headers=$place; break; }
    done
  fi
  [ -z "$headers" ] || export npm_config_nodedir=$headers
  (cd "$PACKAGE" && rm -rf build lib && npx --no-install node-pre-gyp install --build-from-source) >"$CACHE/build.log" 2>&1 ||
    { tail -30 "$CACHE/build.log" >&2; echo "setup-tensorflow: the add-on did not compile; the whole log is $CACHE/build.log" >&2; exit 1; }
  node -p process.version >"$PACKAGE/deps/BUILT"
}

install_package
unpack_library
[ "$KIND" != gpu ] || [ -z "${CUDA_WHEELS:-}" ] || fetch_cuda
build_addon
TF_CPP_MIN_LOG_LEVEL=2 node -e '
  const tf = require(process.argv[1]);
  const sum = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).sum().arraySync();
  if (tf.getBackend() !== "tensorflow" || sum !== 12) throw new Error("native TensorFlow loads but computes " + sum + ", not 12");
  console.log("native TensorFlow", tf.backend().binding.TF_Version, "tfjs", tf.version.tfjs, "on", tf.backend().isUsingGpuDevice ? "GPU" : "CPU");
' "$NPM"
