import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { AlertPanel } from '../alerts/alert-panel.js';
import { togglePanel } from '../alerts/alerts-button.js';
import { Announcer } from '../alerts/announcer.js';
import { notCurrent } from '../live-store.js';
import { ModelView } from '../model/model-view.js';
import { route, toggleModel } from '../route.js';
import { StayView } from '../stay/stay-view.js';
import { switchTheme } from '../theme.js';
import { WardView } from '../ward/ward-view.js';
import { followOrder } from '../ward/ward-order.js';
import { Bar } from './bar.js';
import { Help } from './help.js';
import { isTyping } from './is-typing.js';
import { LostBanner } from './lost-banner.js';
import { Notice } from './notice.js';

/** Whether the help is open. */
export const isHelpOpen = signal(false);

const shownView = computed(() => route.value.view);

const VIEWS = { ward: WardView, stay: StayView, model: ModelView } as const;

const isLost = computed(() => notCurrent.value === 'line-lost');

function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event)) return;
  if (event.key === '?') isHelpOpen.value = !isHelpOpen.peek();
  else if (event.key === 't') switchTheme();
  else if (event.key === 'a') togglePanel();
  else if (event.key === 'm' && !document.querySelector('dialog[open]')) toggleModel();
  else return;
  event.preventDefault();
}

/** The page: bar, notice, banner of a lost line, and the view in the address. */
export function Shell(): JSX.Element {
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  useEffect(followOrder, []);
  const View = VIEWS[shownView.value];
  return (
    <>
      <Bar onHelp={() => (isHelpOpen.value = true)} />
      <Notice />
      <LostBanner />
      <div class="columns">
        <main class="view" data-lost={String(notCurrent.value !== undefined)}>
          <View />
        </main>
        <AlertPanel isLost={isLost.value} />
      </div>
      <Announcer />
      <Help isOpen={isHelpOpen} />
    </>
  );
}
