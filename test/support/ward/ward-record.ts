import { createHash } from 'node:crypto';
import type { EventLog } from '#stream';
import { TOPICS, type TopicName } from '#wire';

/** What a ward has come to: everything that somebody sees or learns from, without what the wall clock or chance has a part in. */
export interface WardRecord {
  /** Of each stay its score records, each once, in their order on the log: id and digest of the bytes. */
  readonly scores: Readonly<Record<string, readonly string[]>>;
  /** Of each stay the transitions of its alerts, each once, in their order on the log. */
  readonly alerts: Readonly<Record<string, readonly string[]>>;
  /** Of each stay that ended the digest of its record. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** Answers of the gateway by path. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** Reads what a ward has come to from its log and its gateway. */
export async function wardRecord(log: EventLog, gatewayUrl: string): Promise<WardRecord> {
  const scores = await eachOnce(log, TOPICS.riskScores);
  const alerts = await eachOnce(log, TOPICS.alerts);
  const outcomes: Record<string, string> = {};
  for await (const { key, value } of log.readToEnd(TOPICS.stayOutcomes)) outcomes[key] = digestOf(value ?? 'removed');
  const shown: Record<string, unknown> = {};
  for (const path of ['wards', 'alerts', ...Object.keys(scores).map((stayId) => `stays/${stayId}`)]) {
    shown[path] = withoutChance(await (await fetch(`${gatewayUrl}/api/${path}`)).json());
  }
  return {
    scores: mapped(scores, ([id, value]) => `${id} ${digestOf(value)}`),
    alerts: mapped(alerts, ([, text]) => text),
    ...{ outcomes, shown },
  };
}

/**
 * The records of a topic by key, one of each id, in the order of their first. A record that stands twice must have the same bytes.
 *
 * @throws when two records of an id differ
 */
async function eachOnce(log: EventLog, topic: TopicName): Promise<Record<string, Map<string, string>>> {
  const byKey: Record<string, Map<string, string>> = {};
  for await (const { key, value, headers } of log.readToEnd(topic)) {
    const records = (byKey[key] ??= new Map<string, string>());
    const [id, text] = [headers['ce_id'] ?? '', Buffer.from(value!).toString()];
    const before = records.get(id);
    if (before === undefined) records.set(id, text);
    else if (before !== text) throw new Error(`${topic} holds two records with the id ${id} that differ`);
  }
  return byKey;
}

function mapped<T>(
  byKey: Record<string, Map<string, string>>,
  toEntry: (entry: [string, string]) => T,
): Record<string, T[]> {
  return Object.fromEntries(Object.entries(byKey).map(([key, records]) => [key, [...records].map(toEntry)]));
}

function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `feed` goes by the wall clock, `sequence` of a bed and its stay by how records of several partitions came in between each other. */
function withoutChance(answer: unknown): unknown {
  const { bed, stay, ...rest } = answer as { bed?: object; stay?: object };
  const unnumbered = bed && stay ? { bed: { ...bed, sequence: 0 }, stay: { ...stay, sequence: 0 } } : {};
  return { ...rest, feed: undefined, ...unnumbered };
}
