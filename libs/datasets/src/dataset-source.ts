import type { DatasetId } from './dataset-id.js';

/** Where a data set comes from, for model cards, tables and error messages. */
export interface DatasetSource {
  readonly title: string;
  readonly licence: string;
  /** Page of the download; absent where there is none. */
  readonly url?: string;
  /** The work to cite; PhysioNet's own (Goldberger et al., Circulation 2000;101:e215) comes with each that lies there. */
  readonly citation: string;
}

const CREDENTIALED = 'PhysioNet Credentialed Health Data License 1.5.0 (the demo: ODbL 1.0)';

/** Title, licence, download page and citation of every data set. */
export const DATASET_SOURCES: Readonly<Record<DatasetId, DatasetSource>> = {
  'challenge-2012': {
    title: 'PhysioNet/CinC Challenge 2012 v1.0.0',
    licence: 'ODC-By 1.0',
    url: 'https://physionet.org/content/challenge-2012/1.0.0/',
    citation: 'Silva et al., Comput Cardiol 2012;39:245',
  },
  'challenge-2019': {
    title: 'PhysioNet/CinC Challenge 2019 v1.0.0',
    licence: 'CC-BY 4.0',
    url: 'https://physionet.org/content/challenge-2019/1.0.0/',
    citation: 'Reyna et al., Crit Care Med 2020;48:210',
  },
  'mimic-iii': {
    title: 'MIMIC-III Clinical Database v1.4',
    licence: CREDENTIALED,
    url: 'https://physionet.org/content/mimiciii/1.4/',
    citation: 'Johnson et al., Sci Data 2016;3:160035',
  },
  'mimic-iv': {
    title: 'MIMIC-IV',
    licence: CREDENTIALED,
    url: 'https://physionet.org/content/mimiciv/',
    citation: 'Johnson et al., Sci Data 2023;10:1',
  },
  eicu: {
    title: 'eICU Collaborative Research Database v2.0',
    licence: CREDENTIALED,
    url: 'https://physionet.org/content/eicu-crd/2.0/',
    citation: 'Pollard et al., Sci Data 2018;5:180178',
  },
  'eicu-demo': {
    title: 'eICU Collaborative Research Database demo v2.0.1',
    licence: 'ODbL 1.0',
    url: 'https://physionet.org/content/eicu-crd-demo/2.0.1/',
    citation: 'Pollard et al., Sci Data 2018;5:180178',
  },
  table: {
    title: 'stays and observations in the table layout',
    licence: 'as whoever holds the data grants it',
    citation: 'as whoever holds the data asks',
  },
  local: {
    title: 'stays of this hospital, as its trainer keeps them',
    licence: 'as the hospital that holds them grants it',
    citation: 'none: they are not published',
  },
  recordings: {
    title: "the project's recordings: stays of Challenge 2012 and synthetic ones",
    licence: 'ODC-By 1.0',
    url: 'https://physionet.org/content/challenge-2012/1.0.0/',
    citation: 'Silva et al., Comput Cardiol 2012;39:245',
  },
  synthetic: { title: 'made-up stays', licence: 'Apache-2.0', citation: 'none: nobody was measured' },
};

/** `where (licence)`, for the sentence that says where to download a data set. */
export function downloadFrom(id: DatasetId): string {
  const { title, url, licence } = DATASET_SOURCES[id];
  return `${url ?? title} (${licence})`;
}
