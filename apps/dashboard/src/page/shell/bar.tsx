import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { clockSeconds, dayAndTime, dayOf } from '../../words/age-words.js';
import { AlertsButton } from '../alerts/alerts-button.js';
import { line, live, notCurrent } from '../live-store.js';
import { openWard, route, toggleModel } from '../route.js';
import { switchTheme, theme } from '../theme.js';
import { Back, Mark, Moon, Sun } from './icons.js';

const clockMs = computed(() => live.value.clockMs);
const feedState = computed(() => live.value.feed?.state);

/** The bar on top: mark, place, line, the log's clock, theme and help. */
export function Bar({ onHelp }: { readonly onHelp: () => void }): JSX.Element {
  const shown = route.value;
  return (
    <header class="shell-bar">
      {shown.view !== 'ward' && (
        <button
          class="quiet-button"
          type="button"
          aria-label="Back to the ward"
          title="Back to the ward (Esc)"
          onClick={openWard}
        >
          <Back />
        </button>
      )}
      <h1 class="shell-mark">
        <Mark />
        Vigil
      </h1>
      <span class="shell-gap" />
      <button
        class="quiet-button"
        type="button"
        aria-pressed={shown.view === 'model'}
        title="Releases, trainings and drift (m)"
        onClick={toggleModel}
      >
        Model
      </button>
      <AlertsButton />
      <LineMark />
      <button
        class="quiet-button"
        type="button"
        aria-label="Switch between light and dark"
        title="Light or dark (t)"
        onClick={switchTheme}
      >
        {theme.value === 'dark' ? <Sun /> : <Moon />}
      </button>
      <button class="quiet-button" type="button" aria-label="Help" title="Help (?)" onClick={onHelp}>
        ?
      </button>
    </header>
  );
}

const FEED_WORDS = {
  'no-data-yet': 'no data yet',
  'catching-up': 'catching up',
  flowing: 'live',
  silent: 'feed silent',
} as const;

/** How the line is, in a word and a shape, and the clock that ages count against. */
function LineMark(): JSX.Element {
  const state = line.value.line;
  const feed = feedState.value;
  const why = notCurrent.value;
  const mark = why === undefined ? state : why === 'catching-up' ? 'connecting' : 'lost';
  const words =
    state === 'open' ? (feed ? FEED_WORDS[feed] : 'live') : state === 'connecting' ? 'connecting' : 'connection lost';
  return (
    <span class="shell-line" data-line={mark}>
      <span class="shell-dot" aria-hidden="true" />
      <span data-testid="line-words">{words}</span>
      {clockMs.value !== undefined && (
        <time class="number quiet" title={`The log's clock: ages count against it. ${dayAndTime(clockMs.value)}`}>
          <span class="wide-only">{dayOf(clockMs.value)} </span>
          {clockSeconds(clockMs.value)}
        </time>
      )}
    </span>
  );
}
