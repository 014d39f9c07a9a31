import type { JSX } from 'preact';
import type { LiveBed } from '#wire';
import { RISK_MARKS, riskPosition, riskTone } from '../../words/risk-words.js';

const percent = (probability: number): string => `${(riskPosition(probability) * 100).toFixed(2)}%`;

/** Risk on its axis: reach and stroke of the median, band of the interval; hatched where there is no score. Read out elsewhere. */
export function RiskBar({ risk }: { readonly risk: LiveBed['risk'] }): JSX.Element {
  if (!risk) return <div class="risk-bar" data-empty="true" aria-hidden="true" />;
  const low = riskPosition(risk.low);
  const high = riskPosition(risk.high);
  return (
    <div class="risk-bar" data-tone={riskTone(risk.median)} aria-hidden="true">
      <i class="risk-reach" style={{ width: percent(risk.low) }} />
      <i class="risk-band" style={{ left: percent(risk.low), width: `${((high - low) * 100).toFixed(2)}%` }} />
      <i class="risk-median" style={{ left: percent(risk.median) }} />
    </div>
  );
}

/** The marks of the risk axis, in per cent. */
export function RiskAxis(): JSX.Element {
  return (
    <div class="risk-axis number" aria-hidden="true">
      {RISK_MARKS.map((mark) => (
        <span key={mark} style={{ left: percent(mark) }}>
          {mark * 100}
        </span>
      ))}
    </div>
  );
}
