import { Component, type JSX } from 'preact';
import type { LiveBed } from '#wire';
import { ageWords } from '../../words/age-words.js';
import { riskInterval, riskPercent, riskTone } from '../../words/risk-words.js';
import { stateKind, stateWords } from '../../words/state-words.js';
import { Age } from './age.js';
import { News2Cell } from './news2-cell.js';
import { RiskBar } from './risk-bar.js';
import { Sparkline } from './sparkline.js';

/** What a row is drawn from. */
export interface BedRowProps {
  readonly bed: LiveBed;
  readonly place: number;
  readonly topPx: number;
  readonly isChosen: boolean;
  /** On the log's clock; undefined when there is no observation. */
  readonly ageMs: number | undefined;
  readonly onOpen: (stayId: string) => void;
}

/** One bed of the ward. Drawn again only when something on it reads differently. */
export class BedRow extends Component<BedRowProps> {
  override shouldComponentUpdate(next: BedRowProps): boolean {
    const now = this.props;
    return (
      next.bed !== now.bed ||
      next.topPx !== now.topPx ||
      next.place !== now.place ||
      next.isChosen !== now.isChosen ||
      ageWords(next.ageMs) !== ageWords(now.ageMs)
    );
  }

  override render({ bed, place, topPx, isChosen, ageMs, onOpen }: BedRowProps): JSX.Element {
    return (
      <div
        class="ward-row"
        role="row"
        id={`bed-${bed.stayId}`}
        aria-rowindex={place + 2}
        aria-selected={isChosen}
        data-stay={bed.stayId}
        style={{ transform: `translateY(${topPx}px)` }}
        onClick={() => onOpen(bed.stayId)}
      >
        <div class="cell-bed" role="rowheader">
          <b>{bed.bed}</b>
          <span title={`${bed.site}, ${bed.ward}, stay ${bed.stayId}`}>
            {bed.ward}, {bed.site}
          </span>
        </div>
        <div class="cell-bar live-value" role="presentation">
          <RiskBar risk={bed.risk} />
        </div>
        <RiskCell bed={bed} />
        <div class="cell-trend live-value" role="presentation">
          <Sparkline trend={bed.riskTrend} />
        </div>
        <div class="cell-news2 live-value" role="gridcell">
          <News2Cell news2={bed.news2} />
        </div>
        <div class="cell-age live-value" role="gridcell">
          <Age ageMs={ageMs} />
        </div>
        <DataCell bed={bed} />
        <div class="cell-state live-value" role="gridcell">
          <span class="state" data-kind={stateKind(bed)}>
            {stateWords(bed)}
          </span>
          {bed.releaseStage && (
            <span class="stage" data-stage={bed.releaseStage} title={bed.releaseId}>
              {bed.releaseStage} model
            </span>
          )}
        </div>
      </div>
    );
  }
}

function RiskCell({ bed }: { readonly bed: LiveBed }): JSX.Element {
  if (!bed.risk) {
    return (
      <div class="cell-risk" role="gridcell">
        <b class="quiet">–</b>
        <span class="quiet">no score</span>
      </div>
    );
  }
  return (
    <div class="cell-risk number live-value" role="gridcell">
      <b data-tone={riskTone(bed.risk.median)} data-testid="risk">
        {riskPercent(bed.risk.median)}
      </b>
      <span>{riskInterval(bed.risk.low, bed.risk.high)}</span>
    </div>
  );
}

/** How much of the window was measured, and how much of it is imputed. */
function DataCell({ bed }: { readonly bed: LiveBed }): JSX.Element {
  if (bed.shareImputed === undefined || bed.completeness === undefined) {
    return <div class="cell-data quiet" role="gridcell" />;
  }
  const imputed = Math.round(bed.shareImputed * 100);
  const words = `${Math.round(bed.completeness * 100)} % of the signals measured at least once; ${imputed} % of the window's hours imputed`;
  return (
    <div class="cell-data number live-value" role="gridcell" title={words}>
      <span class="share">{imputed} % imputed</span>
      <span class="share-bar" aria-hidden="true">
        <i style={{ width: `${100 - imputed}%` }} />
      </span>
    </div>
  );
}
