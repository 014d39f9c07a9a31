import { readSettings, STORAGE_SETTINGS } from '#service';
import { TOPICS } from '#wire';
import { Command } from 'commander';
import { z } from 'zod';
import { readBrokersFlag, readMomentFlag } from './read-flags.js';
import type { ReplaySurroundings } from './replay-command.js';
import { writeRecording } from './topics/write-recording.js';

interface RecordFlags {
  readonly out: string;
  readonly scores: boolean;
  readonly since?: number;
  readonly brokers?: readonly string[];
  readonly state?: string;
}

/** `npm run replay -- record`: writes `bedside-events`, and the scores where asked for, to a file that can be replayed. */
export function recordCommand({ clock, environment, screen, openLog, onStop }: ReplaySurroundings): Command {
  return new Command('record')
    .description(
      'Writes the topics of a log, as they stand, to a gzipped file that --recording replays. It holds what the log holds about patients: keep it as such.',
    )
    .requiredOption('--out <file>', 'where to write, such as topics.ndjson.gz')
    .option('--scores', 'the risk scores, too, to compare a replay with', false)
    .option('--since <moment>', 'leave out what is older on the log', readMomentFlag)
    .option('--brokers <list>', 'Kafka, host:port,host:port (also KAFKA_BROKERS)', readBrokersFlag)
    .option('--state <folder>', 'embedded log where there is no Kafka (also VIGIL_STATE; default .vigil)')
    .allowExcessArguments(false)
    .action(async ({ out, scores, since, brokers, state }: RecordFlags) => {
      const settings = readSettings(z.object(STORAGE_SETTINGS), environment);
      const named = brokers ?? settings.KAFKA_BROKERS?.split(',');
      const log = await openLog({ stateFolder: state ?? settings.VIGIL_STATE, ...(named && { brokers: named }) });
      const stop = new AbortController();
      onStop(() => stop.abort());
      try {
        const records = await writeRecording({
          ...{ path: out, log, recordedAtMs: clock.nowMs(), signal: stop.signal },
          topics: [TOPICS.bedsideEvents, ...(scores ? [TOPICS.riskScores] : [])],
          ...(since === undefined ? {} : { sinceMs: since }),
        });
        screen.write(`${records} records written to ${out}\n`);
      } finally {
        await log.close();
      }
    });
}
