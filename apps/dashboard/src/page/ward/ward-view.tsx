import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { live } from '../live-store.js';
import { Empty } from '../shell/empty.js';
import { BedList, type BedListHandle } from './bed-list.js';
import { handleWardKey, type WardList } from './ward-keys.js';
import { bedFilter, wardOrder } from './ward-order.js';
import { WardTools } from './ward-tools.js';

/** The ward: its tools, and its beds in order. */
export function WardView(): JSX.Element {
  const filterBox = useRef<HTMLInputElement>(null);
  const list = useRef<BedListHandle>(null);
  const keys = useMemo<WardList>(
    () => ({
      rowsInSight: () => list.current?.rowsInSight() ?? 1,
      show: (place) => list.current?.show(place),
      focusList: () => list.current?.focus(),
      focusFilter: () => filterBox.current?.focus(),
    }),
    [],
  );
  useEffect(() => {
    document.title = 'Ward · Vigil';
    const onKey = (event: KeyboardEvent): void => {
      if (document.querySelector('dialog[open]')) return;
      if (handleWardKey(event, keys)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <WardTools filterBox={filterBox} />
      {wardOrder.value.length > 0 ? <BedList handle={list} /> : <NoBeds />}
    </>
  );
}

function NoBeds(): JSX.Element {
  if (bedFilter.value !== '' && live.value.beds.size > 0) {
    return <Empty title="No bed matches">Press Esc to clear the filter.</Empty>;
  }
  if (!live.value.hello) return <Empty title="Connecting">The ward appears as soon as the gateway answers.</Empty>;
  return <Empty title="No stays yet">Beds appear here when the first admission or observation arrives.</Empty>;
}
