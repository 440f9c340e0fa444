import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { count, span, wallTime } from '../format.js';
import { Faults } from '../live/faults.js';
import { LogLines } from '../live/log.js';
import { useServerNow } from '../server-now.js';
import type { ViewProps } from '../views/view-props.js';
import { ranges, type Range } from './history-store.js';
import { Spark, type SparkSeries } from './spark.js';

/** Each with its newest value, which is the one that the chain's parts say: a sample is up to a second older. */
const all: readonly (SparkSeries & {
  readonly newest: (status: ViewProps['status'], now: number) => number;
})[] = [
  {
    title: 'Events per second',
    about: 'Events that the world made, and that the endpoint acknowledged',
    short: 'Events/s',
    columns: ['made', 'landed'],
    colours: ['made', 'landed'],
    format: count,
    newest: ({ chain }) => chain.world.value,
    clips: true,
  },
  {
    title: 'Freshness',
    about: 'All that was made until this long ago can be queried',
    columns: ['freshMs'],
    colours: ['fresh'],
    format: span,
    newest: ({ freshAt }, now) => now - freshAt,
  },
  {
    title: 'Waiting',
    about: 'Events made and not acknowledged yet',
    columns: ['waiting'],
    colours: ['wait'],
    format: count,
    newest: ({ producer }) => producer.pending,
  },
  {
    title: 'Lost',
    about: 'Events that failed after all retries',
    columns: ['lost'],
    // Green would say that all is well of what is lost.
    colours: ['mute'],
    format: count,
    newest: ({ producer }) => producer.failed,
  },
];

const labels: Readonly<Record<Range, string>> = { '10m': '10 min', '1h': '1 h', all: 'all' };

/** The four series over one axis of real time, what happened last, and what can be broken. */
export function HistoryStrip({ feed, status, theme, address, go, ask }: ViewProps): JSX.Element {
  const range = ranges.find((one) => one === address.range) ?? '10m';
  const [shown, setShown] = useState(() => feed.history.of(range));
  useEffect(() => {
    const draw = (): void => {
      setShown(feed.history.of(range));
    };
    draw();
    return feed.history.follow(draw);
  }, [feed.history, range]);
  const { now, hears } = useServerNow(feed);
  const back = span((shown.to - shown.from) * 1000);
  return (
    <section class="panel strip" id="strip" aria-label="History">
      <div class={`rows ${hears ? '' : 'stale'}`}>
        {all.map((series, index) => (
          <div key={series.title} class="cell">
            <Spark
              series={series}
              newest={series.newest(status, now)}
              range={shown}
              bands={status.bands}
              theme={theme}
              named={index === 0}
            />
            <p class="axis" aria-hidden="true">
              <span>−{back}</span>
              <span>{hears ? 'now' : wallTime(shown.to * 1000)}</span>
            </p>
          </div>
        ))}
      </div>
      <div class="foot">
        <div class="segments small" role="group" aria-label="Time range">
          {ranges.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === range}
              onClick={() => {
                go({ range: one });
              }}
            >
              {labels[one]}
            </button>
          ))}
        </div>
        <LogLines entries={feed.log.slice(0, 3)} label="Newest lines of what happened" kind="ticker" />
        <Faults status={status} ask={ask} />
      </div>
    </section>
  );
}
