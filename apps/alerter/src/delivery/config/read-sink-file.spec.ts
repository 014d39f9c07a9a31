import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.js';
import { readSinkFile } from './read-sink-file.js';
import { SinkFileError } from './sink-file-error.js';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

async function read(file: unknown, environment: Record<string, string> = {}) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'sinks.json');
  await writeFile(path, typeof file === 'string' ? file : JSON.stringify(file));
  return await readSinkFile(path, { environment, nowMs: () => 0, write: (_line, written) => written() });
}

async function problemsOf(file: unknown, environment: Record<string, string> = {}): Promise<readonly string[]> {
  const error: unknown = await read(file, environment).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SinkFileError);
  return (error as SinkFileError).problems;
}

const every = [
  {
    type: 'webhook',
    name: 'bus',
    url: 'https://bus.example/in',
    secrets: ['BUS_NEW', 'BUS_OLD'],
    delivery: { maxAttempts: 3 },
  },
  { type: 'pagerduty', name: 'on-call', routingKey: 'PAGER_KEY', filter: { minEscalationLevel: 1 } },
  { type: 'alertmanager', name: 'am', url: 'http://127.0.0.1:9093' },
  {
    ...{ type: 'fhir', name: 'record', url: 'https://fhir.example/r4', bearerToken: 'FHIR_TOKEN' },
    systems: { alert: 'https://north.example/alerts', stay: 'https://north.example/stays' },
  },
  { type: 'console', name: 'line' },
];

describe('the file of sinks', () => {
  it('makes a sink of every kind, with secrets from the environment', async () => {
    const environment = { BUS_NEW: SECRET, BUS_OLD: SECRET, PAGER_KEY: 'k'.repeat(32), FHIR_TOKEN: 't' };
    const sinks = await read({ version: 1, sinks: every }, environment);
    expect(sinks.map(({ sink }) => [sink.name, sink.type])).toEqual(every.map(({ name, type }) => [name, type]));
    expect(sinks[0]!.policy).toEqual({ maxAttempts: 3 });
    expect(sinks[2]!.sink.repeatEveryMs).toBe(60_000);
  });

  it('names every secret that is missing or wrong at once, and shows none', async () => {
    const environment = { BUS_NEW: 'whsec_short', PAGER_KEY: 'too-short-a-key' };
    const problems = await problemsOf({ version: 1, sinks: every }, environment);
    expect(problems).toEqual([
      'bus: BUS_NEW is no secret of Standard Webhooks; expected whsec_ and base64 of 24 to 64 bytes',
      'bus: BUS_OLD is not set in the environment',
      'on-call: PAGER_KEY has 15 characters; an integration key has 32',
      'record: FHIR_TOKEN is not set in the environment',
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a secret in the file', { ...every[0], secrets: [SECRET] }, /^sinks\.0\.secrets\.0: the name of an environment/],
    ['alerts in the open', { ...every[2], url: 'http://am.example:9093' }, /^sinks\.0\.url: https, or http on this/],
    [
      'credentials in a URL',
      { ...every[2], url: 'https://u:p@am.example' },
      /^sinks\.0\.url: a URL without credentials/,
    ],
    ['an unknown field', { ...every[4], colour: 'red' }, /colour/],
    ['an unknown type', { type: 'fax', name: 'f' }, /^sinks\.0\.type/],
    ['a name that is no file name', { ...every[4], name: '../x' }, /^sinks\.0\.name: small letters/],
  ])('refuses %s', async (_words, sink, problem) => {
    expect((await problemsOf({ version: 1, sinks: [sink] })).join()).toMatch(problem);
  });

  it('refuses two sinks of one name, another version, and what is no JSON', async () => {
    expect(await problemsOf({ version: 1, sinks: [every[4], every[4]] })).toEqual(['sinks: names that differ']);
    expect((await problemsOf({ version: 2, sinks: [] })).join()).toMatch(/^version/);
    expect((await problemsOf('{')).join()).toMatch(/^the file is no JSON/);
    const missing = readSinkFile('/nowhere/sinks.json', { environment: {}, nowMs: () => 0, write: () => undefined });
    await expect(missing).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
