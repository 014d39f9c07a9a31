/**
 * Tells the linter which source file an import means: `#room` by package.json's "imports", `./x.js` by the TypeScript
 * file that becomes it. Needs neither a build nor that the file exists.
 */
const path = require('node:path');
const { imports } = require('../package.json');

const root = path.resolve(__dirname, '..');

/** The source of a compiled path. */
function sourceOf(compiled) {
  return compiled.replace(/\.js$/, '.ts');
}

exports.interfaceVersion = 2;
exports.resolve = (name, importer) => {
  const room = imports[name];
  if (room !== undefined) return { found: true, path: sourceOf(path.resolve(root, room.replace(/^\.\/dist\//, './'))) };
  if (name.startsWith('.')) return { found: true, path: sourceOf(path.resolve(path.dirname(importer), name)) };
  return { found: false };
};
