import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { heldOutPlanSchema, type HeldOutPlan } from '../../compare/plan-held-out.js';
import type { GatePolicy } from '../../gate/gate-policy.js';
import { TrainingHalt, type RunStep } from '../training-context.js';
import { runToEnd } from './run-to-end.js';

/** Freezes the local stays, fetches the champion and parts the stays by time. */
export const prepare: RunStep = async (training, context) => {
  const { files, shelf, stays, gate, dataset, programs } = context;
  if (training.plan !== undefined && existsSync(files.stays)) return {};
  await rm(files.stays, { recursive: true, force: true });
  const champion = await shelf.champion();
  // one training at a time, so nobody reads another
  await shelf.keepOnly(champion);
  const summary = await stays.freeze(files.stays);
  const words = [
    ...['plan', '--dataset', `${dataset}=${files.stays}`, '--policy', gate.path, '--out', files.plan],
    ...['--champion', champion.directory],
  ];
  await runToEnd(context, 'plan', programs.judge, words);
  const parted = heldOutPlanSchema.parse(JSON.parse(await readFile(files.plan, 'utf8')));
  const few = tooFew(parted, gate.policy.heldOut);
  if (few !== undefined && !training.evenIfFew) throw new TrainingHalt('declined', few);
  return {
    plan: {
      releaseId: `local-${training.id}`,
      championId: champion.releaseId,
      championDirectory: champion.directory,
      setDigest: summary.digest,
      stays: parted,
    },
  };
};

/** Why the gate could not tell anything after a training; nothing when it could. */
function tooFew(
  { heldOut, training }: HeldOutPlan,
  { leastStays, leastDeaths }: GatePolicy['heldOut'],
): string | undefined {
  if (heldOut.stays < leastStays || heldOut.deaths < leastDeaths)
    return `${heldOut.stays} held-out stays with ${heldOut.deaths} deaths: the gate needs ${leastStays} and ${leastDeaths} to tell`;
  if (training.deaths === 0 || training.deaths === training.stays)
    return `${training.stays} stays to learn from with ${training.deaths} deaths: both outcomes are needed`;
  return undefined;
}
