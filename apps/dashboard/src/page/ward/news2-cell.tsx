import type { JSX } from 'preact';
import type { LiveBed } from '#wire';
import { NEWS2_PARTS, news2Missing, news2Tone, news2Total } from '../../words/news2-words.js';

/** NEWS2: its total and which of the seven parts are missing, dashed. */
export function News2Cell({ news2 }: { readonly news2: LiveBed['news2'] }): JSX.Element {
  if (!news2) return <span class="quiet">no NEWS2</span>;
  const missing = news2Missing(news2.missing);
  return (
    <>
      <b class="news2-total number" data-tone={news2Tone(news2.total, news2.missing)}>
        {news2Total(news2.total, news2.missing)}
      </b>
      <span class="news2-parts" title={missing || 'all seven parts known'} aria-hidden="true">
        {NEWS2_PARTS.map(({ part, mark }) => (
          <span key={part} class="news2-known" data-known={String(!news2.missing.includes(part))}>
            {mark}
          </span>
        ))}
      </span>
      <span class="hidden-words">{missing}</span>
    </>
  );
}
