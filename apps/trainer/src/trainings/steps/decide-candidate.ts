import { readFile } from 'node:fs/promises';
import { comparisonSchema } from '../../gate/comparison.js';
import { decideGate } from '../../gate/decide-gate.js';
import { renderReport } from '../../report/render-report.js';
import type { RunStep } from '../training-context.js';
import { writeDurably } from '../write-durably.js';

/** Lets the gate decide, and writes the decision with its evidence and the report page. */
export const decideCandidate: RunStep = async (training, { files, gate: { policy } }) => {
  const comparison = comparisonSchema.parse(JSON.parse(await readFile(files.comparison, 'utf8')));
  const decided = decideGate(policy, comparison);
  await writeDurably(files.decision, `${JSON.stringify({ ...decided, rules: policy, comparison }, null, 2)}\n`);
  const { decision, reasons } = decided;
  const known = { ...training, decision: { policy: policy.policy, decision, reasons: [...reasons] } };
  await writeDurably(files.report, renderReport(known, comparison, decided, policy));
  return { decision: known.decision };
};
