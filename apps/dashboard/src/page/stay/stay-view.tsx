import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { live } from '../live-store.js';
import { openWard, route } from '../route.js';
import { Empty } from '../shell/empty.js';
import { isTyping } from '../shell/is-typing.js';
import { chosenStay } from '../ward/ward-order.js';
import { Drivers } from './drivers.js';
import { Provenance } from './provenance.js';
import { RiskTrend } from './risk-trend.js';
import { SignalsSection } from './signals-section.js';
import { StaticPanel } from './static-panel.js';
import { openNeighbour, StayHead } from './stay-head.js';
import { followPast, past, pastProblem, span, timeRange } from './stay-past.js';
import { StayTiles } from './stay-tiles.js';

/** The stay in the address. */
export function StayView(): JSX.Element | null {
  const shown = route.value;
  return shown.view === 'stay' ? <Stay key={shown.stayId} stayId={shown.stayId} /> : null;
}

function Stay({ stayId }: { readonly stayId: string }): JSX.Element {
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => followPast(stayId), []);
  useEffect(() => {
    chosenStay.value = stayId;
    view.current?.focus({ preventScroll: true });
    return listenToKeys(stayId);
  }, []);
  const { beds, stays, clockMs, hello } = live.value;
  const bed = beds.get(stayId);
  const stay = stays.get(stayId);
  useEffect(() => {
    document.title = `${bed?.bed ?? 'Stay'} · Vigil`;
  }, [bed?.bed]);
  if (!bed) {
    return hello ? (
      <Empty title="This stay is not known">It may have ended and been removed. Press Esc for the ward.</Empty>
    ) : (
      <Empty title="Connecting">The stay appears as soon as the gateway answers.</Empty>
    );
  }
  const range = timeRange(stayId, span.value);
  const held = past.value?.stayId === stayId ? past.value : undefined;
  return (
    <div class="stay" ref={view} tabIndex={-1}>
      <StayHead bed={bed} clockMs={clockMs} />
      <StayTiles bed={bed} score={stay?.score} clockMs={clockMs} risk={held?.risk ?? NO_SCORES} />
      {pastProblem.value !== undefined && (
        <p class="problem" role="status">
          Trends are missing: {pastProblem.value}. Trying again.
        </p>
      )}
      <div class="stay-columns">
        <div class="stay-main">
          <RiskTrend risk={held?.risk ?? NO_SCORES} timeRange={range} />
          <SignalsSection stay={stay} past={held} timeRange={range} />
        </div>
        <aside class="stay-aside">
          <Drivers score={stay?.score} />
          <StaticPanel known={stay?.static} />
        </aside>
      </div>
      <Provenance bed={bed} score={stay?.score} />
    </div>
  );
}

const NO_SCORES: readonly never[] = [];

function listenToKeys(stayId: string): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event) || document.querySelector('dialog[open]'))
      return;
    if (event.key === 'Escape') openWard();
    else if (event.key === 'ArrowLeft') openNeighbour(stayId, -1);
    else if (event.key === 'ArrowRight') openNeighbour(stayId, 1);
    else return;
    event.preventDefault();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
