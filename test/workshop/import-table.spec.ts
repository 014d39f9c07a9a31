import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import { resolve } from 'node:path';

const eslint = new ESLint({ cwd: process.cwd() });

/** The rules that a file at `path` with the text `code` breaks. */
async function broken(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(path) });
  return result!.messages.map((message) => message.ruleId ?? message.message);
}

const importing = (name: string) => `import { a } from '${name}';\nexport const b = a;\n`;

describe('the import table', () => {
  it.each([
    ['a lib imports a room above it', 'libs/clinical/src/x.ts', '#wire'],
    ['stream imports another lib', 'libs/stream/src/x.ts', '#clinical'],
    ['an app imports an app', 'apps/scorer/src/x.ts', '#gateway'],
    ['the evaluator imports the log', 'apps/evaluator/src/x.ts', '#stream'],
    ['a room is entered by a relative path', 'libs/wire/src/x.ts', '../../clinical/src/time.js'],
    ['a spec enters a room by a relative path', 'libs/stream/src/x.spec.ts', '../../wire/src/topics.js'],
    ['source imports test code', 'libs/stream/src/x.ts', '../../../test/contract/event-log.contract.js'],
  ])('reports that %s', async (_, path, name) => {
    expect(await broken(path, importing(name))).toEqual(['boundaries/dependencies']);
  });

  it('reports types, dynamic imports and re-exports alike', async () => {
    const path = 'libs/network/src/x.ts';
    expect(await broken(path, `export { HOUR_MS } from '#clinical';\n`)).toEqual(['boundaries/dependencies']);
    expect(await broken(path, `export const later = () => import('#clinical');\n`)).toEqual([
      'boundaries/dependencies',
    ]);
    expect(await broken(path, `import type { Stay } from '#clinical';\nexport type S = Stay;\n`)).toEqual([
      'boundaries/dependencies',
    ]);
  });

  it.each([
    ['kafkajs outside stream/kafka', 'libs/stream/src/embedded/x.ts', 'kafkajs'],
    ['influx outside history/influx', 'libs/history/src/x.ts', 'influx'],
    ['lmdb outside the embedded adapters', 'libs/stream/src/kafka/x.ts', 'lmdb'],
    ['TensorFlow.js outside engine', 'libs/model/src/x.ts', '@tensorflow/tfjs-core'],
    ['ONNX Runtime outside engine', 'apps/scorer/src/x.ts', 'onnxruntime-node'],
    ['Vega outside reporting', 'apps/evaluator/src/x.ts', 'vega-lite'],
    ['DuckDB outside datasets and evaluator', 'apps/replay/src/x.ts', '@duckdb/node-api'],
    ['NestJS in a lib', 'libs/model/src/x.ts', '@nestjs/common'],
    ['Node in a pure room', 'libs/network/src/x.ts', 'node:fs'],
    ['a package in a pure room', 'libs/clinical/src/x.ts', 'zod'],
  ])('reports %s', async (_, path, name) => {
    expect(await broken(path, importing(name))).toEqual(['no-restricted-imports']);
  });

  it.each([
    ['libs/wire/src/x.ts', '#clinical'],
    ['libs/wire/src/deep/x.ts', '../topics.js'],
    ['libs/stream/src/kafka/x.ts', 'kafkajs'],
    ['libs/history/src/embedded/x.ts', 'lmdb'],
    ['libs/engine/src/x.ts', '@tensorflow/tfjs-core'],
    ['libs/service/src/x.ts', '@nestjs/common'],
    ['apps/scorer/src/x.ts', '@nestjs/common'],
    ['libs/reporting/src/charts/x.ts', 'vega-lite'],
    ['apps/evaluator/src/predictions/x.ts', '@duckdb/node-api'],
    ['apps/evaluator/src/x.ts', '@nestjs/common'],
    ['apps/standalone/src/x.ts', '#gateway'],
    ['apps/validator/src/x.ts', '#scorer'],
    ['libs/stream/src/x.spec.ts', '../../../test/contract/event-log.contract.js'],
    ['libs/clinical/src/x.spec.ts', 'fast-check'],
    ['test/e2e/x.spec.ts', '#scorer'],
  ])('lets %s import %s', async (path, name) => {
    expect(await broken(path, importing(name))).toEqual([]);
  });

  it('reports a room that the table does not know', async () => {
    expect(await broken('libs/unheard-of/src/x.ts', 'export const a = 1;\n')).toEqual(['boundaries/no-unknown-files']);
  });
});

describe('the house rules', () => {
  it.each([
    ['any', 'export const a: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    ['export *', `export * from './y.js';\n`, 'no-restricted-syntax'],
    ['a default export', 'export default 1;\n', 'no-restricted-syntax'],
    ['console in a lib', 'console.log(1);\n', 'no-console'],
    ['a long file', 'export {};\n'.repeat(301), 'max-lines'],
    ['a long function', `export function f() {\n${'f();\n'.repeat(60)}}\n`, 'max-lines-per-function'],
  ])('report %s', async (_, code, rule) => {
    expect(await broken('libs/wire/src/x.ts', code)).toContain(rule);
  });
});
