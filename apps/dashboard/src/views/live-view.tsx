import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { WorldMessage } from '@store/page-protocol';
import { HistoryStrip } from '../history/history-strip.js';
import { Chain } from '../live/chain.js';
import { Story } from '../live/log.js';
import { LowStock } from '../live/low-stock.js';
import { ShelfChart } from '../live/shelf-chart.js';
import type { Cell } from '../shelves/layout.js';
import { ShelfMap } from '../shelves/shelf-map.js';
import type { ViewProps } from './view-props.js';

/** The chain as it runs: how it is, how it was, the shelves, and one of them. */
export function LiveView(props: ViewProps): JSX.Element {
  const { feed, world, status, theme, address, go } = props;
  const { suggested } = status;
  // While nobody has chosen one, the short shelf with most units missing; as soon as trucks drive, one that has a truck.
  const choice = useRef<'none' | 'without a truck' | 'made'>(address.shelf === undefined ? 'none' : 'made');
  useEffect(() => {
    if (suggested === undefined || choice.current === 'made') return;
    if (choice.current === 'without a truck' && !suggested.coming) return;
    choice.current = suggested.coming ? 'made' : 'without a truck';
    go({ shelf: `${suggested.storeId}/${suggested.productId}` }, 'replace');
  }, [suggested?.storeId, suggested?.productId, suggested?.coming]);
  const selected = useMemo(() => findCell(world, address.shelf), [world, address.shelf]);
  const choose = (storeId: string, productId: string): void => {
    choice.current = 'made';
    go({ shelf: `${storeId}/${productId}` });
  };
  return (
    <>
      <Chain feed={feed} status={status} />
      <HistoryStrip {...props} />
      <div class="cols">
        <ShelfMap
          {...props}
          selected={selected}
          onSelect={({ store, product }) => {
            choose(world.stores[store]?.id ?? '', world.products[product]?.id ?? '');
          }}
        />
        <LowStock {...props} chosen={address.shelf} onChoose={choose} />
        {selected === undefined ? (
          <section class="panel" aria-label="One shelf">
            <p class="note none">No shelf is short yet. Choose one.</p>
          </section>
        ) : (
          <ShelfChart world={world} status={status} theme={theme} cell={selected} />
        )}
        <Story log={feed.log} />
      </div>
    </>
  );
}

function findCell({ stores, products }: WorldMessage, shelf: string | undefined): Cell | undefined {
  const slash = shelf?.lastIndexOf('/') ?? -1;
  if (shelf === undefined || slash < 0) return undefined;
  const store = stores.findIndex(({ id }) => id === shelf.slice(0, slash));
  const product = products.findIndex(({ id }) => id === shelf.slice(slash + 1));
  return store < 0 || product < 0 ? undefined : { store, product };
}
