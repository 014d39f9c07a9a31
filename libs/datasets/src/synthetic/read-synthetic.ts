import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';
import type { ResultDelay } from '../result-delay.js';
import { SCENARIOS } from './scenarios.js';
import { synthesizeStay } from './synthesize-stay.js';

/** How many synthetic stays to make, and how dense. */
export interface SyntheticOptions {
  readonly stays: number;
  readonly seed: number;
  readonly vitalEveryMinutes: number;
  readonly delay: ResultDelay;
  readonly report: ReadReport;
}

/** Synthetic stays, going round the scenarios; made one at a time. */
export async function* readSynthetic(options: SyntheticOptions): AsyncGenerator<RecordedStay> {
  const { stays, seed, vitalEveryMinutes, delay, report } = options;
  for (let index = 0; index < stays; index += 1) {
    const scenario = SCENARIOS[index % SCENARIOS.length]!;
    const stayId = `synthetic-${scenario.name}-${String(index + 1).padStart(3, '0')}`;
    const recorded = synthesizeStay(scenario, { stayId, seed, vitalEveryMinutes, delay, report });
    report.takeStay(recorded.observations.length, true);
    yield recorded;
  }
}
