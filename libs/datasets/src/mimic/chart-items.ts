import { items, type MimicItem } from './mimic-item.js';

/**
 * Items of CHARTEVENTS that are read. Ids below 220000 are CareVue's (MIMIC-III until 2008), the others MetaVision's (both).
 *
 * Chosen after the labels of D_ITEMS and the concepts of the MIMIC Code Repository (Johnson et al., J Am Med Inform Assoc 2018;25:32). Left out: copies
 * of laboratory results in the chart (they are read from LABEVENTS), temperatures marked "calc" (the same value in the other unit),
 * set respiratory rates. A tidal volume that is set or observed says that a ventilator breathes for the person.
 */
export const CHART_ITEMS: readonly MimicItem[] = [
  ...items('heart-rate', 'monitor', '/min', [211, 220045]),
  ...items('temperature', 'manual', 'Cel', [676, 223762]),
  ...items('temperature', 'manual', '[degF]', [678, 223761]),
  ...items('systolic-pressure', 'arterial-line', 'mm[Hg]', [51, 6701, 220050, 225309]),
  ...items('diastolic-pressure', 'arterial-line', 'mm[Hg]', [8368, 8555, 220051, 225310]),
  ...items('mean-arterial-pressure', 'arterial-line', 'mm[Hg]', [52, 6702, 220052, 225312]),
  ...items('systolic-pressure', 'cuff', 'mm[Hg]', [442, 455, 220179]),
  ...items('diastolic-pressure', 'cuff', 'mm[Hg]', [8440, 8441, 220180]),
  ...items('mean-arterial-pressure', 'cuff', 'mm[Hg]', [443, 456, 220181]),
  ...items('respiratory-rate', 'monitor', '/min', [615, 618, 220210, 224690]),
  ...items('spo2', 'monitor', '%', [646, 220277]),
  ...items('glucose', 'device', 'mg/dL', [807, 225664], 'pao2'),
  ...items('fio2', 'device', '%', [190, 2981, 3420, 3422, 223835]),
  ...items('glasgow-coma-scale', 'manual', '{score}', [198]),
  ...items('gcs-eye', 'manual', '{score}', [220739]),
  ...items('gcs-verbal', 'manual', '{score}', [223900]),
  ...items('gcs-motor', 'manual', '{score}', [223901]),
  ...items('tidal-volume', 'device', 'mL', [682, 683, 224684, 224685]),
  ...items('weight', 'manual', 'kg', [763, 3580, 3693, 224639]),
  ...items('admission-weight', 'manual', 'kg', [762, 226512]),
  ...items('admission-weight', 'manual', '[lb_av]', [226531]),
  ...items('height', 'manual', '[in_i]', [920, 1394, 3486, 4187, 226707]),
  ...items('height', 'manual', 'cm', [3485, 4188, 226730]),
];

/**
 * Items of OUTPUTEVENTS that are urine, mL. Irrigation of the bladder (227488, 227489, 226566) is left out: what comes out is not urine
 * alone.
 */
export const OUTPUT_ITEMS: readonly MimicItem[] = items(
  'urine-output',
  'manual',
  'mL',
  [
    40055, 40056, 40057, 40069, 40085, 40094, 40096, 40405, 40428, 40473, 40651, 40715, 43175, 226557, 226558, 226559,
    226560, 226561, 226563, 226564, 226565, 226567, 226584,
  ],
);

/** Items of PROCEDUREEVENTS: invasive ventilation, from start to end. */
export const PROCEDURE_ITEMS: readonly MimicItem[] = items('mechanical-ventilation', 'device', '{0or1}', [225792]);
