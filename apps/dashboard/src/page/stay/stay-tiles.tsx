import type { JSX } from 'preact';
import { HOUR_MS } from '#clinical';
import type { LiveBed, RiskScore } from '#wire';
import { riskBefore, type RiskPoint } from '../../live/trend-series.js';
import { riskInterval, riskPercent, riskTone } from '../../words/risk-words.js';
import { STATE_SENTENCES, stateKind, stateWords } from '../../words/state-words.js';
import { Age } from '../ward/age.js';
import { RiskAxis, RiskBar } from '../ward/risk-bar.js';
import { News2Tile } from './news2-tile.js';

/** What the tiles are drawn from. */
interface StayTilesProps {
  readonly bed: LiveBed;
  readonly score: RiskScore | undefined;
  readonly clockMs: number | undefined;
  readonly risk: readonly RiskPoint[];
}

/** The stay in figures: risk, NEWS2, and how far they can be trusted. */
export function StayTiles({ bed, score, clockMs, risk }: StayTilesProps): JSX.Element {
  return (
    <div class="tiles">
      <RiskTile bed={bed} risk={risk} />
      <News2Tile news2={score?.news2 ?? bed.news2} score={score} />
      <TrustTile bed={bed} clockMs={clockMs} />
    </div>
  );
}

interface RiskTileProps {
  readonly bed: LiveBed;
  readonly risk: readonly RiskPoint[];
}

function RiskTile({ bed, risk }: RiskTileProps): JSX.Element {
  return (
    <section class="tile tile-risk live-value" aria-label="Risk">
      <h2>
        Risk of in-hospital death
        {bed.releaseStage && (
          <span class="stage-mark" data-stage={bed.releaseStage}>
            {bed.releaseStage} model
          </span>
        )}
      </h2>
      {bed.risk ? (
        <p class="tile-line">
          <b class="tile-figure number" data-tone={riskTone(bed.risk.median)} data-testid="stay-risk">
            {riskPercent(bed.risk.median)}
          </b>
          <span class="number">{riskInterval(bed.risk.low, bed.risk.high)}</span>
          <span class="quiet small">5–95 % interval</span>
        </p>
      ) : (
        <p class="tile-line">
          <b class="tile-figure quiet">–</b>
          <span class="quiet">no score{bed.refusedBecause && `: ${stateWords(bed)}`}</span>
        </p>
      )}
      <RiskBar risk={bed.risk} />
      <RiskAxis />
      <RiskAgo bed={bed} risk={risk} />
    </section>
  );
}

/** What the risk was before, in words: a figure alone does not say where it comes from. */
function RiskAgo({ bed, risk }: RiskTileProps): JSX.Element | null {
  const before = LOOK_BACK_HOURS.flatMap((hours) => {
    const point = riskBefore(risk, (bed.eventTimeMs ?? 0) - hours * HOUR_MS);
    return point ? [`${hours} h before: ${riskPercent(point.median)}`] : [];
  });
  return before.length > 0 ? <p class="quiet small number">{before.join(', ')}</p> : null;
}

const LOOK_BACK_HOURS = [1, 6, 24];

/** How far the figures can be trusted technically. */
function TrustTile({ bed, clockMs }: { readonly bed: LiveBed; readonly clockMs: number | undefined }): JSX.Element {
  const age = (atMs: number | undefined): number | undefined =>
    atMs === undefined || clockMs === undefined ? undefined : Math.max(0, clockMs - atMs);
  return (
    <section class="tile tile-trust live-value" aria-label="Data">
      <h2>
        Data{' '}
        <span class="state" data-kind={stateKind(bed)}>
          {stateWords(bed)}
        </span>
      </h2>
      <p class="small quiet">{STATE_SENTENCES[bed.technicalState]}</p>
      <dl class="pairs">
        <Pair name="Newest value">
          <Age ageMs={age(bed.newestObservationAtMs)} />
        </Pair>
        <Pair name="Newest score">
          <Age ageMs={age(bed.eventTimeMs)} />
        </Pair>
        <Pair name="Signals measured in the window">{share(bed.completeness)}</Pair>
        <Pair name="Hours imputed">{share(bed.shareImputed)}</Pair>
      </dl>
    </section>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: JSX.Element | string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="number">{children}</dd>
    </div>
  );
}

function share(part: number | undefined): string {
  return part === undefined ? '–' : `${Math.round(part * 100)} %`;
}
