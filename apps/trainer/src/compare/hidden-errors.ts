import { encodeStatic, hoursSinceObserved, imputeWindows, SignalNormaliser, type RiskScorer } from '#model';
import type { StayStatic } from '#clinical';
import { hideEntries, randomOf, type HidingPattern } from '#training';
import type { PairedErrors } from './held-out-stay.js';

/** Share of hidden points. */
const POINT_RATE = 0.1;

/** A window of which entries are hidden. */
export interface WindowToHide {
  /** [signal, hour] stored units, 0 where missing. */
  readonly values: Float32Array;
  /** [signal, hour] */
  readonly mask: Float32Array;
  readonly static: StayStatic;
  readonly hoursSinceAdmission: number;
  /** Decides what is hidden and the noise. */
  readonly key: string;
}

/**
 * Hides measured entries and lets both releases impute them, each on its own scale. The error is taken on the champion's scale: two releases that were
 * fitted on other stays have other scales, on which errors could not be set side by side.
 */
export async function hiddenErrors(
  releases: { readonly champion: RiskScorer; readonly candidate: RiskScorer },
  window: WindowToHide,
  pattern: HidingPattern,
): Promise<PairedErrors> {
  const { hours } = releases.champion.manifest.hyper;
  const hidden = hideEntries(window.mask, hours, pattern, randomOf(`${window.key}|${pattern}`), POINT_RATE);
  const mask = window.mask.map((measured, entry) => measured - hidden[entry]!);
  const scale = normaliserOf(releases.champion);
  const truth = scale.normalise(window.values, window.mask);
  const errorOf = async (scorer: RiskScorer): Promise<number> => {
    const filled = scale.normalise(await impute(scorer, window, mask), new Float32Array(mask.length).fill(1));
    return hidden.reduce(
      (sum, isHidden, entry) => (isHidden === 1 ? sum + (filled[entry]! - truth[entry]!) ** 2 : sum),
      0,
    );
  };
  return {
    entries: hidden.reduce((sum, isHidden) => sum + isHidden, 0),
    champion: await errorOf(releases.champion),
    candidate: await errorOf(releases.candidate),
  };
}

/** [signal, hour] the imputed median in stored units. */
async function impute(scorer: RiskScorer, window: WindowToHide, mask: Float32Array): Promise<Float32Array> {
  const { hyper, staticScales, sampler } = scorer.manifest;
  const normaliser = normaliserOf(scorer);
  const visible = {
    values: normaliser.normalise(window.values, mask),
    mask,
    hoursSince: hoursSinceObserved(mask, hyper.hours),
    static: encodeStatic(window.static, window.hoursSinceAdmission, staticScales),
  };
  // the median comes from the encoding, so a single sample in a single step does
  const one = { ...sampler, samples: 1, steps: 1 };
  const [imputed] = await imputeWindows(scorer.engine, [visible], [window.key], one);
  return imputed!.center.map((value, entry) => normaliser.toStoredUnit(Math.floor(entry / hyper.hours), value));
}

function normaliserOf({ manifest }: RiskScorer): SignalNormaliser {
  return new SignalNormaliser(manifest.signals, manifest.normaliser);
}
