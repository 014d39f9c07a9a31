/** A part of NEWS2 with its one-letter mark. */
export interface News2Part {
  readonly part: string;
  readonly mark: string;
  readonly name: string;
}

/** The seven parts in the order of the chart of the Royal College of Physicians (2017). */
export const NEWS2_PARTS: readonly News2Part[] = [
  { part: 'respiratory-rate', mark: 'R', name: 'respiratory rate' },
  { part: 'spo2', mark: 'S', name: 'oxygen saturation' },
  { part: 'oxygen', mark: 'O', name: 'air or oxygen' },
  { part: 'systolic-pressure', mark: 'B', name: 'systolic pressure' },
  { part: 'heart-rate', mark: 'P', name: 'pulse' },
  { part: 'consciousness', mark: 'C', name: 'consciousness' },
  { part: 'temperature', mark: 'T', name: 'temperature' },
];

/** The total as text: `≥5` while parts are missing, since those could only add to it; a dash while all of them are. */
export function news2Total(total: number, missing: readonly string[]): string {
  if (missing.length >= NEWS2_PARTS.length) return '–';
  return missing.length > 0 ? `≥${total}` : String(total);
}

/** What is missing, in words: `missing: consciousness, temperature`; empty when nothing is. */
export function news2Missing(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  if (missing.length >= NEWS2_PARTS.length) return 'missing: all seven parts';
  const names = missing.map((part) => NEWS2_PARTS.find((known) => known.part === part)?.name ?? part);
  return `missing: ${names.join(', ')}`;
}

/** The response band of the total (RCP 2017): low 0-4, medium 5-6, high 7 and more; none without a single part. */
export function news2Tone(total: number, missing: readonly string[]): 'low' | 'mid' | 'high' | 'none' {
  if (missing.length >= NEWS2_PARTS.length) return 'none';
  if (total >= 7) return 'high';
  return total >= 5 ? 'mid' : 'low';
}
