import type { EvaluateOptions } from './command-line.js';
import { UsageError } from './run-context.js';

/**
 * Refuses options that do not go together, so that no table says that something was asked for which made no difference.
 *
 * @throws UsageError that says what to change
 */
export function checkOptions(options: EvaluateOptions): void {
  const { form, preset, bundle } = options;
  const isBundleAlone = form === 'sampler' || form === 'fillings' || (form === 'mortality' && bundle !== undefined);
  if (preset === 'paper' && (isBundleAlone || form === 'live'))
    throw new UsageError(
      form === 'live'
        ? '--preset paper: the published recipe knows the first 24 hours only, no rolling windows; leave the option out'
        : `--preset paper: nothing is fitted by ${form} with a bundle; leave the option out`,
    );
  if (form !== 'mortality') return;
  if (bundle === undefined) return checkSplitOfFits(options);
  const [unused] = [
    ...(options.mtdm === undefined ? [] : ['--mtdm']),
    ...(options.methods.length === 0 ? [] : ['--methods']),
    ...(options.imputers.length === 0 ? [] : ['--imputers']),
  ];
  if (unused !== undefined)
    throw new UsageError(`${unused}: with --bundle nothing is fitted; leave ${unused} out, or --bundle`);
}

/** @throws UsageError when what is fitted would be measured on what it learns from */
export function checkSplitOfFits({ split }: Pick<EvaluateOptions, 'split'>): void {
  if (split === 'train' || split === 'all')
    throw new UsageError(
      `--split ${split}: fitted methods would be measured on what they learn from; use test or validation`,
    );
}
