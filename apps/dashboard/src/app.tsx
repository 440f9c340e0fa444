import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { StockChart } from './chart/stock-chart.js';
import { control, connect, type Feed } from './feed.js';
import { worldTime } from './format.js';
import { HeatMap } from './heat-map/heat-map.js';
import type { Cell, Painter } from './heat-map/painter.js';
import { FaultsPanel } from './panels/faults-panel.js';
import { LakePanel, ProducerPanel } from './panels/gauges.js';
import { LowStockPanel } from './panels/low-stock-panel.js';
import { SqlPanel } from './panels/sql-panel.js';
import { TopBar } from './panels/top-bar.js';
import { TrucksPanel } from './panels/trucks-panel.js';
import type { ControlRequest } from '@store/page-protocol';

const nothing: Feed = { connection: 'connecting', world: undefined, status: undefined, queries: [] };

/** The whole page. */
export function App(): JSX.Element {
  const [feed, setFeed] = useState<Feed>(nothing);
  const [selected, setSelected] = useState<Cell>({ store: 0, product: 0 });
  const [problem, setProblem] = useState<string>();
  const clock = useRef<HTMLTimeElement>(null);
  const painter = useRef<Painter | undefined>(undefined);
  const theme = useTheme();

  useEffect(
    () =>
      connect(
        (change) => {
          setFeed((before) => ({ ...before, ...change }));
        },
        (cells, at) => {
          painter.current?.show(cells);
          if (clock.current !== null) {
            clock.current.dateTime = at;
            clock.current.textContent = worldTime(at);
          }
        },
      ),
    [],
  );
  const onPainter = useCallback((next: Painter | undefined) => {
    painter.current = next;
  }, []);
  const ask = useCallback((request: ControlRequest) => {
    control(request).then(
      () => {
        setProblem(undefined);
      },
      (error: unknown) => {
        setProblem(error instanceof Error ? error.message : String(error));
      },
    );
  }, []);

  const { world, status } = feed;
  if (world === undefined || status === undefined) {
    return (
      <main class="waiting" aria-busy="true">
        <h1>store</h1>
        <p role="status">
          {feed.connection === 'lost' ? 'The server does not answer; trying again…' : 'Opening the stores…'}
        </p>
      </main>
    );
  }
  const select = (storeId: string, productId: string): void => {
    const store = world.stores.findIndex(({ id }) => id === storeId);
    const product = world.products.findIndex(({ id }) => id === productId);
    if (store >= 0 && product >= 0) setSelected({ store, product });
  };
  return (
    <>
      <TopBar clock={clock} feed={feed} status={status} world={world} onAsk={ask} />
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <main class="grid">
        <HeatMap
          world={world}
          selected={selected}
          theme={theme}
          onSelect={setSelected}
          onPainter={onPainter}
        />
        <LowStockPanel status={status} onSelect={select} />
        <StockChart
          world={world}
          selected={selected}
          theme={theme}
          running={status.state === 'running'}
          at={status.at}
        />
        <TrucksPanel status={status} />
        <ProducerPanel producer={status.producer} />
        <LakePanel lake={status.lake} accepted={status.producer.accepted} />
        <FaultsPanel status={status} onAsk={ask} />
        <SqlPanel queries={feed.queries} />
      </main>
    </>
  );
}

/** Light or dark, as the system has it, and as it changes. */
export function useTheme(): 'light' | 'dark' {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => {
      setDark(media.matches);
    };
    media.addEventListener('change', follow);
    return () => {
      media.removeEventListener('change', follow);
    };
  }, []);
  return dark ? 'dark' : 'light';
}
