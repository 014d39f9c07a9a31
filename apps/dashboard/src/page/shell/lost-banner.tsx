import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { momentWords } from '../../words/age-words.js';
import type { LineState } from '../../live/connection.js';
import { isTokenWanted, keepAccessToken } from '../access-token.js';
import { line, live, notCurrent, retryNow } from '../live-store.js';

/** Says that what is shown is not live: the line is lost, the feed itself has gone silent, or the gateway has just started and reads what is past. */
export function LostBanner(): JSX.Element | null {
  const state = line.value;
  if (state.line === 'lost' || state.line === 'refused') return <LineLost state={state} />;
  if (notCurrent.value === 'feed-silent') {
    const minutes = Math.floor((live.value.feed?.silentForMs ?? 0) / 60_000);
    return (
      <div class="lost" role="alert">
        <strong>The feed is silent.</strong>
        <span>
          No bed has sent anything for {minutes < 1 ? 'less than a minute' : `${minutes} min`}. Values below are not
          current.
        </span>
      </div>
    );
  }
  if (notCurrent.value === 'catching-up') {
    return (
      <div class="lost" role="alert">
        <strong>The gateway is catching up.</strong>
        <span>It still reads what is past. Values below, and their ages, are not current.</span>
      </div>
    );
  }
  return null;
}

type Lost = Extract<LineState, { sinceMs: number }>;

/** A gateway may want a token, or another one than before: it is asked at every attempt that failed, for at the one before it may not have answered at all. */
function LineLost({ state }: { readonly state: Lost }): JSX.Element {
  const [isWanted, setWanted] = useState(false);
  const wasOpen = live.value.hello !== undefined;
  useEffect(() => {
    let isGone = false;
    void isTokenWanted().then((wanted) => !isGone && setWanted(wanted));
    return () => {
      isGone = true;
    };
  }, [state]);
  if (isWanted) return <TokenForm />;
  return (
    <div class="lost" role="alert">
      <strong>Connection lost.</strong>
      {wasOpen && <span>Values below stand as of {momentWords(state.sinceMs, Date.now())} and are not current.</span>}
      <span class="quiet">{state.because}</span>
      {state.line === 'lost' && <RetryIn atMs={state.retryAtMs} />}
      <button type="button" onClick={retryNow}>
        Connect now
      </button>
    </div>
  );
}

function TokenForm(): JSX.Element {
  return (
    <form
      class="lost"
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        if (typeof token === 'string' && token !== '') keepAccessToken(token);
        retryNow();
      }}
    >
      <strong>This gateway asks for an access token.</strong>
      <label>
        <span class="hidden-words">Access token</span>
        <input name="token" type="password" autocomplete="off" />
      </label>
      <button type="submit">Connect</button>
    </form>
  );
}

/** Seconds to the next attempt. Hidden from screen readers, which would read every second. */
function RetryIn({ atMs }: { readonly atMs: number }): JSX.Element {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((atMs - nowMs) / 1000);
  return (
    <span class="number" aria-hidden="true">
      {seconds > 0 ? `Next attempt in ${seconds} s.` : 'Connecting…'}
    </span>
  );
}
