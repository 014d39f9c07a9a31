import { availableParallelism, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openWindowScorer } from '#scorer';
import { openStorage, ServiceLogger } from '#service';
import { disagreements, ledgerText } from './demo/ledger.js';
import { runDemo, type DemoResult } from './demo/run-demo.js';
import { agreementsOf, ledgerOf } from './demo/take-stock.js';
import { replaySource } from './replay-source.js';

const STAYS = 10;
const SCORE_EVERY_MS = 30 * 60_000;

/** Runs the demonstration on a new state and prints its ledger; resolves with the exit code. */
async function demoCheck(folder: string): Promise<number> {
  const startedMs = performance.now();
  const logger = new ServiceLogger({ service: 'demo-check', level: 'warn' });
  const storage = await openStorage({ VIGIL_STATE: folder });
  const model = await openWindowScorer({ threads: Math.min(2, availableParallelism()), logger });
  try {
    const { releaseId, stage, engine } = model.release;
    console.log(
      `${STAYS} recorded stays at full speed; release ${releaseId} (${stage}) on ${engine}; ${storage.words}`,
    );
    console.log('Research software, not a medical device.\n');
    const { source } = replaySource({ stays: STAYS, speed: Infinity });
    const scoring = { overload: 'wait', scoreEveryMs: SCORE_EVERY_MS } as const;
    const result = await runDemo({ storage, model, logger, source, stays: STAYS, scoring });
    return report(result, (performance.now() - startedMs) / 1000);
  } finally {
    await model.close();
    await storage.close();
  }
}

function report({ stock, sentByHand }: DemoResult, seconds: number): number {
  const agreements = agreementsOf(stock);
  console.log(ledgerText(ledgerOf(stock), agreements));
  console.log('\nmessages sent by hand');
  for (const { expected, record, happened } of sentByHand) {
    console.log(`${happened ? 'ok     ' : 'DIFFERS'} ${record.headers['ce_id'] ?? ''} ended in ${expected}`);
  }
  const wrong = disagreements(agreements).length + sentByHand.filter(({ happened }) => !happened).length;
  const verdict = wrong === 0 ? 'every event ended in a named outcome and the sums agree' : `${wrong} things differ`;
  console.log(`\ndemo:check: ${verdict} (${seconds.toFixed(1)} s)`);
  return wrong === 0 ? 0 : 1;
}

const folder = mkdtempSync(join(tmpdir(), 'vigil-demo-'));
try {
  process.exitCode = await demoCheck(folder);
} catch (error) {
  console.error(`demo:check: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
