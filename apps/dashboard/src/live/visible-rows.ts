/** Rows [first, end) that a scrolled list must draw: those in sight and a few beyond, so that a quick scroll shows no hole. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows drawn beyond each edge. */
export const ROWS_BEYOND = 6;

/** The rows to draw of `rows` rows of one height. Lengths in pixels. */
export function visibleRows(rows: number, rowPx: number, scrollTopPx: number, viewPx: number): RowRange {
  const first = Math.max(0, Math.floor(scrollTopPx / rowPx) - ROWS_BEYOND);
  const end = Math.min(rows, Math.ceil((scrollTopPx + viewPx) / rowPx) + ROWS_BEYOND);
  return { first: Math.min(first, Math.max(0, end)), end };
}

/** Where to scroll so that a row is wholly in sight, or undefined when it is. */
export function scrollToShow(row: number, rowPx: number, scrollTopPx: number, viewPx: number): number | undefined {
  const top = row * rowPx;
  if (top < scrollTopPx) return top;
  if (top + rowPx > scrollTopPx + viewPx) return top + rowPx - viewPx;
  return undefined;
}
