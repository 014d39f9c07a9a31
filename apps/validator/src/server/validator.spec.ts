import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readSettings, ServiceLogger, SettingsError } from '#service';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { createValidator, type RunningValidator } from './create-validator.js';
import { VALIDATOR_SETTINGS } from './validator-settings.js';
import type { ValidationStatus } from './validations.js';

const logger = new ServiceLogger({ service: 'spec', level: 'silent' });
const SMALL = { dataset: 'recordings', releases: ['untrained'], maxStays: 2, hours: 7, resamples: 5, hiddenStays: 0 };

describe('the validator over HTTP', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let validator: RunningValidator;

  beforeAll(async () => {
    folder = await temporaryFolder();
    release = await untrainedRelease();
    validator = await createValidator({
      ...{ port: 0, logger, folder: folder.path, threads: 1, policies: [], code: { version: '0' } },
      places: {
        datasets: { recordings: join('test', 'recordings'), gone: join(folder.path, 'gone') },
        releases: { untrained: release.path },
      },
      machine: { cpu: 'spec', cores: 1, memoryGiB: 1, platform: 'spec', node: 'spec' },
    });
  });

  afterAll(async () => {
    await validator.stop();
    await release[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${validator.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      text,
      data: (isJson ? JSON.parse(text) : {}) as ValidationStatus & { message: string },
    };
  }

  /** Asks until the validation has ended, as a client would. */
  async function ended(id: string): Promise<ValidationStatus> {
    for (;;) {
      const { data } = await ask('GET', `/validations/${id}`);
      if (data.state !== 'running') return data;
      await delay(20);
    }
  }

  it('runs one validation at a time, tells how far it is, and gives its report', async () => {
    const started = await ask('POST', '/validations', SMALL);
    expect([started.status, started.data.state]).toEqual([202, 'running']);
    const { id } = started.data;
    expect((await ask('POST', '/validations', SMALL)).status).toBe(409);
    expect((await ask('GET', `/validations/${id}/report`)).status).toBe(404);
    expect(await ended(id)).toMatchObject({ id, state: 'finished', step: 'done', progress: { stays: 2 } });
    const report = await ask('GET', `/validations/${id}/report`);
    expect(report.text).toMatch(/<h1>Validation of untrained-spec<\/h1>/);
    expect((await ask('GET', '/validations')).text).toContain(id);
  });

  it('says why a validation failed', async () => {
    const { data } = await ask('POST', '/validations', { ...SMALL, dataset: 'gone' });
    expect(await ended(data.id)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/no data set "gone"/),
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'a folder instead of a name',
      { ...SMALL, dataset: '/etc' },
      /There is no data set "\/etc" here\. Known are recordings, gone\./,
    ],
    ['a release that is not here', { ...SMALL, releases: ['other'] }, /There is no release "other" here/],
    ['a field that nobody knows', { ...SMALL, path: '/etc' }, /path/],
    ['a number out of bounds', { ...SMALL, resamples: 1e9 }, /resamples/],
  ])('refuses %s with what it knows', async (_, body, message) => {
    const { status, data } = await ask('POST', '/validations', body);
    expect([status, data.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it('stops one that runs, and answers to pages of no other origin', async () => {
    const { data } = await ask('POST', '/validations', { ...SMALL, maxStays: 5, hours: 48 });
    expect((await ask('DELETE', `/validations/${data.id}`)).data.state).toBe('stopped');
    expect((await ask('GET', '/validations', undefined, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await ask('GET', '/validations/nothing')).status).toBe(404);
  });
});

describe('settings of the validator', () => {
  it('name folders, and must be well formed', () => {
    const read = readSettings(VALIDATOR_SETTINGS, { VALIDATOR_DATASETS: 'eicu-demo=/data/a=b,table=/data/t' });
    expect(read.VALIDATOR_DATASETS).toEqual({ 'eicu-demo': '/data/a=b', table: '/data/t' });
    expect(() => readSettings(VALIDATOR_SETTINGS, { VALIDATOR_RELEASES: 'nonsense' })).toThrow(SettingsError);
  });
});
