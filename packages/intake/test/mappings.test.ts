import { readJson } from '@store/foundation';
import { expect, test } from 'vitest';
import {
  createRecordReader,
  mappings,
  normalizeEvent,
  toInventoryEvent,
  type EventMapping,
} from '../src/index.js';
import { inventoryEvent } from './events.js';

const workshopRecord = {
  store_id: 'S1',
  product_id: 'PROD_1',
  product_name: 'Milk',
  current_stock: '15',
  threshold_level: 20,
  is_stock_low: true,
  check_timestamp: 1_767_600_000,
  notification_sent: false,
  restock_status: 'pending',
};

test('the workshop’s nine-field record becomes a stock count that changes nothing', () => {
  expect(toInventoryEvent(workshopRecord)).toMatchObject({
    ok: true,
    mapping: 'workshop',
    event: {
      event_type: 'stock_count',
      event_time: '2026-01-05T08:00:00.000Z',
      sequence: 1_767_600_000_000,
      quantity_delta: 0,
      current_stock: 15,
      min_threshold: 20,
      is_low_stock: true,
    },
  });
});

test('a mapping that is put in front is tried first; a record that none knows is refused as such', () => {
  const shout: EventMapping = {
    name: 'shout',
    matches: (record) => 'STORE_ID' in record,
    toEvent: (record) =>
      Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value])),
  };
  const record = Object.fromEntries(
    Object.entries(inventoryEvent()).map(([key, value]) => [key.toUpperCase(), value]),
  );
  expect(toInventoryEvent(record, [shout, ...mappings])).toEqual({
    ok: true,
    event: inventoryEvent(),
    mapping: 'shout',
  });
  expect(toInventoryEvent(inventoryEvent(), [shout])).toMatchObject({
    ok: false,
    issues: [{ code: 'UNKNOWN_SOURCE' }],
  });
});

test('a record without an id gets one of its contents: the same for the same, another for another', () => {
  const { event_id, ...record } = inventoryEvent();
  expect(event_id).not.toBe('');
  const idOf = (of: object): unknown => normalizeEvent(of).event_id;
  expect(idOf(record)).toMatch(/^in-[0-9a-f]{32}$/);
  expect(idOf({ ...record })).toBe(idOf(record));
  // The same contents in another form are the same event.
  expect(idOf({ ...record, current_stock: ' 8 ', event_time: '2026-01-05 08:00:00' })).toBe(idOf(record));
  expect(idOf({ ...record, current_stock: 7 })).not.toBe(idOf(record));
});

test.each([
  ['current_stock', '1e3'],
  ['current_stock', '0x10'],
  ['current_stock', '12 pcs'],
  ['current_stock', ''],
  ['event_time', '2026-02-30T00:00:00Z'],
])('what nobody can be sure of is refused, not guessed: %s %s', (field, value) => {
  const result = toInventoryEvent({ ...inventoryEvent(), [field]: value });
  expect(result).toMatchObject({ ok: false });
  expect(result.ok ? [] : result.issues.map(({ path }) => path.join('.'))).toContain(field);
});

test('the texts of a source become the events, and the refusals, that the exact reader alone leads to', () => {
  const event = JSON.stringify(inventoryEvent());
  const texts = [
    event,
    `${event}\n`,
    JSON.stringify(inventoryEvent(), null, 2),
    event.replace('1.25', '1.250000000000000000'),
    event.replace('1.25', '1.2500000000000001'),
    event.replace('"sequence":1', '"sequence":9007199254740993'),
    event.replace('{', '{"event_type":"sale",'),
    event.replace('.000Z', '+02:00'),
    event.replace('Milk', ' Milk\\u0020'),
    event.replace('Milk', '\\ud800'),
    event.slice(1),
    JSON.stringify(workshopRecord),
    '[]',
    '',
  ];
  const outcome = (reading: ReturnType<typeof readJson>): unknown =>
    reading.ok && reading.duplicateKey === undefined ? toInventoryEvent(reading.value) : reading;
  for (const text of texts) {
    const exact = outcome(readJson(text, { numbers: 'value' }));
    // A reader of its own for each: one that met a foreign record does not try the next.
    expect(outcome(createRecordReader()(text)), text).toEqual(exact);
  }
  const readRecord = createRecordReader();
  for (const text of [...texts, ...texts])
    expect(outcome(readRecord(text)), text).toEqual(outcome(readJson(text, { numbers: 'value' })));
});
