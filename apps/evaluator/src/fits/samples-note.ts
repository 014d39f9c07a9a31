import { coverageAtMost } from '#evaluation';
import type { ReleaseManifest } from '#model';
import type { EvaluateOptions } from '../command-line.js';
import { FITTED_OURS } from '../ours/our-imputer.js';
import { BUNDLE_METHOD } from './bundle-imputer.js';

const LEVEL = 0.9;

/** Says of methods that draw few samples what their 90 % interval can hold at most; nothing where all draw enough. */
export function samplesNote(
  methods: readonly string[],
  { sampler }: Pick<EvaluateOptions, 'sampler'>,
  bundle?: Pick<ReleaseManifest, 'sampler'>,
): string[] {
  const samplesOf = (id: string): number | undefined => {
    if (id === BUNDLE_METHOD) return bundle?.sampler.samples;
    return id === FITTED_OURS || id === 'csdi' ? sampler.samples : undefined;
  };
  const numbers = new Set(methods.flatMap((id) => samplesOf(id) ?? []));
  return [...numbers].flatMap((samples) => {
    const most = coverageAtMost(samples, LEVEL);
    if (most === LEVEL) return [];
    const own = methods.filter((id) => samplesOf(id) === samples);
    return `Of ${samples} samples the 90 % interval ends at the least and the greatest, which hold ${(100 * most).toFixed(1)} % where the samples are calibrated: ${own.join(', ')}.`;
  });
}
