import type { JSX, TargetedMouseEvent } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ControlRequest } from '@store/page-protocol';
import { useAddress } from './address.js';
import { olderRun } from './bar/run-choice.js';
import { TopBar } from './bar/top-bar.js';
import { ViewLinks, viewTitles } from './bar/view-links.js';
import { connect, control, messageOf, nothingYet, type Feed, type FrameListener } from './feed.js';
import { worldTime } from './format.js';
import { useTheme } from './theme.js';
import { lazy } from './views/lazy.js';
import { LiveView } from './views/live-view.js';
import type { ViewProps } from './views/view-props.js';

const DataView = lazy(async () => (await import('./views/data-view.js')).DataView);
const SqlView = lazy(async () => (await import('./views/sql-view.js')).SqlView);
const OlderRunNote = lazy(async () => (await import('./bar/older-run-note.js')).OlderRunNote);
const Tour = lazy(async () => (await import('./tour.js')).Tour);

/** The clock changes its text at most so often, milliseconds: each change lays the bar out again. */
const clockEveryMs = 250;

/** The whole page: the bar, the view that the address names, and the tour over it. */
export function App(): JSX.Element {
  const [feed, setFeed] = useState<Feed>(nothingYet);
  const [problem, setProblem] = useState<string>();
  const [opener, setOpener] = useState<HTMLElement>();
  const [address, go] = useAddress();
  const clock = useRef<HTMLTimeElement>(null);
  const frames = useRef(new Set<FrameListener>());
  const latest = useRef<{ readonly cells: Uint8Array; readonly at: string } | undefined>(undefined);
  const theme = useTheme();

  useEffect(() => {
    let toldAt = -Infinity;
    return connect(
      (change) => {
        setFeed((before) => ({ ...before, ...change(before) }));
      },
      (cells, at) => {
        latest.current = { cells, at };
        for (const listener of frames.current) listener(cells, at);
        const now = performance.now();
        if (clock.current === null || now - toldAt < clockEveryMs) return;
        toldAt = now;
        clock.current.dateTime = at;
        clock.current.textContent = worldTime(at);
      },
    );
  }, []);
  const ask = useCallback((request: ControlRequest) => {
    control(request).then(
      () => {
        setProblem(undefined);
      },
      (error: unknown) => {
        setProblem(messageOf(error));
      },
    );
  }, []);
  const onFrames = useCallback((listener: FrameListener) => {
    frames.current.add(listener);
    if (latest.current !== undefined) listener(latest.current.cells, latest.current.at);
    return () => {
      frames.current.delete(listener);
    };
  }, []);

  useEffect(() => {
    document.title = `store · ${viewTitles[address.view]}`;
  }, [address.view]);

  const { world, status } = feed;
  if (world === undefined || status === undefined) {
    return (
      <main class="waiting" aria-busy="true">
        <h1>store</h1>
        <p role="status">
          {feed.connection === 'lost' ? 'The server does not answer; trying again…' : 'Connecting…'}
        </p>
      </main>
    );
  }
  const props: ViewProps = { feed, world, status, theme, address, go, ask, onFrames };
  const older = olderRun(address, status);
  // Live says it in its verdict.
  const isGone = feed.connection === 'lost' && address.view !== 'live';
  const shown = isGone ? 'The server does not answer: what you see is from before' : problem;
  const tour = ({ currentTarget }: TargetedMouseEvent<HTMLElement>): void => {
    setOpener(currentTarget);
  };
  return (
    <>
      <TopBar {...props} clock={clock} onTour={tour} />
      {shown !== undefined && (
        <p class="problem" role="alert">
          {shown}
        </p>
      )}
      {address.view === 'live' && older !== undefined && <OlderRunNote {...props} run={older} />}
      <main class="page">
        <h1 class="unseen">{viewTitles[address.view]}</h1>
        {address.view === 'live' && <LiveView {...props} />}
        {address.view === 'data' && <DataView {...props} />}
        {address.view === 'sql' && <SqlView {...props} />}
      </main>
      <ViewLinks address={address} kind="phone">
        <button type="button" onClick={tour}>
          Tour
        </button>
      </ViewLinks>
      {opener && (
        <Tour
          {...props}
          opener={opener}
          onClose={() => {
            setOpener(undefined);
          }}
        />
      )}
    </>
  );
}
