import type { SignalId } from '#clinical';
import { items, type MimicItem } from './mimic-item.js';

/** Of the central laboratory. */
const tube = (signal: SignalId, unit: string, ...ids: number[]): readonly MimicItem[] =>
  items(signal, 'laboratory', unit, ids);

/** Of a blood-gas analyser beside the bed, seen within minutes, whatever it measured. */
const gas = (signal: SignalId, unit: string, ...ids: number[]): readonly MimicItem[] =>
  items(signal, 'laboratory', unit, ids, 'pao2');

/**
 * Items of LABEVENTS that are read, by the labels of D_LABITEMS with fluid blood; those from 51600 on are MIMIC-IV's alone.
 *
 * Calculated values of a gas (haematocrit 50810, bicarbonate 50803) are left out.
 */
export const LAB_ITEMS: readonly MimicItem[] = [
  ...tube('sodium', 'mmol/L', 50983, 52623),
  ...gas('sodium', 'mmol/L', 50824, 52455),
  ...tube('potassium', 'mmol/L', 50971, 52610),
  ...gas('potassium', 'mmol/L', 50822, 52452),
  ...tube('glucose', 'mg/dL', 50931, 52569),
  ...gas('glucose', 'mg/dL', 50809, 52027),
  ...tube('haemoglobin', 'g/dL', 51222, 51640),
  ...gas('haemoglobin', 'g/dL', 50811),
  ...tube('haematocrit', '%', 51221, 51638, 51639),
  ...gas('haematocrit', '%', 52028),
  ...tube('white-cells', '10*3/uL', 51300, 51301, 51755, 51756),
  ...tube('platelets', '10*3/uL', 51265, 51704),
  ...tube('urea-nitrogen', 'mg/dL', 51006, 52647),
  ...tube('creatinine', 'mg/dL', 50912, 52546),
  ...gas('creatinine', 'mg/dL', 52024),
  ...tube('bicarbonate', 'mmol/L', 50882),
  ...tube('magnesium', 'mg/dL', 50960),
  ...tube('bilirubin', 'mg/dL', 50885, 53089),
  ...tube('albumin', 'g/dL', 50862, 52022, 53085, 53138),
  ...tube('alt', 'U/L', 50861, 53084),
  ...tube('ast', 'U/L', 50878, 53088),
  ...tube('alp', 'U/L', 50863, 53086),
  ...tube('cholesterol', 'mg/dL', 50907),
  ...tube('troponin-i', 'ng/mL', 51002, 52642),
  ...tube('troponin-t', 'ng/mL', 51003),
  ...gas('lactate', 'mmol/L', 50813, 52442),
  ...tube('lactate', 'mmol/L', 53154),
  ...gas('pao2', 'mm[Hg]', 50821),
  ...gas('paco2', 'mm[Hg]', 50818),
  ...gas('arterial-ph', '[pH]', 50820),
  ...gas('sao2', '%', 50817),
  ...gas('fio2', '%', 50816),
  ...items('specimen', 'laboratory', '', [50800, 52033]),
];
