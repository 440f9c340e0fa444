import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../feed.js';
import type { ViewProps } from '../views/view-props.js';
import { partsInWords, verdictOf } from './words.js';

/** How often ages count on, milliseconds. */
const tickMs = 250;

/** The verdict and the six parts, each with its state, one number, and how old its news is. */
export function Chain({ feed, status }: Pick<ViewProps, 'feed' | 'status'>): JSX.Element {
  useTick();
  const connected = feed.connection === 'live';
  const now = serverNow(feed);
  const verdict = verdictOf(status, now, connected);
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
          class={`node ${mark} ${stale || !connected ? 'stale' : ''}`}
          role="group"
          aria-label={title}
          title={more}
        >
          <span class="n">
            <i class={`dot ${connected ? mark : mark === 'ok' ? 'warn' : mark}`} />
            {title}
          </span>
          <span class="v">{value}</span>
          <span class="a">{age}</span>
        </div>
      ))}
    </section>
  );
}

function useTick(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setTick((before) => before + 1);
    }, tickMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
}
