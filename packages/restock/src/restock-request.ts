import { createHash } from 'node:crypto';
import { checkOptions } from '@store/foundation';
import type { InventoryEvent, RestockRequest } from '@store/schema';
import { checkEvent } from './check-event.js';
import { checkInput, invalidOption, RestockError } from './errors.js';
import { quantityRules, type QuantityOptions } from './options.js';
import { inCases, missingUnits } from './order-quantity.js';
import { sqsLimits } from './send-messages.js';

/** What makes an episode the same episode, whoever sees it and however often. */
export interface EpisodeKey {
  /** Store of the shelf. */
  readonly store_id: string;
  /** SKU on the shelf. */
  readonly product_id: string;
  /** Sequence of the store's event at which the stock fell below the threshold. */
  readonly episode_sequence: number;
}

/**
 * Returns the id of the one restock request of an episode.
 *
 * Ids of stores and products are escaped, so that two different episodes never meet in one id; every
 * character is one that SQS takes in a deduplication id.
 *
 * @example
 * ```ts
 * import { requestId } from '@store/restock';
 *
 * console.log(requestId({ store_id: 'S1', product_id: 'a/b', episode_sequence: 7 })); // S1/a%2Fb/7
 * ```
 */
export function requestId(key: EpisodeKey): string {
  checkInput('key', key, 'object');
  const { store_id, product_id, episode_sequence } = key;
  checkInput('key.store_id', store_id, 'id');
  checkInput('key.product_id', product_id, 'id');
  return `${escaped(store_id)}/${escaped(product_id)}/${episode_sequence}`;
}

/**
 * Returns an id as SQS takes it for a group or a deduplication: what is longer than 128 characters, or holds others than
 * ASCII letters, digits and punctuation, is known by its SHA-256.
 *
 * @example
 * ```ts
 * import { queueId } from '@store/restock';
 *
 * console.log(queueId('S1/P1/7'), queueId('x'.repeat(200)).length); // S1/P1/7 64
 * ```
 */
export function queueId(id: string): string {
  checkInput('id', id, 'id');
  const fits = id.length <= sqsLimits.idCharacters && /^[\x21-\x7e]+$/.test(id);
  return fits ? id : createHash('sha256').update(id).digest('hex');
}

/** The group of a store's messages, from its id, escaped as it is in the ids of its requests. */
export const queueGroup = (storeId: string): string => queueId(escaped(storeId));

/** The store and product of a request, escaped as they are in the request's id. */
export const shelfPart = ({ request_id }: RestockRequest): string =>
  request_id.slice(0, request_id.lastIndexOf('/'));

/** Half a surrogate pair, which JSON can carry and `encodeURIComponent` throws at, becomes `%uD800`. */
function escaped(id: string): string {
  return id
    .split(/(\p{Surrogate})/u)
    .map((part, index) =>
      index % 2 === 0 ? encodeURIComponent(part) : `%u${part.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .join('');
}

/**
 * Returns the request of the episode that begins with this event.
 *
 * @example
 * ```ts
 * import { beginsEpisode, requestFor } from '@store/restock';
 * import type { InventoryEvent } from '@store/schema';
 *
 * export function requestOf(event: InventoryEvent) {
 *   return beginsEpisode(event) ? requestFor(event, { packSize: 6 }) : undefined;
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_EVENT`
 */
export function requestFor(event: InventoryEvent, options: QuantityOptions = {}): RestockRequest {
  checkInput('event', event, 'object');
  checkOptions(options, quantityRules, invalidOption);
  checkEvent(event);
  return requestOfEvent(event, options);
}

/**
 * {@link requestFor} with options and an event that are checked already.
 *
 * @param began - the event that began the episode, where it was covered then by what was on order
 */
export function requestOfEvent(
  event: InventoryEvent,
  options: QuantityOptions,
  began: InventoryEvent = event,
): RestockRequest {
  const request: RestockRequest = {
    request_id: requestId({
      store_id: event.store_id,
      product_id: event.product_id,
      episode_sequence: began.sequence,
    }),
    episode_sequence: began.sequence,
    episode_started_at: began.event_time,
    store_id: event.store_id,
    store_name: event.store_name,
    city: event.location.city,
    country: event.location.country,
    product_id: event.product_id,
    product_name: event.product_name,
    category: event.category,
    current_stock: event.current_stock,
    min_threshold: event.min_threshold,
    on_order: event.on_order,
    quantity: missingUnits(event, options),
  };
  return inCases(request, options);
}

/** One row of a query's result, by column name. */
export type QueryRow = Readonly<Record<string, unknown>>;

/**
 * Returns one row of `lowStockQuery`, from DuckDB (typed values) or Athena (text), as a restock request.
 *
 * @example
 * ```ts
 * import { lowStockQuery, toRestockRequest } from '@store/restock';
 *
 * export async function openRequests(query: (sql: string) => Promise<Record<string, unknown>[]>) {
 *   const rows = await query(lowStockQuery({ table: 'inventory_events' }));
 *   return rows.map((row) => toRestockRequest(row));
 * }
 * ```
 *
 * @throws RestockError `INVALID_ROW` when a column is missing or not of its kind, `INVALID_OPTION`
 */
export function toRestockRequest(row: QueryRow, options: QuantityOptions = {}): RestockRequest {
  checkInput('row', row, 'object');
  checkOptions(options, quantityRules, invalidOption);
  return requestOfRow(row, options);
}

/** {@link toRestockRequest} with options that are checked already. */
export function requestOfRow(row: QueryRow, options: QuantityOptions): RestockRequest {
  const stock = {
    current_stock: integer(row, 'current_stock'),
    min_threshold: integer(row, 'min_threshold'),
    on_order: integer(row, 'on_order'),
  };
  const key = {
    store_id: text(row, 'store_id'),
    product_id: text(row, 'product_id'),
    episode_sequence: integer(row, 'episode_sequence'),
  };
  const request: RestockRequest = {
    request_id: requestId(key),
    episode_sequence: key.episode_sequence,
    episode_started_at: instant(row, 'episode_started_at'),
    store_id: key.store_id,
    store_name: text(row, 'store_name'),
    city: text(row, 'city'),
    country: text(row, 'country'),
    product_id: key.product_id,
    product_name: text(row, 'product_name'),
    category: text(row, 'category'),
    ...stock,
    quantity: missingUnits(stock, options),
  };
  return inCases(request, options);
}

/** Ids, names and places may be empty, as in an event: no truck waits for them. */
function text(row: QueryRow, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw invalid(column, 'text', value);
}

function filled(row: QueryRow, column: string): string {
  const value = text(row, column);
  if (value !== '') return value;
  throw invalid(column, 'text that is not empty', value);
}

/** A whole number of a row, which Athena gives as text. */
export function integer(row: QueryRow, column: string): number {
  const value = row[column];
  const number = typeof value === 'number' ? value : Number(filled({ [column]: String(value) }, column));
  if (Number.isSafeInteger(number)) return number;
  throw invalid(column, 'a whole number', value);
}

/** Athena and DuckDB print `2026-01-05 08:30:00.123`, some drivers give a Date; the wire wants ISO 8601. */
export function instant(row: QueryRow, column: string): string {
  const given = row[column];
  if (given instanceof Date && !Number.isNaN(given.getTime())) return given.toISOString();
  const value = filled(row, column);
  const time = Date.parse(`${value.replace(' ', 'T').replace(/Z?$/, '')}Z`);
  if (Number.isNaN(time)) throw invalid(column, 'a timestamp', value);
  return new Date(time).toISOString();
}

const invalid = (column: string, expected: string, value: unknown): RestockError =>
  new RestockError(
    'INVALID_ROW',
    `Expected column \`${column}\` to be ${expected}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}; is the row from lowStockQuery?`,
    { field: column },
  );
