import { SIGNAL_SETS, signalDefinition, type SignalId, type StayStatic } from '#clinical';
import { seededRandom } from '#evaluation';
import { DEFAULT_SETTINGS, fitScales, WindowEncoder, type LabelledWindows, type WindowStore } from '#training';

const HOURS = 24;
/** Share of hours in which a signal is measured: slots of an hour are those of laboratory values. */
const VITAL_SHARE = 0.8;
const LABORATORY_SHARE = 0.15;
const DEATHS = 0.15;

/** Made-up windows of as many stays, as a training step reads them: scaled, with outcomes and a made-up teacher's opinion mixed in. */
export function madeUpWindows(
  count: number,
  signals: readonly SignalId[] = SIGNAL_SETS['icu-36'],
): Required<LabelledWindows> {
  const random = seededRandom(11);
  const store = madeUpStore(count, signals, random);
  const encoder = new WindowEncoder(store, fitScales(store));
  const labels = store.labels.map(({ died }) => Number(died));
  const { teacherShare } = DEFAULT_SETTINGS;
  return {
    windows: labels.map((_, index) => encoder.encode(index)),
    labels,
    targets: labels.map((label) => (1 - teacherShare) * label + teacherShare * (0.4 * label + 0.3 * random())),
  };
}

function madeUpStore(count: number, signals: readonly SignalId[], random: () => number): WindowStore {
  const labels = Array.from({ length: count }, (_, stay) => ({
    datasetId: 'made-up',
    stayId: `s${stay}`,
    patientId: `p${stay}`,
    part: 'train' as const,
    hoursSinceAdmission: HOURS + (stay % HOURS),
    died: random() < DEATHS,
    static: madeUpStay(random),
  }));
  const values = labels.flatMap(() => signals.flatMap((signal) => madeUpSeries(signal, random)));
  return { signals, hours: HOURS, labels, values: Float32Array.from(values) };
}

function madeUpStay(random: () => number): StayStatic {
  const sex = random() < 0.5 ? 'female' : 'male';
  return { ageYears: 40 + 50 * random(), sex, ...(random() < 0.5 ? { weightKg: 50 + 60 * random() } : {}) };
}

/** A level of the stay's own in the middle of what is plausible, and small changes from hour to hour. */
function madeUpSeries(signal: SignalId, random: () => number): number[] {
  const { plausible, slotMinutes } = signalDefinition(signal);
  const [low, high] = plausible;
  const share = slotMinutes < 60 ? VITAL_SHARE : LABORATORY_SHARE;
  const level = 0.3 + 0.3 * random();
  return Array.from({ length: HOURS }, () => {
    const value = low + (high - low) * (level + 0.1 * random());
    return random() < share ? value : Number.NaN;
  });
}
