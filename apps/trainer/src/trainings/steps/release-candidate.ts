import { HOUR_MS } from '#clinical';
import { readFile } from 'node:fs/promises';
import { ShelfRefusal } from '../release-shelf.js';
import type { RunStep } from '../training-context.js';

/** Who acts, as the registry notes it. */
export const TRAINER = 'trainer';

const MOST_WHY = 500;

/**
 * Hands the candidate to the registry with the evidence. One that has passed goes to the shadow, and is promoted when its time there is over; any other stays
 * a candidate that a person may look at.
 *
 * @throws ShelfUnavailable when the registry is away: the step is tried again
 */
export const releaseCandidate: RunStep = async ({ id, plan, decision }, context) => {
  const { files, shelf, gate, nowMs } = context;
  if (!shelf.hasRegistry) return { release: { state: 'kept', note: 'there is no registry to hand it to' } };
  const evidence: unknown = JSON.parse(await readFile(files.decision, 'utf8'));
  const why = `training ${id}: ${decision!.decision} by ${decision!.policy}: ${decision!.reasons.join('; ')}`;
  const note = { by: TRAINER, why: why.slice(0, MOST_WHY), evidence };
  try {
    await shelf.offer(files.release, note);
    if (decision!.decision !== 'promote') return { release: { state: 'candidate' } };
    const { shadowShare, shadowHours, promote } = gate.policy.passing;
    await shelf.shadow(plan!.releaseId, shadowShare, note);
    return {
      release: { state: 'shadow', ...(promote ? { promoteAtMs: Math.ceil(nowMs() + shadowHours * HOUR_MS) } : {}) },
    };
  } catch (error) {
    if (!(error instanceof ShelfRefusal)) throw error;
    return { release: { state: 'left', note: error.message.slice(0, MOST_WHY) } };
  }
};
