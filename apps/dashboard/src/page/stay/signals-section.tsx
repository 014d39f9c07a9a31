import type { JSX } from 'preact';
import type { SignalId } from '#clinical';
import type { LiveStay } from '#wire';
import { imputedHours } from '../../live/imputed-hours.js';
import { groupSignals } from '../../live/signal-groups.js';
import type { StayPast } from '../../live/trend-series.js';
import { signalName, signalUnit, valueWords } from '../../words/signal-words.js';
import { SignalCard } from './signal-card.js';

/** What the section is drawn from. */
interface SignalsProps {
  readonly stay: LiveStay | undefined;
  readonly past: StayPast | undefined;
  readonly timeRange: readonly [number, number];
}

/** Trends of the stay's signals: the paper's eleven, the others, and folded away those that were never measured. */
export function SignalsSection({ stay, past, timeRange }: SignalsProps): JSX.Element {
  const { paper, others, never } = groupSignals(past, stay);
  const card = (signal: SignalId): JSX.Element => (
    <SignalCard
      key={signal}
      signal={signal}
      points={past?.signals.get(signal) ?? NO_POINTS}
      newest={stay?.newest.find((one) => one.signal === signal)}
      score={stay?.score}
      timeRange={timeRange}
    />
  );
  return (
    <section class="signals" aria-labelledby="signals-title">
      <header class="signals-head">
        <h2 id="signals-title">Signals</h2>
        <Legend />
      </header>
      <div class="signal-grid">{paper.map(card)}</div>
      {others.length > 0 && <h2 class="signals-more">Further signals</h2>}
      <div class="signal-grid">{others.map(card)}</div>
      {never.length > 0 && <NeverMeasured signals={never} stay={stay} />}
    </section>
  );
}

const NO_POINTS: readonly never[] = [];

function Legend(): JSX.Element {
  return (
    <ul class="legend" aria-label="How to read the trends">
      <li>
        <svg viewBox="0 0 28 12" aria-hidden="true">
          <path d="M4 8 14 4l10 4" class="legend-line" />
          <circle cx="4" cy="8" r="2.8" />
          <circle cx="14" cy="4" r="2.8" />
          <circle cx="24" cy="8" r="2.8" />
        </svg>
        measured
      </li>
      <li>
        <span class="legend-band" aria-hidden="true" />
        imputed by the model: median and 5–95 %
      </li>
    </ul>
  );
}

/** Signals without a single value since admission: nothing is not normal, so they are named. */
function NeverMeasured({
  signals,
  stay,
}: {
  readonly signals: readonly SignalId[];
  readonly stay: LiveStay | undefined;
}): JSX.Element {
  return (
    <details class="never">
      <summary>
        Never measured <span class="number">({signals.length})</span>
      </summary>
      <ul>
        {signals.map((signal) => {
          const last = imputedHours(stay?.score, signal).at(-1);
          return (
            <li key={signal}>
              <b>{signalName(signal)}</b>{' '}
              {last ? (
                <span class="readout-imputed number">
                  imputed {valueWords(signal, last.median)} ({valueWords(signal, last.low)}–
                  {valueWords(signal, last.high)}) {signalUnit(signal)}
                </span>
              ) : (
                <span class="quiet">no value</span>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
