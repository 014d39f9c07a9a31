import { ablation } from './ablation/ablation.js';
import { checkOptions } from './check-options.js';
import type { EvaluateOptions } from './command-line.js';
import { embedding } from './embedding/embedding.js';
import { fillings } from './fillings/fillings.js';
import { imputation } from './imputation/imputation.js';
import { live } from './live/live.js';
import { mortalityOfFits } from './mortality/mortality-of-fits.js';
import { mortalityOfBundle } from './mortality/mortality-of-bundle.js';
import { published48h } from './published/published-48h.js';
import type { RunContext } from './run-context.js';
import { sampler } from './sampler/sampler.js';
import { Session } from './session.js';

/**
 * Does what the command line asks for. Rejects with the signal's reason when a stop was asked for between two cells.
 *
 * @throws UsageError when options do not go together
 */
export async function run(options: EvaluateOptions, context: RunContext): Promise<void> {
  checkOptions(options);
  const session = new Session(options, context);
  switch (options.form) {
    case 'mortality':
      if (options.bundle !== undefined) return mortalityOfBundle(session, options.bundle);
      return mortalityOfFits(session);
    case 'imputation':
      return imputation(session);
    case 'published-48h':
      return published48h(session);
    case 'live':
      return live(session);
    case 'ablation':
      return ablation(session);
    case 'embedding':
      return embedding(session);
    case 'sampler':
      return sampler(session);
    case 'fillings':
      return fillings(session);
  }
}
