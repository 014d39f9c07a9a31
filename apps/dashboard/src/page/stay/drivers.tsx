import type { JSX } from 'preact';
import type { RiskScore } from '#wire';
import { driverValueWords } from '../../words/driver-words.js';
import { logOddsWords, signalName } from '../../words/signal-words.js';

/** What the drivers are drawn from. */
interface DriversProps {
  readonly score: RiskScore | undefined;
}

/** Drivers shown before the fold. */
const SHOWN = 8;

/** The bars' scale covers at least this much, log odds: small contributions should look small. */
const LEAST_SCALE = 0.25;

/** What raises and what lowers the risk, strongest first. */
export function Drivers({ score }: DriversProps): JSX.Element {
  const contributions = score?.contributions ?? [];
  const scale = Math.max(LEAST_SCALE, ...contributions.map(({ logOdds }) => Math.abs(logOdds)));
  const row = ({ signal, logOdds }: Contribution): JSX.Element => (
    <Driver key={signal} signal={signal} logOdds={logOdds} scale={scale} latest={score?.latest ?? []} />
  );
  return (
    <section class="panel" aria-labelledby="drivers-title">
      <h2 id="drivers-title">Drivers</h2>
      <p class="quiet small">Change of the risk's log odds by each signal. They explain the model, not the patient.</p>
      {contributions.length === 0 ? (
        <p class="quiet">No drivers: there is no score.</p>
      ) : (
        <>
          <ul class="drivers live-value">{contributions.slice(0, SHOWN).map(row)}</ul>
          {contributions.length > SHOWN && (
            <details>
              <summary>{contributions.length - SHOWN} weaker</summary>
              <ul class="drivers live-value">{contributions.slice(SHOWN).map(row)}</ul>
            </details>
          )}
        </>
      )}
      {score?.nearest !== undefined && (
        <p class="quiet small">
          Of the {score.nearest.stays} stays of the training data that look most alike to the model,{' '}
          <span class="number">{score.nearest.died}</span> ended in death. Not part of the risk.
        </p>
      )}
    </section>
  );
}

type Contribution = RiskScore['contributions'][number];

interface DriverProps extends Contribution {
  readonly scale: number;
  readonly latest: RiskScore['latest'];
}

function Driver({ signal, logOdds, scale, latest }: DriverProps): JSX.Element {
  const raises = logOdds > 0;
  const share = `${((Math.abs(logOdds) / scale) * 50).toFixed(1)}%`;
  return (
    <li class="driver" data-direction={raises ? 'raises' : 'lowers'}>
      <span class="driver-name">
        {signalName(signal)}
        <span class="quiet number"> {driverValueWords(signal, latest)}</span>
      </span>
      <span class="driver-words number">
        {raises ? '▲ raises' : '▼ lowers'} {logOddsWords(logOdds)}
      </span>
      <span class="driver-bar" aria-hidden="true">
        <i style={raises ? { left: '50%', width: share } : { right: '50%', width: share }} />
      </span>
    </li>
  );
}
