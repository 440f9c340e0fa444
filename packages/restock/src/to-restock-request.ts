import type { RestockRequest } from '@store/schema';
import { RestockError } from './errors.js';
import { orderQuantity, type QuantityOptions } from './order-quantity.js';
import { requestId } from './request-id.js';

/**
 * One row of `lowStockQuery`, from DuckDB (typed values) or Athena (text), as a restock request.
 *
 * @throws RestockError `INVALID_ROW` when a column is missing or not of its kind
 */
export function toRestockRequest(
  row: Readonly<Record<string, unknown>>,
  options: QuantityOptions = {},
): RestockRequest {
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
  return {
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
    quantity: orderQuantity(stock, options),
  };
}

function text(row: Readonly<Record<string, unknown>>, column: string): string {
  const value = row[column];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(column, 'text', value);
}

function integer(row: Readonly<Record<string, unknown>>, column: string): number {
  const value = row[column];
  const number = typeof value === 'number' ? value : Number(text({ [column]: String(value) }, column));
  if (Number.isSafeInteger(number)) return number;
  throw invalid(column, 'a whole number', value);
}

/** Athena and DuckDB print `2026-01-05 08:30:00.123`, some drivers give a Date; the wire wants ISO 8601. */
function instant(row: Readonly<Record<string, unknown>>, column: string): string {
  const given = row[column];
  if (given instanceof Date && !Number.isNaN(given.getTime())) return given.toISOString();
  const value = text(row, column);
  const time = Date.parse(`${value.replace(' ', 'T').replace(/Z?$/, '')}Z`);
  if (Number.isNaN(time)) throw invalid(column, 'a timestamp', value);
  return new Date(time).toISOString();
}

const invalid = (column: string, expected: string, value: unknown): RestockError =>
  new RestockError(
    'INVALID_ROW',
    column,
    `Expected column \`${column}\` to be ${expected}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}; is the row from lowStockQuery?`,
  );
