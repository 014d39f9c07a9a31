import type { JSX } from 'preact';
import type { DriftStanding, ModelResponse, SignalDrift } from '#wire';
import { ageWords } from '../../words/age-words.js';
import {
  chanceWords,
  dayAgeMs,
  deathsWords,
  flaggedWords,
  foundWords,
  indexWords,
  missingWords,
  noDriftWords,
  orderSignals,
} from '../../words/drift-words.js';
import { signalName } from '../../words/signal-words.js';
import { live } from '../live-store.js';
import { ModelPanel } from './model-panel.js';

/** Signals that are shown without being asked for, beside those beyond the limits. */
const SHOWN_AT_FIRST = 6;

type Assessment = NonNullable<DriftStanding['assessment']>;

/** What the champion meets beside what it was trained on: flags, deaths, and each signal's figures. */
export function DriftPanel({
  part,
  nowMs,
}: {
  readonly part: ModelResponse['drift'];
  readonly nowMs: number;
}): JSX.Element {
  return (
    <ModelPanel id="drift" title="Drift" part={part} nowMs={nowMs}>
      {(drift) => {
        const nothing = noDriftWords(drift);
        if (nothing !== undefined) return <p>{nothing}</p>;
        return (
          <>
            <p class="model-flag" data-flagged={String(drift.flagged.length > 0)}>
              {flaggedWords(drift)}.
            </p>
            <Figures assessment={drift.assessment!} releaseId={drift.releaseId} />
          </>
        );
      }}
    </ModelPanel>
  );
}

interface FiguresProps {
  readonly assessment: Assessment;
  readonly releaseId: string | undefined;
}

function Figures({ assessment, releaseId }: FiguresProps): JSX.Element {
  const { dayMs, scores, risk, signals } = assessment;
  const ordered = orderSignals(signals);
  const first = Math.max(SHOWN_AT_FIRST, ordered.filter(({ found }) => found.length > 0).length);
  const rest = ordered.slice(first);
  const age = ageWords(dayAgeMs(dayMs, live.value.clockMs));
  return (
    <>
      <p class="small">
        {scores} scores of {releaseId ?? 'the champion'} beside its training, up to{' '}
        <span class="number">{new Date(dayMs).toISOString().slice(0, 10)}</span> (UTC) by the log’s clock
        {age === 'now' ? ', which is its day now' : age === '–' ? '' : `, ${age} old`}.
      </p>
      <p data-testid="deaths">
        Deaths: <span class="number">{deathsWords(assessment)}</span>.
      </p>
      <p>
        Risks: stability index <span class="number">{indexWords(risk.stabilityIndex)}</span>, chance{' '}
        <span class="number">{chanceWords(risk.pValue)}</span>.
      </p>
      <Signals caption="Signals, the furthest from training first" signals={ordered.slice(0, first)} />
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more signals</summary>
          <Signals caption="Further signals" signals={rest} />
        </details>
      )}
    </>
  );
}

function Signals({
  caption,
  signals,
}: {
  readonly caption: string;
  readonly signals: readonly SignalDrift[];
}): JSX.Element {
  return (
    <div class="model-table">
      <table>
        <caption class="hidden-words">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col" title="Population stability index of the values against the training reference">
              Stability index
            </th>
            <th scope="col" title="Chance of such a distance by Kolmogorov and Smirnov, were nothing changed">
              Chance
            </th>
            <th scope="col" title="Share of windows without a measurement, in training in brackets">
              Missing (in training)
            </th>
            <th scope="col">Beyond the limits</th>
          </tr>
        </thead>
        <tbody>
          {signals.map((signal) => (
            <tr key={signal.signal} data-found={String(signal.found.length > 0)}>
              <th scope="row">{signalName(signal.signal)}</th>
              <td class="number">{indexWords(signal.stabilityIndex)}</td>
              <td class="number">{chanceWords(signal.pValue)}</td>
              <td class="number">{missingWords(signal)}</td>
              <td>{foundWords(signal)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
