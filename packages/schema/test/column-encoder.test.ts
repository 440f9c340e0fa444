import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ColumnEncoder,
  type InventoryEvent,
  inventoryEventColumnEncoder,
  inventoryEventEncoder,
  type WorkshopEvent,
  workshopEventColumnEncoder,
  workshopEventEncoder,
} from '../src/index.js';
import type { RecordEncoder } from '@store/glue-schema';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 120 }),
  fc.constant('a\u007fb"\\\n'),
);
const int32 = fc.oneof(fc.integer(), fc.integer({ min: -20_000, max: 20_000 }));
const whole = fc.oneof(fc.nat(20_000), fc.nat(200_000_000), fc.maxSafeInteger());
const instant = fc
  .date({ min: new Date('-000050-01-01'), max: new Date('+010050-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const cents = fc.oneof(fc.nat(200_000), fc.integer(), fc.maxSafeInteger());
const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true });

/** An inventory event, and what its identifier has before the number of its sequence. */
const inventory: fc.Arbitrary<{
  readonly event: InventoryEvent;
  readonly prefix: string;
  readonly cents: number;
}> = fc
  .record({
    prefix: text,
    event_type: fc.constantFrom('sale' as const, 'order_placed' as const, 'return' as const),
    event_time: instant,
    sequence: whole.map(Math.abs),
    store_id: text,
    store_name: text,
    location: fc.record(
      { city: text, region: text, country: text, latitude: coordinate, longitude: coordinate },
      { noNullPrototype: true },
    ),
    product_id: text,
    product_name: text,
    category: text,
    cents,
    quantity_delta: int32,
    current_stock: int32,
    min_threshold: int32,
    on_order: int32,
  })
  .map(({ prefix, cents: price, event_type, event_time, sequence, ...rest }) => {
    const { store_id, store_name, location, product_id, product_name, category, ...numbers } = rest;
    const event: InventoryEvent = {
      event_id: prefix + String(sequence).padStart(10, '0'),
      event_type,
      event_time,
      sequence,
      store_id,
      store_name,
      location,
      product_id,
      product_name,
      category,
      unit_price: price / 100,
      ...numbers,
      is_low_stock: numbers.current_stock < numbers.min_threshold,
    };
    return { event, prefix, cents: price };
  });

/** Lines of all rows, through a buffer that is emptied whenever it is full. */
function lines<Columns>(
  encoder: ColumnEncoder<Columns>,
  columns: Columns,
  rows: number,
  room: number,
): string {
  const buffer = { bytes: new Uint8Array(encoder.rowBytes + room).fill(7), length: 0 };
  let all = '';
  for (let n = 0; n < rows;) {
    const next = encoder.encode(columns, n, rows, buffer);
    expect(next).toBeGreaterThan(n);
    n = next;
    all += new TextDecoder().decode(buffer.bytes.subarray(0, buffer.length));
    buffer.length = 0;
  }
  return all;
}

function recordLine<T>(encoder: RecordEncoder<T>, event: T): string {
  const buffer = new Uint8Array(20_000);
  return `${new TextDecoder().decode(buffer.subarray(0, encoder.encodeInto(event, buffer, 0)))}\n`;
}

test('rows of columns are the lines of the record encoder and of JSON.stringify, for any inventory events', () => {
  fc.assert(
    fc.property(fc.array(inventory, { minLength: 1, maxLength: 30 }), fc.nat(3000), (rows, room) => {
      const events = rows.map(({ event }) => event);
      const positions = Int32Array.from(rows, (_, n) => n);
      const numbers = (read: (event: InventoryEvent) => number): Int32Array => Int32Array.from(events, read);
      const columns = {
        event_id: positions,
        event_type: positions,
        event_time: Float64Array.from(events, ({ event_time }) => Date.parse(event_time)),
        sequence: Float64Array.from(events, ({ sequence }) => Number(sequence)),
        store: positions,
        product: positions,
        unit_price: Float64Array.from(rows, (row) => row.cents),
        quantity_delta: numbers(({ quantity_delta }) => quantity_delta),
        current_stock: numbers(({ current_stock }) => current_stock),
        min_threshold: numbers(({ min_threshold }) => min_threshold),
        on_order: numbers(({ on_order }) => on_order),
      };
      const encoder = inventoryEventColumnEncoder({
        event_id: rows.map(({ prefix }) => ({ event_id: prefix })),
        event_type: events,
        store: events,
        product: events,
      });
      const expected = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      expect(events.map((event) => recordLine(inventoryEventEncoder, event)).join('')).toBe(expected);
      expect(lines(encoder, columns, rows.length, room)).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

const workshop: fc.Arbitrary<WorkshopEvent> = fc
  .record({
    store_id: text,
    product_id: text,
    product_name: text,
    current_stock: int32,
    threshold_level: int32,
    check_timestamp: whole,
    notification_sent: fc.boolean(),
    restock_status: text,
  })
  .map(({ store_id, product_id, product_name, current_stock, threshold_level, ...rest }) => ({
    store_id,
    product_id,
    product_name,
    current_stock,
    threshold_level,
    is_stock_low: current_stock < threshold_level,
    ...rest,
  }));

test('the same holds for any workshop events', () => {
  fc.assert(
    fc.property(fc.array(workshop, { minLength: 1, maxLength: 30 }), fc.nat(3000), (events, room) => {
      const positions = Uint16Array.from(events, (_, n) => n);
      const columns = {
        store_id: positions,
        product: positions,
        current_stock: Int32Array.from(events, ({ current_stock }) => current_stock),
        threshold_level: Int32Array.from(events, ({ threshold_level }) => threshold_level),
        check_timestamp: Float64Array.from(events, ({ check_timestamp }) => check_timestamp),
        notification_sent: Uint8Array.from(events, ({ notification_sent }) => (notification_sent ? 1 : 0)),
        restock_status: positions,
      };
      const encoder = workshopEventColumnEncoder({
        store_id: events,
        product: events,
        restock_status: events,
      });
      const expected = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      expect(events.map((event) => recordLine(workshopEventEncoder, event)).join('')).toBe(expected);
      expect(lines(encoder, columns, events.length, room)).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

test('a position without an entry and a column that is too short are refused', () => {
  const encoder = workshopEventColumnEncoder({
    store_id: [{ store_id: 's' }],
    product: [{ product_id: 'p', product_name: 'Milk' }],
    restock_status: [{ restock_status: 'NEEDED' }],
  });
  const columns = {
    store_id: Uint8Array.of(0, 1),
    product: Uint8Array.of(0, 0),
    current_stock: new Int32Array(2),
    threshold_level: new Int32Array(2),
    check_timestamp: new Float64Array(2),
    notification_sent: new Uint8Array(2),
    restock_status: new Uint8Array(2),
  };
  const buffer = { bytes: new Uint8Array(10_000), length: 0 };
  expect(encoder.encode(columns, 0, 1, buffer)).toBe(1);
  expect(() => encoder.encode(columns, 1, 2, buffer)).toThrow('The dictionary store_id has no entry 1.');
  expect(() => encoder.encode(columns, 0, 3, buffer)).toThrow('Expected columns of at least 3 rows, got 2.');
});
