import type { RequestRow } from '@store/page-protocol';
import type { RestockLedger, TruckLoad } from '@store/restock';
import { systemClock } from '@store/foundation';

/** Requests that are kept. */
const kept = 2000;
const mostAnswered = 200;

/** The restock requests of this start, as they move on: the newest of them. */
export class RequestLog {
  readonly #rows = new Map<string, RequestRow>();
  /** Requests that no truck has taken, and when they were asked for: the oldest first. */
  readonly #waiting = new Map<string, number>();
  #asked = 0;

  /** A ledger that notes what another is told. */
  tap(ledger: RestockLedger): RestockLedger {
    return {
      ...ledger,
      ask: async (request) => {
        const outcome = await ledger.ask(request);
        if (outcome === 'asked') {
          this.#asked += 1;
          this.#rows.delete(request.request_id);
          this.#waiting.set(request.request_id, systemClock.now());
          this.#rows.set(request.request_id, {
            id: request.request_id,
            state: 'asked',
            storeId: request.store_id,
            productId: request.product_id,
            storeName: request.store_name,
            productName: request.product_name,
            quantity: request.quantity,
            at: { asked: now() },
          });
          const [oldest] = this.#rows.keys();
          if (this.#rows.size > kept && oldest !== undefined) this.#rows.delete(oldest);
        }
        return outcome;
      },
      take: async (request) => {
        const turn = await ledger.take(request);
        this.#waiting.delete(request.request_id);
        if (turn.turn === 'go') this.#move(request.request_id, 'acknowledged');
        return turn;
      },
      advance: async (id, state, attempt) => {
        const entry = await ledger.advance(id, state, attempt);
        this.#move(id, entry.state);
        return entry;
      },
    };
  }

  /** Notes a load that has left. */
  left({ load_id: load, stops }: TruckLoad): void {
    for (const { items } of stops) for (const item of items) this.#move(item.request_id, 'on_the_way', load);
  }

  /** The newest ones, and how many were asked for in all. */
  newest(): { readonly asked: number; readonly requests: readonly RequestRow[] } {
    return { asked: this.#asked, requests: [...this.#rows.values()].slice(-mostAnswered).reverse() };
  }

  /** When the oldest request that no truck has taken was asked for, real time in milliseconds; undefined without one. */
  oldestAsked(): number | undefined {
    const [oldest] = this.#waiting.values();
    return oldest;
  }

  /** The newest request for a shelf. */
  ofShelf(storeId: string, productId: string): RequestRow | undefined {
    return [...this.#rows.values()].findLast((row) => row.storeId === storeId && row.productId === productId);
  }

  #move(id: string, state: RequestRow['state'], load?: string): void {
    this.#waiting.delete(id);
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const at = { ...row.at, [state]: now() };
    this.#rows.set(id, { ...row, state, at, ...(load === undefined ? {} : { load }) });
  }
}

const now = (): string => new Date(systemClock.wallNow()).toISOString();
