import type { JSX } from 'preact';

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': 2,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
} as const;

/** The project's mark. */
export function Mark(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#12303f" />
      <path {...stroke} stroke="#7fd6d0" stroke-width={2.6} d="M4 17h6l3-8 5 15 3-7h7" />
    </svg>
  );
}

/** A sun: the light theme. */
export function Sun(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2" />
    </svg>
  );
}

/** A moon: the dark theme. */
export function Moon(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />
    </svg>
  );
}

/** A magnifying glass: the filter. */
export function Glass(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 5 5" />
    </svg>
  );
}

/** A bell: the alerts. */
export function Bell(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <path d="M6 16v-5a6 6 0 0 1 12 0v5l2 2H4ZM10 21h4" />
    </svg>
  );
}

/** An arrow to the left: back. */
export function Back(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <path d="M19 12H5m6-6-6 6 6 6" />
    </svg>
  );
}
