import { afterEach, describe, expect, it } from '@jest/globals';
import { modelResponseSchema, type ModelResponse } from '#wire';
import { answeringApp, type AnsweringApp } from '../../../../test/support/model/answering-app.js';
import {
  madeDecision,
  madeDrift,
  madeRelease,
  madeTraining,
  MODEL_AT_MS,
} from '../../../../test/support/model/made-model.js';
import { ModelBoard } from './model-board.js';

const open: AnsweringApp[] = [];
let nowMs = MODEL_AT_MS;

afterEach(async () => {
  nowMs = MODEL_AT_MS;
  for (const one of open.splice(0)) await one.close();
});

async function app(answers: AnsweringApp['answers']): Promise<AnsweringApp> {
  const started = await answeringApp(answers);
  open.push(started);
  return started;
}

/** As the apps answer: with more than the gateway passes on. */
const { assessment: assessed, ...watched } = madeDrift();
const { dayMs, ...figures } = assessed!;
const registryAnswers = {
  '/releases': {
    disclaimer: 'd',
    champion: 'vigil-1',
    releases: [{ ...madeRelease(), bytes: 7, location: 'file:///x' }],
  },
  '/decisions': { disclaimer: 'd', decisions: [{ ...madeDecision(), evidence: 'b'.repeat(64), files: [] }] },
};
const plan = { releaseId: 'vigil-2', championId: 'vigil-1', setDigest: 'c', stays: { untilMs: 1 } };
const trainerAnswers = {
  '/trainings': {
    ...{ disclaimer: 'd', running: '20260115-120000', nextAtMs: MODEL_AT_MS + 1 },
    trainings: [
      { ...madeTraining(), evenIfFew: false, plan, progress: { phase: 'training', percent: 41, validation: [0.7] } },
    ],
  },
  '/drift': { disclaimer: 'd', ...watched, assessment: { ...figures, day: dayMs / 86_400_000 }, days: [] },
};

function board(apps: { registry?: AnsweringApp; trainer?: AnsweringApp }, timeoutMs?: number): ModelBoard {
  const addressOf = (of: AnsweringApp | undefined) => of && { url: of.url, token: 'the-token-of-a-spec' };
  return new ModelBoard({
    registry: addressOf(apps.registry),
    trainer: addressOf(apps.trainer),
    nowMs: () => nowMs,
    timeoutMs,
  });
}

const why = (part: ModelResponse['releases' | 'trainings' | 'drift']): string =>
  'unavailable' in part ? part.unavailable : 'available';

describe('ModelBoard', () => {
  it('passes on what registry and trainer say, checked, and nothing that it does not know', async () => {
    const [registry, trainer] = [await app(registryAnswers), await app(trainerAnswers)];
    const model = modelResponseSchema.parse(await board({ registry, trainer }).model());
    expect(model.releases).toEqual({ asOfMs: MODEL_AT_MS, releases: [madeRelease()], decisions: [madeDecision()] });
    expect(model.trainings).toEqual({
      ...{ asOfMs: MODEL_AT_MS, nextAtMs: MODEL_AT_MS + 1 },
      trainings: [
        madeTraining({ candidateId: 'vigil-2', championId: 'vigil-1', progress: { phase: 'training', percent: 41 } }),
      ],
    });
    expect(model.drift).toEqual({ asOfMs: MODEL_AT_MS, ...madeDrift() });
    expect(registry.asked.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill('Bearer the-token-of-a-spec'),
    );
  });

  it('asks once for all who ask within two seconds, then anew', async () => {
    const registry = await app(registryAnswers);
    const asked = board({ registry });
    await Promise.all([asked.model(), asked.model()]);
    nowMs += 1_999;
    const kept = await asked.model();
    expect(registry.asked).toHaveLength(2);
    expect(kept).toMatchObject({ nowMs, releases: { asOfMs: MODEL_AT_MS } });
    nowMs += 1;
    expect(await asked.model()).toMatchObject({ releases: { asOfMs: nowMs } });
    expect(registry.asked).toHaveLength(4);
  });

  it('says what is not configured and how to configure it', async () => {
    const { releases, trainings, drift } = modelResponseSchema.parse(await board({}).model());
    expect(why(releases)).toContain('set GATEWAY_REGISTRY_URL');
    expect([why(trainings), why(drift)]).toEqual(Array(2).fill(expect.stringContaining('set GATEWAY_TRAINER_URL')));
  });

  it('keeps the other parts when an app is away, and comes back with it', async () => {
    const [registry, trainer] = [await app(registryAnswers), await app(trainerAnswers)];
    await trainer.close();
    const { releases, trainings } = await board({ registry, trainer }).model();
    expect([why(releases), why(trainings)]).toEqual(['available', 'The trainer cannot be reached.']);
  });

  it('does not wait for an app that is slow, at its head or in its body', async () => {
    const never = (): void => undefined;
    const trickles = (response: { write(text: string): unknown }): void => void response.write('{"reference":');
    const trainer = await app({ '/trainings': never, '/drift': trickles });
    const { trainings, drift } = await board({ trainer }, 50).model();
    expect([why(trainings), why(drift)]).toEqual(Array(2).fill('The trainer did not answer within 0.05 s.'));
  });

  it.each<[string, AnsweringApp['answers'][string], RegExp]>([
    ['text', (response) => void response.end('<html>'), /answered something unknown/],
    ['another shape', { releases: [{ ...madeRelease(), state: 'emperor' }] }, /unknown \(releases\.0\.state/],
    ['too much', (response) => void response.end('x'.repeat(2 ** 21 + 1)), /more than 2097152 bytes/],
    ['a failure', (response) => void response.writeHead(500).end(), /The registry answered 500\./],
    ['a refusal', (response) => void response.writeHead(401).end(), /refused the gateway: check its token/],
    ['a redirect', (response) => void response.writeHead(302, { location: '/decisions' }).end(), /cannot be reached/],
  ])('shows nothing of an answer that is %s', async (_, answer, words) => {
    const registry = await app({ ...registryAnswers, '/releases': answer });
    expect(why((await board({ registry }).model()).releases)).toMatch(words);
  });

  it('cuts long texts and journals instead of refusing them', async () => {
    const many = Array.from({ length: 60 }, (_, at) => madeDecision({ sequence: 60 - at, why: 'y'.repeat(3_000) }));
    const registry = await app({ ...registryAnswers, '/decisions': { decisions: many } });
    const { releases } = modelResponseSchema.parse(await board({ registry }).model());
    if ('unavailable' in releases) throw new Error(releases.unavailable);
    expect(releases.decisions).toHaveLength(50);
    expect(releases.decisions[0]).toMatchObject({ sequence: 60, why: `${'y'.repeat(1_999)}…` });
  });
});
