import { describe, expect, it } from '@jest/globals';
import { readManifest } from '#model';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { trainCommand, type TrainOptions } from './command-line.js';
import { hyperParametersFor } from './release/released-sizes.js';
import { trainingCommand } from './release/training-command.js';
import { writeUntrained } from './release/write-untrained.js';
import { readWarmStart } from './warm-start.js';

async function optionsOf(...words: string[]): Promise<TrainOptions> {
  let parsed: TrainOptions | undefined;
  const command = trainCommand(async (options) => {
    parsed = options;
  });
  await command.exitOverride().parseAsync(['--signals', 'paper-11', '--sizes', 'tiny', ...words], { from: 'user' });
  return parsed!;
}

/** A release of two risk networks to start from. */
async function champion(folder: string): Promise<string> {
  const directory = join(folder, 'champion');
  const options = await optionsOf('--members', '2');
  await writeUntrained(directory, 'champion', 'paper-11', hyperParametersFor(options), 3);
  return directory;
}

describe('readWarmStart', () => {
  it('takes weights and scales over, and says from which release', async () => {
    await using folder = await temporaryFolder();
    const directory = await champion(folder.path);
    const options = await optionsOf('--members', '3', '--warm-start', directory);
    const start = await readWarmStart(options, hyperParametersFor(options));
    const manifest = await readManifest(directory);
    expect(start!.scales.signals).toEqual(manifest.normaliser);
    expect(start!.record).toEqual({
      ...{ releaseId: 'champion', weightsDigest: manifest.files['weights.safetensors'] },
      ...{ frozenImputer: false, freshRisk: false, keptMembers: 0 },
    });
    const names = Object.keys(start!.weights);
    for (const taken of ['imputer.hour', 'denoiser.out.weight', 'risk.head.weight', 'risk.1.head.weight'])
      expect(names).toContain(taken);
    // the third risk network is not in the release: it starts anew
    expect(names.some((name) => name.startsWith('risk.2.'))).toBe(false);
  });

  it('leaves the risk networks out where they shall be new', async () => {
    await using folder = await temporaryFolder();
    const directory = await champion(folder.path);
    const options = await optionsOf('--warm-start', directory, '--freeze-imputer', '--fresh-risk');
    const start = await readWarmStart(options, hyperParametersFor(options));
    expect(Object.keys(start!.weights).some((name) => name.startsWith('risk.'))).toBe(false);
    expect(start!.record).toMatchObject({ frozenImputer: true, freshRisk: true });
    expect(trainingCommand(options, 'r-1')).toContain(
      '--warm-start champion --freeze-imputer --fresh-risk --release-id r-1',
    );
  });

  it('counts the risk networks that stay, and asks for further ones', async () => {
    await using folder = await temporaryFolder();
    const directory = await champion(folder.path);
    const words = ['--warm-start', directory, '--freeze-imputer', '--keep-risk', '--members'];
    const three = await optionsOf(...words, '3');
    expect((await readWarmStart(three, hyperParametersFor(three)))!.record.keptMembers).toBe(2);
    const two = await optionsOf(...words, '2');
    await expect(readWarmStart(two, hyperParametersFor(two))).rejects.toThrow('holds 2 risk networks: ask for more');
    const fresh = await optionsOf(...words, '3', '--fresh-risk');
    await expect(readWarmStart(fresh, hyperParametersFor(fresh))).rejects.toThrow('without --fresh-risk');
  });

  it('refuses a release of other signals or sizes, and options that go with no release', async () => {
    await using folder = await temporaryFolder();
    const directory = await champion(folder.path);
    const wide = await optionsOf('--warm-start', directory, '--signals', 'icu-36');
    await expect(readWarmStart(wide, hyperParametersFor(wide))).rejects.toThrow('reads other signals than icu-36');
    const large = await optionsOf('--warm-start', directory, '--sizes', 'serving');
    await expect(readWarmStart(large, hyperParametersFor(large))).rejects.toThrow('choose its --sizes');
    const alone = await optionsOf('--freeze-imputer');
    await expect(readWarmStart(alone, hyperParametersFor(alone))).rejects.toThrow('name the release to start from');
    const none = await optionsOf();
    expect(await readWarmStart(none, hyperParametersFor(none))).toBeUndefined();
  });
});
