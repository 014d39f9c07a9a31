import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';

/** How old a value is, coarsely: said in words and shape beside its colour. */
export type Freshness = 'fresh' | 'ageing' | 'old' | 'none';

/** From here on a bed's last value is called ageing, milliseconds: most charting is hourly. */
export const AGEING_AFTER_MS = HOUR_MS;
/** From here on it is called old, milliseconds. */
export const OLD_AFTER_MS = 4 * HOUR_MS;

/** An age as short text: `now`, `4 min`, `2 h 05`, `3 d 4 h`; a dash where there is no value. */
export function ageWords(ageMs: number | undefined): string {
  if (ageMs === undefined) return '–';
  if (ageMs < MINUTE_MS) return 'now';
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min`;
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ${twoDigits(Math.floor((ageMs % HOUR_MS) / MINUTE_MS))}`;
  return `${Math.floor(ageMs / DAY_MS)} d ${Math.floor((ageMs % DAY_MS) / HOUR_MS)} h`;
}

/** Which freshness an age has. */
export function freshness(ageMs: number | undefined): Freshness {
  if (ageMs === undefined) return 'none';
  if (ageMs >= OLD_AFTER_MS) return 'old';
  return ageMs >= AGEING_AFTER_MS ? 'ageing' : 'fresh';
}

/** Time of day on the clock of who looks: `14:05`. */
export function clockTime(atMs: number): string {
  const at = new Date(atMs);
  return `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** Time of day with seconds: `14:05:09`. */
export function clockSeconds(atMs: number): string {
  return `${clockTime(atMs)}:${twoDigits(new Date(atMs).getSeconds())}`;
}

/** Day and time: `22 Nov 14:05`. */
export function dayAndTime(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getDate()} ${MONTHS[at.getMonth()]} ${clockTime(atMs)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
