import { RiskScorer, type ReleaseManifest } from '#model';
import type { SplitPart } from '#datasets';
import { checkSplitOfFits } from '../check-options.js';
import { chooseMethods } from '../choose-methods.js';
import type { EvaluateOptions } from '../command-line.js';
import { chooseWindows, partsToRead } from '../data/choose-windows.js';
import { collectData, type EvaluationData } from '../data/collect-data.js';
import { requireWindows } from '../data/require-windows.js';
import { FitContext } from '../fits/fit-context.js';
import { READ_NO_IMPUTATION } from '../methods.js';
import { bedsideScores } from '../mortality/bedside-scores.js';
import { scoreWithBundle } from '../mortality/score-with-bundle.js';
import type { ScoredWindows } from '../mortality/scored-windows.js';
import { writeMortalityPredictions } from '../mortality/write-mortality.js';
import type { Session } from '../session.js';
import { scoreRolling } from './score-rolling.js';
import { writeLive } from './write-live.js';

/** The score of the bedside that can be told at any hour; the others are computed from a whole first day. */
const LIVE_SCORE = 'news2';
/** Windows of a training stay that a fitted method learns from: they end at random hours. */
const RANDOM_ENDS = 6;

/** Rolling windows at every third hour, each holding what was available by then: discrimination by hours since admission, and alarms. */
export async function live(session: Session): Promise<void> {
  const { options, context } = session;
  const methods = methodsOf(session);
  const fitted = methods.filter((id) => id !== LIVE_SCORE);
  if (fitted.length > 0) checkSplitOfFits(options);
  const scorer =
    options.bundle === undefined
      ? undefined
      : await RiskScorer.load(options.bundle, { engine: 'auto', threads: 1, forEvaluationOnly: true });
  try {
    const training = scorer?.manifest.training;
    const data = await collectData(
      options,
      {
        parts: (id, parts) =>
          fitted.length > 0 ? [measuredPart(options)] : partsToRead(options.split, id, parts, training),
        endHours: options.hours,
        randomEnds: 0,
      },
      context,
    );
    const learned = fitted.length === 0 ? [] : await trainingData(session);
    const fits = new FitContext(session);
    const found: { data: EvaluationData; scored: ScoredWindows[] }[] = [];
    for (const [at, one] of data.entries()) {
      const indices = (hour: number): number[] =>
        fitted.length > 0
          ? [...one.store.labels.keys()].filter((index) => one.store.labels[index]!.hoursSinceAdmission === hour)
          : chooseWindows(one.store, hour, options.split, training);
      const all = options.hours.flatMap(indices);
      requireWindows(one.id, all.length, options);
      const scored = await rollingScores(session, scorer, one, indices, methods.includes(LIVE_SCORE));
      for (const id of fitted) scored.push(await scoreRolling(session, fits, id, learned[at]!, one, all));
      await writeLive(session, one, scored, scorer?.manifest, fitted);
      found.push({ data: one, scored });
    }
    await writeMortalityPredictions(session, 'live-predictions', found);
    await finish(session, data, scorer?.manifest, methods, [scorer?.engine.name, await fits.engineName()]);
  } finally {
    await scorer?.close();
  }
}

/** NEWS2 and the tree ensemble; with a bundle NEWS2 alone unless more is asked for, so that nothing is fitted. */
function methodsOf({ options, context }: Session): string[] {
  const known = [...context.methods.predictors.keys()].filter((id) => id === LIVE_SCORE || READ_NO_IMPUTATION.has(id));
  const usual = options.bundle === undefined ? [LIVE_SCORE, 'tree-ensemble'] : [LIVE_SCORE];
  const wanted = options.methods.length > 0 ? options.methods : usual.filter((id) => known.includes(id));
  return chooseMethods('--methods', wanted, known);
}

function measuredPart({ split }: EvaluateOptions): SplitPart {
  return split === 'validation' ? 'validation' : 'test';
}

function trainingData(session: Session): Promise<EvaluationData[]> {
  const wishes = { parts: () => ['train', 'validation'] as const, endHours: [], randomEnds: RANDOM_ENDS };
  return collectData(session.options, wishes, session.context);
}

async function rollingScores(
  session: Session,
  scorer: RiskScorer | undefined,
  data: EvaluationData,
  indices: (hour: number) => number[],
  withNews2: boolean,
): Promise<ScoredWindows[]> {
  const { options, context } = session;
  const news2 = {
    ...context.methods,
    predictors: new Map([...context.methods.predictors].filter(([id]) => id === LIVE_SCORE)),
  };
  const byHour: ScoredWindows[] = [];
  for (const hour of options.hours) {
    const chosen = indices(hour);
    if (chosen.length === 0) continue;
    if (scorer !== undefined) byHour.push(await scoreWithBundle(session, scorer, data, hour, chosen));
    if (withNews2) byHour.push(...(await bedsideScores(news2, data, hour, chosen)));
  }
  return [...new Set(byHour.map(({ method }) => method))].map((method) => {
    const own = byHour.filter((one) => one.method === method);
    const joined = (pick: (one: ScoredWindows) => readonly number[]): number[] => own.flatMap(pick);
    return {
      method,
      indices: joined(({ indices: of }) => of),
      risks: joined(({ risks }) => risks),
      ...(own.every(({ low, high }) => low !== undefined && high !== undefined)
        ? { low: joined(({ low }) => low!), high: joined(({ high }) => high!) }
        : {}),
      isProbability: own.every(({ isProbability }) => isProbability),
    };
  });
}

async function finish(
  session: Session,
  data: readonly EvaluationData[],
  bundle: ReleaseManifest | undefined,
  methods: readonly string[],
  engines: readonly (string | undefined)[],
): Promise<void> {
  await session.finish(data, {
    engine: engines.filter((name) => name !== undefined).join('; fits: '),
    hyperParameters: { hours: session.options.hours, methods, randomEnds: RANDOM_ENDS },
    ...(bundle === undefined ? {} : { bundle: { releaseId: bundle.releaseId, files: bundle.files } }),
  });
}
