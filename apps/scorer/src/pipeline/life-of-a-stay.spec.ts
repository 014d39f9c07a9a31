import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { HOUR_MS, MINUTE_MS, type StayOutcome } from '#clinical';
import type { LogRecord, OutgoingRecord } from '#stream';
import type { EventOutcome } from '#wire';
import { windowObservations } from '#windows';
import { ADMITTED_AT_MS, admission, observation } from '../../../../test/support/scorer/bedside-records.js';
import { IDS, Model, type Id } from '../../../../test/support/scorer/life-model.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import {
  cancelledAdmission,
  cancelledDischarge,
  discharge,
  merge,
  transfer,
  withdrawal,
} from '../../../../test/support/scorer/life-records.js';
import { restoreFrom } from '../steps/restore-stays.js';
import { takeOutcomes } from '../steps/take-outcomes.js';
import { takeSnapshots } from '../steps/write-snapshots.js';
import { PartitionStays } from '../stays/partition-stays.js';
import { takeInRecord } from './take-in-record.js';

/** The stays are admitted at different times, so that a joined window has other hours. */
const ADMITTED_AFTER_MS: Record<Id, number> = { a: 0, b: 0, c: -37 * MINUTE_MS, d: -90 * MINUTE_MS };
const LONG_AGO_MS = -2 * HOUR_MS;
const { release } = new ComputedScorer();

/** Two partitions, each taken in by a scorer of its own that publishes, saves, crashes and reads again. */
class Ward {
  readonly logs: LogRecord[][] = [[], []];
  readonly stays = [new PartitionStays(0), new PartitionStays(1)];
  readonly cursors = [0, 0];
  readonly saved: { snapshots: Map<string, Uint8Array>; nextOffset: number }[] = [0, 1].map(() => {
    return { snapshots: new Map(), nextOffset: 0 };
  });
  /** What stands on `stay-outcomes`. */
  readonly completed = new Map<string, StayOutcome | 'unknown'>();
  nowMs = 0;

  of(id: string): number {
    return id < 'c' ? 0 : 1;
  }

  /** Appends a record; everything is read to the end, what follows from it too. @returns the outcome of the record */
  send(record: OutgoingRecord): EventOutcome {
    this.append(record);
    return this.read(record);
  }

  save(partition: number): void {
    const saved = this.saved[partition]!;
    for (const { key, value } of takeSnapshots(this.stays[partition]!)) saved.snapshots.set(key, value!);
    saved.nextOffset = this.cursors[partition]!;
  }

  /** Loses what is in memory and reads again from the last saving; messages that follow are sent again. */
  crash(partition: number): void {
    const { snapshots, nextOffset } = this.saved[partition]!;
    this.stays[partition] = restoreFrom(partition, snapshots);
    this.cursors[partition] = nextOffset;
    this.read();
    this.save(partition);
  }

  private append(record: OutgoingRecord): void {
    const partition = this.of(record.key);
    const log = this.logs[partition]!;
    log.push({ ...record, topic: 'bedside-events', partition, offset: BigInt(log.length) });
  }

  private read(wanted?: OutgoingRecord): EventOutcome {
    let found: EventOutcome = 'applied';
    for (;;) {
      const partition = this.logs.findIndex((log, index) => this.cursors[index]! < log.length);
      if (partition < 0) return found;
      const record = this.logs[partition]![this.cursors[partition]!]!;
      this.cursors[partition]! += 1;
      const outcome = this.take(partition, record);
      if (record.value === wanted?.value) found = outcome;
    }
  }

  private take(partition: number, record: LogRecord): EventOutcome {
    const stays = this.stays[partition]!;
    const context = { release, scoreEveryMs: 5 * MINUTE_MS, hasRoom: () => true, onDue: () => undefined };
    const { outcome, followUp } = takeInRecord(stays, record, context);
    for (const due of takeOutcomes(stays)) {
      if (due.kind === 'removed') this.completed.delete(due.stayId);
      else this.completed.set(due.past.stay.stayId, due.past.end.outcome ?? 'unknown');
    }
    if (followUp) this.append(followUp);
    return outcome;
  }
}

/** One thing that happens: what the model says of it, and the record that says it. */
interface Happening {
  readonly what: string;
  readonly id: Id;
  readonly other: Id;
  readonly stale: boolean;
  readonly outcome: StayOutcome | undefined;
}

function happen({ what, id, other, stale, outcome }: Happening, model: Model, ward: Ward): void {
  const ms = (ward.nowMs += 6 * MINUTE_MS);
  const lifeMs = stale ? LONG_AGO_MS : ms;
  const at = (record: OutgoingRecord, loggedMs: number) => ({ ...record, timestampMs: ADMITTED_AT_MS + loggedMs });
  switch (what) {
    case 'admit': {
      const admitted = admission(id, { admittedAtMs: ADMITTED_AT_MS + ADMITTED_AFTER_MS[id] });
      return expect(ward.send(at(admitted, lifeMs))).toBe(model.admit(id, lifeMs));
    }
    case 'observe':
      return expect(ward.send(observation(id, ms, { value: 60 + (ms % 97) }))).toBe(
        model.observe(id, ms, 60 + (ms % 97)),
      );
    case 'transfer':
      return expect(ward.send(at(transfer(id, ms, { bed: other, ward: 'w' }), lifeMs))).toBe(
        model.transfer(id, lifeMs, other),
      );
    case 'end':
      return expect(ward.send(at(discharge(id, ms, { ...(outcome && { outcome }) }), lifeMs))).toBe(
        model.end(id, lifeMs, outcome),
      );
    case 'cancel-admission':
      return expect(ward.send(cancelledAdmission(id, ms))).toBe(model.cancelAdmission(id));
    case 'cancel-discharge':
      return expect(ward.send(at(cancelledDischarge(id, ms), lifeMs))).toBe(model.cancelDischarge(id, lifeMs));
    case 'merge':
      return expect(ward.send(merge(id, other, ms))).toBe(model.merge(id, other));
    case 'withdraw':
      return expect(ward.send(withdrawal(id, ms))).toBe(model.withdraw(id));
    default:
      return what === 'save' ? ward.save(ward.of(id)) : ward.crash(ward.of(id));
  }
}

interface Stand {
  readonly status: string | undefined;
  /** Of stays that go on or have ended. */
  readonly held?: readonly [
    bed: string,
    withdrawn: boolean,
    priors: readonly string[],
    values: readonly (readonly number[])[],
  ];
}

function standsOf(model: Model): Stand[] {
  return IDS.map((id) => {
    const { status, bed, withdrawn, priors, values } = model.stays.get(id)!;
    if (status !== 'live' && status !== 'ended') return { status };
    return { status, held: [bed, withdrawn, [...priors].sort(), [...values].sort(([one], [other]) => one - other)] };
  });
}

function realStandsOf(ward: Ward): Stand[] {
  return IDS.map((id) => {
    const stays = ward.stays[ward.of(id)]!;
    const held = stays.live.get(id) ?? stays.ended.get(id);
    if (!held) return { status: stays.givenUp.get(id)?.fate };
    const values = windowObservations(held.window!).map(({ effectiveAtMs, value }) => [
      effectiveAtMs - ADMITTED_AT_MS,
      value,
    ]);
    const status = stays.live.has(id) ? 'live' : 'ended';
    return { status, held: [held.stay.bed, held.withdrawn, [...held.priorStayIds].sort(), values] };
  });
}

function completedOf({ stays }: Model): [string, string][] {
  return [...stays]
    .filter(([, { status, withdrawn }]) => status === 'ended' && !withdrawn)
    .map(([id, { outcome }]): [string, string] => [id, outcome ?? 'unknown'])
    .sort();
}

function expectAgreement(model: Model, ward: Ward): void {
  const expected = { stays: standsOf(model), completed: completedOf(model) };
  const found = { stays: realStandsOf(ward), completed: [...ward.completed].sort() };
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

/** Four stays are admitted before anything else: what a merge into a stay that comes later does depends on when its window is delivered. */
function admitted(): { model: Model; real: Ward } {
  const [model, real] = [new Model(), new Ward()];
  for (const id of IDS) happen({ what: 'admit', id, other: id, stale: true, outcome: undefined }, model, real);
  return { model, real };
}

class Command implements fc.Command<Model, Ward> {
  constructor(private readonly happening: Happening) {}
  check = () => true;
  toString = () => Object.values(this.happening).join(' ');
  run(model: Model, ward: Ward): void {
    happen(this.happening, model, ward);
    expectAgreement(model, ward);
  }
}

const WHAT = ['admit', 'observe', 'observe', 'observe', 'transfer', 'end', 'end', 'cancel-admission'];
const MORE = ['cancel-discharge', 'cancel-discharge', 'merge', 'merge', 'withdraw', 'save', 'crash'];

describe('the life of a stay', () => {
  it('goes as the model says, for any sequence of messages, savings and crashes', () => {
    const happening = fc.record<Happening>({
      what: fc.constantFrom(...WHAT, ...MORE),
      id: fc.constantFrom(...IDS),
      other: fc.constantFrom(...IDS),
      stale: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
      outcome: fc.constantFrom(undefined, 'died', 'survived'),
    });
    const commands = fc.commands([happening.map((one) => new Command(one))], { maxCommands: 40, size: 'max' });
    fc.assert(
      fc.property(commands, (drawn) => {
        fc.modelRun(admitted, drawn);
      }),
      { numRuns: 60 },
    );
  });
});
