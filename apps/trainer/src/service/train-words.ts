import { SettingsError } from '#service';
import { trainCommand } from '../command-line.js';

/** Words that the service sets itself. */
const OWN_WORDS = [
  '--dataset',
  '--part',
  '--preset',
  '--until',
  '--release-id',
  '--out',
  '--work-dir',
  '--resume',
  '--warm-start',
  '--untrained',
  '--finish',
];

/**
 * Further words of the command line `train`, checked by the command itself.
 *
 * @param text as in TRAINER_OPTIONS, parted by spaces
 * @throws SettingsError when the command would refuse them, or the service sets one of them itself
 */
export async function trainWordsOf(text: string): Promise<readonly string[]> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const bad = (expected: string): SettingsError =>
    new SettingsError([{ name: 'TRAINER_OPTIONS', value: text, expected }]);
  const own = words.find((word) => OWN_WORDS.includes(word.split('=')[0]!));
  if (own !== undefined) throw bad(`options of \`npm run train\` without ${own}, which the service sets itself`);
  try {
    await trainCommand(async () => undefined)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
      .parseAsync([...words], { from: 'user' });
  } catch (error) {
    throw bad(`options of \`npm run train\`: ${error instanceof Error ? error.message : String(error)}`);
  }
  return words;
}
