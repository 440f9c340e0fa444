import type { JSX } from 'preact';
import { useServerNow } from '../server-now.js';
import type { ViewProps } from '../views/view-props.js';
import { partsInWords, verdictOf } from './words.js';

/** The verdict and the six parts, each with its state, one number, and how old its news is. */
export function Chain({ feed, status }: Pick<ViewProps, 'feed' | 'status'>): JSX.Element {
  const { now, hears } = useServerNow(feed);
  const verdict = verdictOf(status, now, feed.connection === 'live');
  return (
    <section class="panel chain" id="chain" aria-label="The chain, part by part">
      <div class={`verdict ${verdict.mark}`}>
        <b>
          <i class={`dot ${verdict.mark}`} />
          {verdict.title}
        </b>
        <span>{verdict.more}</span>
        <span class="unseen" role="status">
          {verdict.spoken}
        </span>
      </div>
      {partsInWords(status, now).map(({ name, title, mark, value, age, more, stale }) => (
        <div
          key={name}
          class={`node ${mark} ${stale || !hears ? 'stale' : ''}`}
          role="group"
          aria-label={title}
          title={more}
        >
          <span class="n">
            <i class={`dot ${hears || mark !== 'ok' ? mark : 'warn'}`} />
            {title}
          </span>
          <span class="v">{value}</span>
          <span class="a">
            {mark === 'bad' && name === 'producer' ? (
              <a href="api/undelivered" download>
                {age}
              </a>
            ) : (
              age
            )}
          </span>
        </div>
      ))}
    </section>
  );
}
