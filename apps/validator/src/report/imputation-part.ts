import type { Entry } from '#reporting';
import { signalDefinition, type SignalId } from '#clinical';
import { hiddenBySignal, hiddenFigures } from '../figures/hidden-figures.js';
import { HIDINGS, type Hiding } from '../hidden/hidden-stay.js';
import type { ReportPart, ReportTable } from './report-part.js';
import type { ValidatedRelease, ValidationData } from './validation-data.js';

const TITLES: Readonly<Record<Hiding, string>> = {
  'points-10': '10 % of points',
  'laboratory-50': 'half of the laboratory values',
};
const CARRIED = 'last value carried forward';

/** Errors of the served imputation on entries that were measured and hidden from it. */
export function imputationPart(data: ValidationData): ReportPart {
  return {
    heading: 'Imputation of hidden entries',
    tables: [errorTable(data), ...data.releases.map(signalTable)],
    pictures: [],
  };
}

function errorTable({ releases, facts, seed, resamples }: ValidationData): ReportTable {
  const patientOf = (stayId: string): string => facts.get(stayId)?.patientId ?? stayId;
  const rows = HIDINGS.flatMap((hiding) =>
    releases.flatMap(({ releaseId, hidden }): Entry[][] => {
      const figures = hiddenFigures(hidden, hiding, patientOf, { seed, resamples });
      if (figures === undefined) return [];
      const { stays, entries, rmse, mae, within, carriedRmse, carriedMae } = figures;
      return [
        [TITLES[hiding], releaseId, stays, entries, rmse, mae, within],
        [TITLES[hiding], `${CARRIED}, scale of ${releaseId}`, stays, entries, carriedRmse, carriedMae, undefined],
      ];
    }),
  );
  return {
    id: 'imputation',
    title: 'Errors on the normalised scale',
    columns: [
      ...['hidden', 'method'].map((name) => ({ name })),
      ...['stays', 'entries'].map((name) => ({ name, digits: 0 })),
      ...['RMSE', 'MAE', 'share within the 5-95 % interval'].map((name) => ({ name, interval: true })),
    ],
    rows,
    notes: [
      'One window of each stay, as it stood at one of its due times, goes through the scorer with entries hidden; the served median and interval are held against what was measured. Random points flatter everybody: half of the laboratory values is the harder and more honest way. The evaluator measures further ways, other methods and CRPS.',
    ],
  };
}

function signalTable({ releaseId, hidden }: ValidatedRelease, at: number): ReportTable {
  return {
    id: `imputation-by-signal-${at + 1}`,
    title: `By signal, ${releaseId}, ${TITLES['points-10']}`,
    columns: [
      { name: 'signal' },
      { name: 'unit' },
      { name: 'entries', digits: 0 },
      { name: 'MAE in the unit', digits: 2 },
      { name: 'RMSE, normalised' },
      { name: `RMSE of the ${CARRIED}` },
      { name: 'share within 5-95 %' },
    ],
    rows: hiddenBySignal(hidden, 'points-10').map((one): Entry[] => [
      ...[one.signal, signalDefinition(one.signal as SignalId).unit],
      ...[one.entries, one.storedMae, one.rmse, one.carriedRmse, one.within],
    ]),
    notes: [],
  };
}
