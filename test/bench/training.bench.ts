import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { SIGNAL_SETS } from '#clinical';
import { TensorRuntime, TRAINING_MEMORY_SETTINGS } from '#engine';
import { STATIC_FEATURES, STATISTIC_FEATURES } from '#model';
import { NETWORK_PRESETS, type HyperParameters } from '#network';
import { DEFAULT_SETTINGS } from '#training';
import { madeUpWindows } from './training/made-up-windows.js';
import { measureSteps, type StepCost } from './training/measure-steps.js';
import { askPyTorch, type MeasuredCase, type PeerMeasurement } from './training/pytorch-peer.js';
import { jointCase, riskCase } from './training/training-case.js';

const HYPER: HyperParameters = {
  signals: SIGNAL_SETS['icu-36'].length,
  hours: 24,
  staticSize: STATIC_FEATURES.length,
  statistics: STATISTIC_FEATURES.length,
  ...NETWORK_PRESETS.serving,
};
const WARM_UP_STEPS = 4;
const STEPS = 15;

/**
 * Windows a second that a training reads, of both networks and of the risk network alone, beside PyTorch's with the same networks, weights,
 * batches, threads and memory settings. The Python is that of VIGIL_PYTHON, else `python3`.
 */
export async function run(): Promise<void> {
  if (process.env['MALLOC_TOP_PAD_'] === undefined) return runAsTrained();
  const python = process.env['VIGIL_PYTHON'] ?? 'python3';
  const threads = availableParallelism();
  const runtime = await TensorRuntime.load('auto');
  const cases = measureOwn(runtime);
  const answer = askPyTorch(runtime, cases, { python, threads, steps: STEPS });
  const peer = answer.kind === 'measured' ? answer.peer : undefined;
  const load = loadavg()[0]!.toFixed(1);
  print(
    `${HYPER.signals} signals x ${HYPER.hours} h, ${STEPS} steps each, ${threads} threads; load of the machine ${load}`,
  );
  for (const one of cases) report(runtime.name, one, peer);
  print(`most memory held: ours ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB${peakOf(peer)}`);
  if (answer.kind === 'absent')
    print(`PyTorch was not measured: ${answer.why}; run "pip install torch" and set VIGIL_PYTHON to that Python.`);
  if (answer.kind !== 'refused') return;
  console.error(`PyTorch was not measured: ${answer.why}`);
  process.exitCode = 1;
}

function measureOwn(runtime: TensorRuntime): MeasuredCase[] {
  const joint = jointCase(runtime, HYPER, madeUpWindows(DEFAULT_SETTINGS.batchSize));
  const risk = riskCase(runtime, HYPER, madeUpWindows(DEFAULT_SETTINGS.riskBatchSize));
  const counts = { warmUp: WARM_UP_STEPS, measured: STEPS };
  return [joint, risk].map((given) => ({ given, own: measureSteps(runtime, given, counts) }));
}

/** With the memory settings of a training, which are read when a process starts. */
function runAsTrained(): void {
  const env = { ...process.env, ...TRAINING_MEMORY_SETTINGS };
  const { status } = spawnSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

function report(backend: string, { given, own }: MeasuredCase, peer: PeerMeasurement | undefined): void {
  const { windows } = given;
  const what = given.name === 'joint' ? 'both networks' : 'the risk network alone';
  print(`${what}, a step of ${windows} windows`.padEnd(46) + 'ms a step  ms of processor  windows/s');
  const line = (name: string, { msAStep, processorMsAStep }: StepCost): void => {
    const perSecond = (1000 * windows) / msAStep;
    const numbers = [
      msAStep.toFixed(1).padStart(9),
      processorMsAStep.toFixed(1).padStart(15),
      perSecond.toFixed(0).padStart(9),
    ];
    print(`  ${name.padEnd(44)}${numbers.join('  ')}`);
  };
  line(`ours (${backend})`, own.ready);
  line('ours, drawing each batch, too', own.drawn);
  const other = peer?.measured[given.name];
  if (other === undefined) return;
  line(`PyTorch ${peer!.torch}`, other);
  const ratio = (of: keyof StepCost): string => (other[of] / own.ready[of]).toFixed(2);
  print(
    `  ours / PyTorch's: ${ratio('msAStep')} of its windows a second, ${ratio('processorMsAStep')} a second of processor`,
  );
}

function peakOf(peer: PeerMeasurement | undefined): string {
  return peer === undefined ? '' : `, PyTorch ${Math.round(peer.peakMiB)} MiB`;
}

function print(line: string): void {
  console.log(line);
}
