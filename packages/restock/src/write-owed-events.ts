import { callback, checkArgument, checkOptions, type OptionRules } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { checkInput, invalidOption } from './errors.js';
import type { LedgerEntry, RestockLedger } from './ledger.js';
import { attemptsOwing } from './ledger-moves.js';
import { windowFilters, windowRules, type LowStockQueryOptions } from './low-stock-query.js';
import { owedEvent, owedEventId } from './owed-event.js';
import type { RunQuery } from './plan-restock.js';
import type { QueryRow } from './restock-request.js';

/** Where the last events of shelves are looked for. */
export type WriteOwedOptions = Pick<LowStockQueryOptions, 'table' | 'from' | 'partitioning'>;

const { table, from, partitioning } = windowRules;
const rules: OptionRules<WriteOwedOptions> = { table, from, partitioning };

/** Shelves of one statement, which names them and the ids of their events: Athena takes 262,144 bytes (Service Quotas, 2026). */
const shelvesPerQuery = 250;

/**
 * Writes the events that moves in a ledger owe to the lake, and notes that they are written; returns how many. Each is
 * made on its shelf's last event. A request that the trucks are not told of yet waits. A shelf that has none since `from` keeps what it owes, and so does everything where
 * `write` throws; the next call writes it. An event that the lake has already is noted and not written again.
 *
 * @param entries - what may owe events; those that owe nothing cost nothing
 * @param query - runs a statement on the lake
 * @param write - writes events, and resolves when all of them are accepted
 *
 * @example
 * ```ts
 * import { writeOwedEvents, type RestockLedger, type RunQuery } from '@store/restock';
 * import type { InventoryEvent } from '@store/schema';
 *
 * export async function tellTheLake(ledger: RestockLedger, query: RunQuery, write: (events: readonly InventoryEvent[]) => Promise<void>) {
 *   return writeOwedEvents(ledger, await ledger.open(), query, write, { table: 'store.inventory_events' });
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_EVENT`, and what `query`, `write` and the ledger throw
 */
export async function writeOwedEvents(
  ledger: RestockLedger,
  entries: Iterable<LedgerEntry>,
  query: RunQuery,
  write: (events: readonly InventoryEvent[]) => Promise<void>,
  options: WriteOwedOptions,
): Promise<number> {
  checkInput('ledger', ledger, 'ledger');
  checkInput('entries', entries, 'objects');
  checkArgument('query', query, callback(), invalidOption);
  checkArgument('write', write, callback(), invalidOption);
  checkOptions(options, rules, invalidOption);
  const distinct = new Map([...entries].map((entry) => [entry.request_id, entry])).values();
  const owing = [...distinct]
    .map((entry) => attemptsOwing(entry).filter((attempt) => !isBeingTold(attempt)))
    .filter((attempts) => attempts.length > 0);
  let written = 0;
  for (let at = 0; at < owing.length; at += shelvesPerQuery) {
    const some = owing.slice(at, at + shelvesPerQuery).flat();
    const shelves = new Map<string, InventoryEvent>();
    const there = new Set<string>();
    for (const row of await query(lastEventsQuery(some, options))) {
      const event = eventOf(row);
      there.add(event.event_id);
      if (Number(row.place) === 1) shelves.set(shelfKey(event), event);
    }
    const { events, kinds } = eventsOwed(some, shelves, there);
    if (events.length > 0) await write(events);
    for (const { entry, kind } of kinds) await ledger.wrote(entry.request_id, entry.attempt, kind);
    written += events.length;
  }
  return written;
}

/** Taken on, and the trucks have not heard of it: they may refuse it yet. */
const isBeingTold = ({ state, leased_until }: LedgerEntry): boolean =>
  state === 'acknowledged' && leased_until !== undefined;

interface Owed {
  readonly events: readonly InventoryEvent[];
  readonly kinds: readonly {
    readonly entry: LedgerEntry;
    readonly kind: LedgerEntry['owed_events'][number];
  }[];
}

/** Two requests of one shelf, and two events of one request, are made one on the other. */
function eventsOwed(
  entries: readonly LedgerEntry[],
  shelves: Map<string, InventoryEvent>,
  there: ReadonlySet<string>,
): Owed {
  const events: InventoryEvent[] = [];
  const kinds: Owed['kinds'][number][] = [];
  for (const entry of entries) {
    const key = shelfKey(entry.request);
    for (const kind of entry.owed_events) {
      const shelf = shelves.get(key);
      if (shelf === undefined) continue;
      kinds.push({ entry, kind });
      if (there.has(owedEventId(entry, kind))) continue;
      const event = owedEvent(entry, kind, shelf);
      shelves.set(key, event);
      events.push(event);
    }
  }
  return { events, kinds };
}

const shelfKey = ({
  store_id,
  product_id,
}: {
  readonly store_id: string;
  readonly product_id: string;
}): string => JSON.stringify([store_id, product_id]);

/** The last event of each request's shelf, and those of the owed events that are there; valid on Athena and on DuckDB. */
function lastEventsQuery(entries: readonly LedgerEntry[], options: WriteOwedOptions): string {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const wanted = entries.map(
    ({ request: { store_id, product_id } }) => `(${text(store_id)}, ${text(product_id)})`,
  );
  const ids = entries.flatMap((entry) => entry.owed_events.map((kind) => text(owedEventId(entry, kind))));
  const filters = [
    `(store_id, product_id) in (${[...new Set(wanted)].join(', ')})`,
    ...windowFilters(options),
  ];
  return `select * from (
  select event_id, event_time, sequence, store_id, store_name, location.city as city, location.region as region,
         location.country as country, location.latitude as latitude, location.longitude as longitude, product_id,
         product_name, category, unit_price, current_stock, min_threshold, on_order,
         row_number() over (partition by store_id, product_id order by event_time desc, sequence desc, event_id desc) as place
  from ${options.table}
  where ${filters.join(' and ')}
) where place = 1 or event_id in (${ids.join(', ')})`;
}

/** A row as the event that it is: DuckDB gives typed values, Athena text. */
function eventOf(row: QueryRow): InventoryEvent {
  const word = (name: string): string => String(row[name]);
  const number = (name: string): number => Number(row[name]);
  const time: unknown = row.event_time;
  const event_time =
    time instanceof Date ? time : new Date(`${word('event_time').replace(' ', 'T').replace(/Z?$/, '')}Z`);
  return {
    event_id: word('event_id'),
    event_type: 'adjustment',
    event_time: event_time.toISOString(),
    sequence: number('sequence'),
    store_id: word('store_id'),
    store_name: word('store_name'),
    location: {
      city: word('city'),
      region: word('region'),
      country: word('country'),
      latitude: number('latitude'),
      longitude: number('longitude'),
    },
    product_id: word('product_id'),
    product_name: word('product_name'),
    category: word('category'),
    unit_price: number('unit_price'),
    quantity_delta: 0,
    current_stock: number('current_stock'),
    min_threshold: number('min_threshold'),
    on_order: number('on_order'),
    is_low_stock: number('current_stock') < number('min_threshold'),
  };
}
