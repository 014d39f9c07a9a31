/** Steps and samples of a sampler that is measured. */
export interface SamplerChoice {
  readonly steps: number;
  readonly samples: number;
}

const MOST = 1000;

/** Those that are compared when none is named: CSDI's number of steps, then fewer, then other numbers of samples. */
export const SAMPLERS: readonly SamplerChoice[] = [
  { steps: 50, samples: 19 },
  { steps: 8, samples: 19 },
  { steps: 4, samples: 19 },
  { steps: 2, samples: 19 },
  { steps: 1, samples: 19 },
  { steps: 4, samples: 8 },
  { steps: 4, samples: 50 },
];

/** Such as `4x19`: steps, then samples. */
export function samplerName({ steps, samples }: SamplerChoice): string {
  return `${steps}x${samples}`;
}

/** What {@link samplerName} would say; undefined for anything else, and for numbers that no release may have. */
export function parseSampler(text: string): SamplerChoice | undefined {
  const [, steps, samples] = /^([1-9]\d*)x([1-9]\d*)$/.exec(text)?.map(Number) ?? [];
  if (steps === undefined || samples === undefined || steps > MOST || samples > MOST) return undefined;
  return { steps, samples };
}
