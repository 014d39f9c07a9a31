import { OutcomeTally } from '#service';
import { Gauge, type Registry } from 'prom-client';
import { DRIFT_KINDS } from '../drift/assess-drift.js';
import { DRIFT_OUTCOMES, type DriftOutcome, type DriftWatch } from '../drift/drift-watch.js';
import type { LocalStays } from '../trainings/local-stays.js';
import type { TrainingJournal } from '../trainings/training-journal.js';

/** What the figures are read from. */
export interface MeasuredParts {
  readonly journal: TrainingJournal;
  readonly stays: LocalStays;
  readonly drift: DriftWatch;
}

/**
 * Registers the trainer's figures, which are read when they are asked for. Labels are signals, kinds and outcomes, closed sets: never a person, a stay or a site.
 *
 * @returns what counts the records of drift
 */
export function registerTrainerMetrics(
  registry: Registry,
  parts: () => MeasuredParts,
): (outcome: DriftOutcome) => void {
  const registers = [registry];
  const gauge = (
    name: string,
    help: string,
    read: (set: (value: number, labels?: object) => void) => void,
    labelNames: string[] = [],
  ): void => {
    new Gauge({
      ...{ name, help, labelNames, registers },
      collect() {
        this.reset();
        read((value, labels) => (labels === undefined ? this.set(value) : this.set({ ...labels }, value)));
      },
    });
  };
  registerTrainings(gauge, parts);
  registerDrift(gauge, parts);
  const records = new OutcomeTally({
    ...{ registry, name: 'vigil_trainer_drift_records_total', outcomes: DRIFT_OUTCOMES },
    help: 'Records of scores and outcomes, by what became of them in the counts of drift.',
  });
  return (outcome) => records.count(outcome);
}

type RegisterGauge = (
  name: string,
  help: string,
  read: (set: (value: number, labels?: object) => void) => void,
  labelNames?: string[],
) => void;

function registerTrainings(gauge: RegisterGauge, parts: () => MeasuredParts): void {
  gauge('vigil_trainer_training_percent', 'How far the running training is; none while none runs.', (set) => {
    const running = parts().journal.running();
    if (running !== undefined) set(running.progress?.percent ?? 0);
  });
  gauge(
    'vigil_trainer_trainings',
    'Trainings that are kept, by state.',
    (set) => {
      const counts = new Map<string, number>();
      for (const { state } of parts().journal.all()) counts.set(state, (counts.get(state) ?? 0) + 1);
      for (const state of ['running', 'finished', 'failed', 'cancelled', 'declined'])
        set(counts.get(state) ?? 0, { state });
    },
    ['state'],
  );
  gauge(
    'vigil_trainer_outcomes',
    'Stays of the training set with a known outcome.',
    (set) => {
      const { deaths, survivors } = parts().stays.summary();
      set(deaths, { outcome: 'died' });
      set(survivors, { outcome: 'survived' });
    },
    ['outcome'],
  );
}

function registerDrift(gauge: RegisterGauge, parts: () => MeasuredParts): void {
  const prefix = 'vigil_trainer_drift';
  gauge(
    `${prefix}_stability_index`,
    'Population stability index of the last value of a signal, beside the release.',
    (set) => {
      for (const { signal, stabilityIndex } of parts().drift.assessment()?.signals ?? [])
        if (stabilityIndex !== undefined) set(stabilityIndex, { signal });
    },
    ['signal'],
  );
  gauge(
    `${prefix}_missing_shift`,
    'Share of windows without a signal, minus that of the training.',
    (set) => {
      for (const { signal, shareMissing, referenceShareMissing } of parts().drift.assessment()?.signals ?? [])
        set(shareMissing - referenceShareMissing, { signal });
    },
    ['signal'],
  );
  gauge(`${prefix}_risk_stability_index`, 'Population stability index of the risks, beside the release.', (set) => {
    const index = parts().drift.assessment()?.risk.stabilityIndex;
    if (index !== undefined) set(index);
  });
  gauge(`${prefix}_observed_to_expected`, 'Deaths by the sum of the risks of the stays whose outcome came.', (set) => {
    const ratio = parts().drift.assessment()?.outcomes.ratio;
    if (ratio !== undefined) set(ratio);
  });
  gauge(
    `${prefix}_flagged`,
    '1 where a kind of drift is flagged.',
    (set) => {
      const flagged = parts().drift.flagged();
      for (const kind of DRIFT_KINDS) set(Number(flagged.includes(kind)), { kind });
    },
    ['kind'],
  );
}
