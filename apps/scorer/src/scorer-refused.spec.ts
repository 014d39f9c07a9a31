import { afterEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#clinical';
import { MemoryEventLog, type MemoryBroker } from '#stream';
import { TOPICS } from '#wire';
import { admission, observation } from '../../../test/support/scorer/bedside-records.js';
import { recordedWard } from '../../../test/support/scorer/recorded-ward.js';
import { ScorerTrial, taken, until } from '../../../test/support/scorer/scorer-trial.js';

const trials: ScorerTrial[] = [];
function trial(partitions?: number): ScorerTrial {
  trials.push(new ScorerTrial(partitions));
  return trials.at(-1)!;
}
afterEach(async () => {
  for (const one of trials.splice(0)) await one.close();
});

describe('a scorer whose log refuses a record', () => {
  it('saves nothing of a batch whose dead letters were not taken, while another batch is still in hand', async () => {
    const one = trial(2);
    const [held, refused] = ['stay-1', 'stay-0'] as const;
    const log = new RefusingLog(one.broker, TOPICS.deadLetters, refused);
    const open = gatedAppend(log, held);
    let stopped: Promise<void> | undefined;
    const first = await one.start({ log, onFailure: () => void (stopped = first.stop()) });
    const bad = (stayId: string) => observation(stayId, MINUTE_MS, { unit: 'furlong' });
    await one.append([held, refused].map((stayId) => admission(stayId)));
    await taken(first, 2);
    await one.append([bad(held)]);
    await until(() => log.waits);
    await one.append([bad(refused)]);
    await until(() => stopped !== undefined);
    let turns = 0;
    await until(() => turns++ > 50);
    open();
    await stopped;
    await first.crash();
    const second = await one.start();
    await until(() => second.tally().events.outcomes.duplicate > 0 || second.tally().deadLetters === 2);
    expect((await one.read(TOPICS.deadLetters)).map(({ key }) => key)).toContain(refused);
    await second.stop();
  });

  it('commits nothing after a barrier that failed, so that what was not saved is read again', async () => {
    const records = recordedWard(2, 8);
    const one = trial();
    const log = new RefusingLog(one.broker, TOPICS.staySnapshots);
    const failures: Error[] = [];
    const first = await one.start({ log, onFailure: (error) => failures.push(error) });
    await one.append(records.slice(0, 200));
    await taken(first, 200);
    await expect(first.flush()).rejects.toThrow('stay-snapshots was refused');
    expect(failures.map(({ message }) => message)).toEqual(['stay-snapshots was refused']);
    await first.stop();
    await first.crash();
    const second = await one.start();
    await one.append(records.slice(200));
    await taken(second, records.length);
    const calm = trial();
    const undisturbed = await calm.start();
    await calm.append(records);
    await taken(undisturbed, records.length);
    expect(await one.scores()).toEqual(await calm.scores());
    for (const scorer of [second, undisturbed]) await scorer.stop();
  });
});

/** Refuses the first append to one topic, or the first of one key there. */
class RefusingLog extends MemoryEventLog {
  /** Appends of this key wait for the gate. */
  held: { readonly key: string; readonly gate: Promise<void> } | undefined;
  waits = false;
  private refuses = true;

  constructor(
    broker: MemoryBroker,
    private readonly refused: string,
    private readonly refusedKey?: string,
  ) {
    super(broker);
  }

  override async append(topic: string, records: Parameters<MemoryEventLog['append']>[1]): Promise<void> {
    if (topic !== this.refused) return super.append(topic, records);
    const has = (key: string | undefined) => records.some((record) => record.key === key);
    if (this.held && has(this.held.key)) {
      this.waits = true;
      await this.held.gate;
    } else if (this.refuses && (this.refusedKey === undefined || has(this.refusedKey))) {
      this.refuses = false;
      throw new Error(`${topic} was refused`);
    }
    return super.append(topic, records);
  }
}

/** Holds the appends of a key until the gate is opened. */
function gatedAppend(log: RefusingLog, key: string): () => void {
  let open = () => {};
  log.held = { key, gate: new Promise<void>((resolve) => (open = resolve)) };
  return open;
}
