import type { SignalId } from '#clinical';
import {
  encodeStatic,
  fitStaticScales,
  NormaliserFit,
  SignalNormaliser,
  type SignalScale,
  type StaticScales,
} from '#model';
import { windowAt, type WindowStore } from '../windows/recorded-window.js';

/** Scales of signals and static measurements, fitted on training windows only. */
export interface FittedScales {
  readonly signals: Readonly<Record<string, SignalScale>>;
  readonly static: StaticScales;
  /** Normalised values beyond this many standard deviations are cut off; without it, at six, as served. */
  readonly limit?: number;
}

/** Fits the scales on the training part of a store; every window counts, every stay's static data once. */
export function fitScales(store: WindowStore): FittedScales {
  const fit = new NormaliserFit(store.signals as readonly SignalId[]);
  const stays = new Map<string, number>();
  store.labels.forEach(({ part, stayId }, index) => {
    if (part !== 'train') return;
    const { values, mask } = windowAt(store, index);
    fit.add(values, mask);
    stays.set(stayId, index);
  });
  return {
    signals: fit.scales(),
    static: fitStaticScales([...stays.values()].map((index) => store.labels[index]!.static)),
  };
}

/** A window as the networks read it. */
export interface EncodedWindow {
  /** [signal, hour] normalised, 0 where missing. */
  readonly values: Float32Array;
  readonly mask: Float32Array;
  readonly static: Float32Array;
}

/** Windows that a training reads, wherever they come from. */
export interface WindowSource {
  /** The windows in stored units, and whose they are. */
  readonly store: WindowStore;
  encode(index: number): EncodedWindow;
}

/** Encodes windows of a store with fitted scales. */
export class WindowEncoder implements WindowSource {
  readonly #normaliser: SignalNormaliser;

  constructor(
    readonly store: WindowStore,
    readonly scales: FittedScales,
  ) {
    this.#normaliser = new SignalNormaliser(store.signals as readonly SignalId[], scales.signals, scales.limit);
  }

  encode(index: number): EncodedWindow {
    const { values, mask } = windowAt(this.store, index);
    const { static: known, hoursSinceAdmission } = this.store.labels[index]!;
    return {
      values: this.#normaliser.normalise(values, mask),
      mask,
      static: encodeStatic(known, hoursSinceAdmission, this.scales.static),
    };
  }
}
