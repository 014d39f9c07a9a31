import { signal } from '@preact/signals';
import { forgetPalette } from './draw/palette.js';

/** Light or dark. */
export type Theme = 'light' | 'dark';

const KEY = 'vigil.theme';

/** The theme in force. */
export const theme = signal<Theme>('light');

/** Follows the system's preference until a person has chosen. */
export function startTheme(): void {
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const follow = (): void => {
    const chosen = localStorage.getItem(KEY);
    show(chosen === 'light' || chosen === 'dark' ? chosen : prefersDark.matches ? 'dark' : 'light');
  };
  prefersDark.addEventListener('change', follow);
  follow();
}

/** Chooses the other theme, and keeps the choice in this browser. */
export function switchTheme(): void {
  const next = theme.peek() === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, next);
  show(next);
}

function show(next: Theme): void {
  document.documentElement.dataset['theme'] = next;
  forgetPalette();
  theme.value = next;
}
