import type { JSX } from 'preact';
import { count, worldTime } from '../format.js';
import type { StatusMessage } from '@store/page-protocol';

/** What the list needs. */
export interface LowStockPanelProps {
  readonly status: StatusMessage;
  readonly onSelect: (storeId: string, productId: string) => void;
}

/** Shelves below their reorder point, the newest first. */
export function LowStockPanel({ status, onSelect }: LowStockPanelProps): JSX.Element {
  return (
    <section class="panel low" aria-labelledby="low-title">
      <h2 id="low-title">
        Low stock <small>{`${count(status.lowTotal)} ${status.lowTotal === 1 ? 'shelf' : 'shelves'}`}</small>
      </h2>
      {status.low.length === 0 ? (
        <p class="empty">Every shelf is at or above its reorder point.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-labelledby="low-title">
          <table>
            <thead>
              <tr>
                <th scope="col">Store</th>
                <th scope="col">Product</th>
                <th scope="col" class="number">
                  Stock
                </th>
                <th scope="col" class="number">
                  Reorder at
                </th>
                <th scope="col" class="number">
                  Ordered
                </th>
                <th scope="col">Since</th>
              </tr>
            </thead>
            <tbody>
              {status.low.map((row) => (
                <tr key={`${row.storeId}/${row.productId}`} class={row.currentStock <= 0 ? 'out' : ''}>
                  <td>{row.storeName}</td>
                  <td>
                    <button
                      type="button"
                      class="row"
                      onClick={() => {
                        onSelect(row.storeId, row.productId);
                      }}
                    >
                      {row.productName}
                    </button>
                  </td>
                  <td class="number">{count(row.currentStock)}</td>
                  <td class="number">{count(row.minThreshold)}</td>
                  <td class="number">{count(row.onOrder)}</td>
                  <td>{worldTime(row.since)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
