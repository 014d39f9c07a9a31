import type { JSX } from 'preact';
export function StayView(): JSX.Element {
  return <p>stay</p>;
}
