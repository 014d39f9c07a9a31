/** Settings that a fit chose on validation windows, as a table shows them. */
export function chosenText(chosen: Readonly<Record<string, number>> | undefined): string {
  const parts = Object.entries(chosen ?? {}).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? '–' : parts.join(', ');
}
