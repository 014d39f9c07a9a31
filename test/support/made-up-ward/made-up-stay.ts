import { HOUR_MS, MINUTE_MS, SIGNAL_SETS, signalDefinition, type SignalId } from '#clinical';
import type { LiveBed, LiveStay, RiskScore, TrendsResponse } from '#wire';

/** Usual values of some signals; the others stand at a fifth of their plausible range. */
const USUAL: Partial<Record<SignalId, readonly [middle: number, spread: number]>> = {
  'heart-rate': [88, 9],
  temperature: [37.1, 0.4],
  'systolic-pressure': [118, 12],
  'diastolic-pressure': [62, 8],
  'mean-arterial-pressure': [80, 8],
  'respiratory-rate': [18, 3],
  spo2: [96, 1.6],
  glucose: [138, 24],
  haemoglobin: [10.4, 0.6],
  potassium: [4.1, 0.3],
  sodium: [139, 2],
  'glasgow-coma-scale': [13, 1.4],
  'urine-output': [70, 40],
  fio2: [42, 8],
  pao2: [108, 22],
  paco2: [40, 5],
  'arterial-ph': [7.38, 0.04],
  lactate: [1.8, 0.6],
  bicarbonate: [24, 2],
  'urea-nitrogen': [24, 6],
  creatinine: [1.2, 0.3],
  'white-cells': [11, 2.5],
  platelets: [212, 40],
  haematocrit: [31, 2],
  magnesium: [2, 0.2],
  bilirubin: [0.9, 0.2],
  albumin: [3.1, 0.3],
  weight: [82, 1],
};

/** Signals that no made-up stay has ever had measured. */
const NEVER = new Set<SignalId>([
  'cholesterol',
  'troponin-i',
  'troponin-t',
  'sao2',
  'alp',
  'ast',
  'alt',
  'mechanical-ventilation',
]);

const WINDOW_HOURS = 24;

/**
 * A stay with invented values that look like a ward's: no person's data, and no model's either. The same number and time give the same stay.
 */
export class MadeUpStay {
  readonly stayId: string;
  readonly ward: string;
  readonly bed: string;
  readonly admittedAtMs: number;
  private readonly base: number;
  private readonly trend: { atMs: number; median: number }[] = [];

  constructor(
    readonly number: number,
    startMs: number,
  ) {
    this.stayId = `made-up-${String(number).padStart(4, '0')}`;
    this.ward = ['Medical ICU', 'Surgical ICU', 'Coronary care', 'Neuro ICU'][number % 4]!;
    this.bed = `${'MSCN'[number % 4]}-${String(Math.floor(number / 4) + 1).padStart(2, '0')}`;
    this.admittedAtMs = startMs - (8 + (number % 60)) * HOUR_MS;
    this.base = 0.015 + 0.5 * noise(number, 1) ** 3;
    for (let hour = 24; hour > 0; hour -= 1) this.trend.push(this.riskPoint(startMs - hour * HOUR_MS));
  }

  /** Summary at a time of the log's clock. */
  bedAt(nowMs: number, sequence: number): LiveBed {
    const state = this.stateOf();
    const hasScore = state !== 'no-score-yet';
    if (hasScore && nowMs - (this.trend.at(-1)?.atMs ?? 0) >= 5 * MINUTE_MS) this.trend.push(this.riskPoint(nowMs));
    if (this.trend.length > 24) this.trend.splice(0, this.trend.length - 24);
    return {
      stayId: this.stayId,
      site: 'made-up',
      ward: this.ward,
      bed: this.bed,
      admittedAtMs: this.admittedAtMs,
      ...(state === 'ended' ? { endedAtMs: nowMs - HOUR_MS } : {}),
      sequence,
      technicalState: state,
      newestObservationAtMs: nowMs - this.ageOf(state),
      riskTrend: hasScore ? [...this.trend] : [],
      ...(hasScore ? this.scoreSummary(nowMs) : {}),
    };
  }

  /** Detail at a time of the log's clock. */
  stayAt(nowMs: number, sequence: number): LiveStay {
    return {
      stayId: this.stayId,
      sequence,
      static: {
        ageYears: 40 + (this.number % 50),
        sex: this.number % 2 ? 'female' : 'male',
        unitType: 'medical',
        weightKg: 82,
      },
      score: this.scoreAt(nowMs),
      newest: measuredSignals(this.number).map((signal) => {
        const atMs = this.timesOf(signal, nowMs).at(-1) ?? nowMs;
        return {
          signal,
          value: this.valueAt(signal, atMs),
          effectiveAtMs: atMs,
          availableAtMs: atMs,
          source: 'monitor',
        };
      }),
    };
  }

  /** The past, as the gateway answers it. */
  trends(nowMs: number, fromMs: number, toMs: number): TrendsResponse {
    return {
      disclaimer: 'Research software, not a medical device.',
      stayId: this.stayId,
      fromMs,
      toMs,
      maxPoints: 1000,
      signals: measuredSignals(this.number).map((signal) => ({
        signal,
        unit: signalDefinition(signal).unit,
        points: this.timesOf(signal, nowMs)
          .filter((atMs) => atMs >= fromMs && atMs < toMs)
          .map((atMs) => ({ atMs, ...pointOf(this.valueAt(signal, atMs)) })),
      })),
      risk: range(Math.max(fromMs, this.admittedAtMs), Math.min(toMs, nowMs), 30 * MINUTE_MS).map((atMs) => ({
        atMs,
        releaseId: 'made-up',
        risk: this.intervalAt(atMs),
        news2: 3 + Math.round(3 * noise(this.number, Math.floor(atMs / (3 * HOUR_MS)))),
        completeness: 0.7,
      })),
    };
  }

  private scoreSummary(nowMs: number): Partial<LiveBed> {
    return {
      eventTimeMs: nowMs,
      risk: this.intervalAt(nowMs),
      news2: { total: this.news2().total, missing: this.news2().missing },
      completeness: 0.55 + 0.4 * noise(this.number, 7),
      shareImputed: 0.2 + 0.5 * noise(this.number, 8),
      releaseId: 'made-up',
      releaseStage: 'untrained',
    };
  }

  private scoreAt(nowMs: number): RiskScore {
    const windowStartMs = nowMs - WINDOW_HOURS * HOUR_MS;
    return {
      stayId: this.stayId,
      site: 'made-up',
      ward: this.ward,
      bed: this.bed,
      admittedAtMs: this.admittedAtMs,
      dueAtMs: nowMs,
      windowStartMs,
      windowDigest: 'c0ffee'.repeat(10) + 'cafe',
      releaseId: 'made-up',
      releaseStage: 'untrained',
      engine: 'none',
      risk: this.intervalAt(nowMs),
      contributions: (
        ['lactate', 'glasgow-coma-scale', 'urine-output', 'spo2', 'systolic-pressure', 'platelets'] as const
      ).map((signal, position) => ({ signal, logOdds: (position % 3 === 2 ? -1 : 1) * (0.9 - 0.14 * position) })),
      completeness: 0.72,
      shareImputed: 0.41,
      latest: [],
      news2: this.news2(),
      imputed: SIGNAL_SETS['icu-36'].map((signal) => this.imputedAt(signal, windowStartMs, nowMs)),
    };
  }

  private news2(): RiskScore['news2'] {
    const known = {
      'respiratory-rate': 1,
      spo2: 2,
      'systolic-pressure': 0,
      'heart-rate': this.number % 3,
      temperature: 0,
    };
    const missing = this.number % 3 === 0;
    const parts = missing ? known : { ...known, oxygen: 2, consciousness: this.base > 0.1 ? 3 : 0 };
    return {
      total: Object.values(parts).reduce((sum, points) => sum + points, 0),
      parts,
      missing: missing ? ['oxygen', 'consciousness'] : [],
    };
  }

  private imputedAt(signal: SignalId, windowStartMs: number, nowMs: number): RiskScore['imputed'][number] {
    const measured = new Set(
      measuredSignals(this.number).includes(signal)
        ? this.timesOf(signal, nowMs).map((atMs) => Math.floor((atMs - windowStartMs) / HOUR_MS))
        : [],
    );
    const bins = Array.from({ length: WINDOW_HOURS }, (_, hour) => {
      if (measured.has(hour)) return null;
      return this.valueAt(signal, windowStartMs + (hour + 0.5) * HOUR_MS);
    });
    const spread = usual(signal)[1] * 1.2;
    const shifted = (by: number): (number | null)[] => bins.map((value) => (value === null ? null : value + by));
    return { signal, median: bins, low: shifted(-spread), high: shifted(spread) };
  }

  /** When a signal was measured: vitals every 5 to 60 minutes with a hole of some hours, laboratory values every 6 hours. */
  private timesOf(signal: SignalId, nowMs: number): number[] {
    const definition = signalDefinition(signal);
    const everyMs =
      definition.kind === 'laboratory' ? 6 * HOUR_MS : definition.slotMinutes === 60 ? 4 * HOUR_MS : 30 * MINUTE_MS;
    const offset = Math.floor(noise(this.number, signal.length) * everyMs);
    const hole = nowMs - (6 + 8 * noise(this.number, signal.length + 3)) * HOUR_MS;
    return range(this.admittedAtMs + offset, nowMs, everyMs).filter((atMs) => atMs < hole || atMs > hole + 4 * HOUR_MS);
  }

  private valueAt(signal: SignalId, atMs: number): number {
    const [middle, spread] = usual(signal);
    const slow = Math.sin(atMs / (5 * HOUR_MS) + this.number + signal.length);
    const value =
      middle + spread * (0.9 * slow + 0.7 * (noise(this.number + signal.length, Math.floor(atMs / MINUTE_MS)) - 0.5));
    const [low, high] = signalDefinition(signal).plausible;
    return Math.min(high, Math.max(low, value));
  }

  private riskAt(atMs: number): number {
    const sway =
      0.35 * Math.sin(atMs / (4 * HOUR_MS) + this.number) + 0.2 * (noise(this.number, Math.floor(atMs / 20_000)) - 0.5);
    return Math.min(0.97, Math.max(0.003, this.base * (1 + sway)));
  }

  private intervalAt(atMs: number): { median: number; low: number; high: number } {
    const median = this.riskAt(atMs);
    return { median, low: median * 0.6, high: Math.min(0.99, median + (1 - median) * median * 0.7) };
  }

  private riskPoint(atMs: number): { atMs: number; median: number } {
    return { atMs, median: Number(this.riskAt(atMs).toFixed(4)) };
  }

  private stateOf(): LiveBed['technicalState'] {
    if (this.number % 29 === 5) return 'silent';
    if (this.number % 17 === 4) return 'stale';
    if (this.number % 37 === 6) return 'no-score-yet';
    if (this.number % 41 === 8) return 'ended';
    return 'live';
  }

  private ageOf(state: LiveBed['technicalState']): number {
    if (state === 'silent') return 7 * HOUR_MS;
    if (state === 'stale') return 2 * HOUR_MS + this.number * 1000;
    return Math.floor(noise(this.number, 9) * 40) * MINUTE_MS;
  }
}

function measuredSignals(number: number): SignalId[] {
  return SIGNAL_SETS['icu-36'].filter((signal) => !NEVER.has(signal) && (signal.length + number) % 13 !== 0);
}

function usual(signal: SignalId): readonly [number, number] {
  const [low, high] = signalDefinition(signal).plausible;
  return USUAL[signal] ?? [low + (high - low) / 5, (high - low) / 40];
}

function pointOf(value: number): { value: number; low: number; high: number; count: number } {
  return { value, low: value, high: value, count: 1 };
}

function range(fromMs: number, toMs: number, stepMs: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((toMs - fromMs) / stepMs)) }, (_, step) => fromMs + step * stepMs);
}

/** A number in [0, 1) that depends on its arguments alone. */
function noise(a: number, b: number): number {
  const x = Math.sin(a * 127.1 + (b % 100_003) * 311.7) * 43_758.5453;
  return x - Math.floor(x);
}
