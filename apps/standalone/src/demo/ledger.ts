/** One figure of the ledger: what went into an app or came out of it. */
export interface LedgerLine {
  readonly app: string;
  readonly what: string;
  readonly count: number;
}

/** Two ways of counting the same thing. */
export interface Agreement {
  readonly what: string;
  readonly counted: number;
  readonly expected: number;
}

/** The agreements that do not hold. */
export function disagreements(agreements: readonly Agreement[]): Agreement[] {
  return agreements.filter(({ counted, expected }) => counted !== expected);
}

/** The ledger as a text: the figures by app, then whether the sums agree. */
export function ledgerText(lines: readonly LedgerLine[], agreements: readonly Agreement[]): string {
  const width = Math.max(...lines.map(({ what }) => what.length));
  const figures = lines.map(({ app, what, count }, index) => {
    const heading = lines[index - 1]?.app === app ? '' : app;
    return `${heading.padEnd(10)}${what.padEnd(width + 2)}${String(count).padStart(8)}`;
  });
  const sums = agreements.map(({ what, counted, expected }) =>
    counted === expected ? `ok      ${what}: ${counted}` : `DIFFERS ${what}: ${counted}, expected ${expected}`,
  );
  return [...figures, '', ...sums].join('\n');
}
