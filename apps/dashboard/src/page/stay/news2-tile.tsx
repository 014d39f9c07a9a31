import type { JSX } from 'preact';
import type { LiveBed, RiskScore } from '#wire';
import { NEWS2_PARTS, news2Missing, news2Tone, news2Total } from '../../words/news2-words.js';

/** What the tile is drawn from. */
interface News2TileProps {
  readonly news2: LiveBed['news2'];
  readonly score: RiskScore | undefined;
}

/** NEWS2 with the points of each of its parts; a part that is missing is a dashed hole. */
export function News2Tile({ news2, score }: News2TileProps): JSX.Element {
  return (
    <section class="tile tile-news2 live-value" aria-label="NEWS2">
      <h2>NEWS2</h2>
      {news2 ? (
        <>
          <b class="tile-figure number" data-tone={news2Tone(news2.total, news2.missing)}>
            {news2Total(news2.total, news2.missing)}
          </b>
          <ul class="news2-columns">
            {NEWS2_PARTS.map(({ part, mark, name }) => (
              <Part
                key={part}
                mark={mark}
                name={name}
                points={news2.missing.includes(part) ? undefined : score?.news2.parts[part]}
              />
            ))}
          </ul>
          <p class="quiet small">{news2Missing(news2.missing) || 'all seven parts known'}</p>
        </>
      ) : (
        <b class="tile-figure quiet">–</b>
      )}
    </section>
  );
}

interface PartProps {
  readonly mark: string;
  readonly name: string;
  readonly points: number | undefined;
}

function Part({ mark, name, points }: PartProps): JSX.Element {
  const words = `${name}: ${points === undefined ? 'missing' : `${points} of 3`}`;
  return (
    <li title={words} data-points={points ?? 'missing'}>
      <span class="hidden-words">{words}</span>
      <i aria-hidden="true" style={{ '--points': points ?? 0 }} />
      <span class="number" aria-hidden="true">
        {points ?? '–'}
      </span>
      <span class="quiet" aria-hidden="true">
        {mark}
      </span>
    </li>
  );
}
