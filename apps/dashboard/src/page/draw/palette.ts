/** Colours that canvases need; the page's own come straight from the style sheet. */
export interface Palette {
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly line: string;
  readonly accent: string;
  readonly measured: string;
  readonly imputed: string;
  readonly riskLow: string;
  readonly riskMid: string;
  readonly riskHigh: string;
}

let current: Palette | undefined;

/** The palette of the theme in force, read once a theme. */
export function palette(): Palette {
  return (current ??= readPalette());
}

/** Forgets the palette: call when the theme changes, before drawing again. */
export function forgetPalette(): void {
  current = undefined;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: colour('--ink'),
    inkSoft: colour('--ink-soft'),
    inkFaint: colour('--ink-faint'),
    line: colour('--line'),
    accent: colour('--accent'),
    measured: colour('--measured'),
    imputed: colour('--imputed'),
    riskLow: colour('--risk-low'),
    riskMid: colour('--risk-mid'),
    riskHigh: colour('--risk-high'),
  };
}
