import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';

/** How old a value is, coarsely: said in words and shape beside its colour. */
export type Freshness = 'fresh' | 'ageing' | 'old' | 'none';

/** From when on a value counts as ageing and as old, milliseconds. */
export interface FreshnessLimits {
  readonly ageingAfterMs: number;
  readonly oldAfterMs: number;
}

/** For what is taken at least hourly: vital signs, and a bed's newest value of any signal. */
export const HOURLY_LIMITS: FreshnessLimits = { ageingAfterMs: HOUR_MS, oldAfterMs: 4 * HOUR_MS };

/** For what is taken a few times a day: laboratory values, scales, settings. */
export const DAILY_LIMITS: FreshnessLimits = { ageingAfterMs: 12 * HOUR_MS, oldAfterMs: DAY_MS };

/** An age as short text: `now`, `4 min`, `2 h 05`, `3 d 4 h`; a dash where there is no value. */
export function ageWords(ageMs: number | undefined): string {
  if (ageMs === undefined) return '–';
  if (ageMs < MINUTE_MS) return 'now';
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min`;
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ${twoDigits(Math.floor((ageMs % HOUR_MS) / MINUTE_MS))}`;
  return `${Math.floor(ageMs / DAY_MS)} d ${Math.floor((ageMs % DAY_MS) / HOUR_MS)} h`;
}

/** Which freshness an age has. */
export function freshness(ageMs: number | undefined, limits: FreshnessLimits = HOURLY_LIMITS): Freshness {
  if (ageMs === undefined) return 'none';
  if (ageMs >= limits.oldAfterMs) return 'old';
  return ageMs >= limits.ageingAfterMs ? 'ageing' : 'fresh';
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

/** Day: `22 Nov`. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getDate()} ${MONTHS[at.getMonth()]}`;
}

/** Day and time: `22 Nov 14:05`. */
export function dayAndTime(atMs: number): string {
  return `${dayOf(atMs)} ${clockTime(atMs)}`;
}

/** A moment of the past: `14:05:09` when it is of today, else with its day; a line can be lost for longer than a night. */
export function momentWords(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return isToday ? clockSeconds(atMs) : dayAndTime(atMs);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
