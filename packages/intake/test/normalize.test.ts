import { readJson } from '@store/foundation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toInventoryEvent, toUtcIso } from '../src/index.js';
import { inventoryEvent } from './events.js';

const instants = fc.date({
  noInvalidDate: true,
  min: new Date('1980-01-01'),
  max: new Date('2999-12-31T23:59:59Z'),
});

test('an instant is the same instant in every form that sources use', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
      const iso = date.toISOString();
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
      const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
      for (const form of [
        iso,
        iso.replace('T', ' '),
        iso.slice(0, -1),
        `${local}${zone}`,
        `${local.replace('T', ' ')}${zone.replace(':', '')}`,
        date.getTime(),
        String(date.getTime()),
        date.getTime() / 1000,
      ]) {
        expect(toUtcIso(form)).toBe(iso);
      }
    }),
  );
});

test.each([
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T25:00:00Z',
  'soon',
  '',
  null,
  NaN,
  1e18,
])('what is no instant stays for the validator: %s', (value) => {
  expect(toUtcIso(value)).toBeUndefined();
});

test('every valid event passes through unchanged, and anything at all is answered without a throw', () => {
  expect(toInventoryEvent(inventoryEvent())).toEqual({
    ok: true,
    event: inventoryEvent(),
    mapping: 'inventory',
  });
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toInventoryEvent(value).ok).toBe(false);
    }),
  );
});

test('a value of any depth in any place is answered without a throw', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 10_000; depth += 1) deep = { a: [deep] };
  for (const key of [...Object.keys(inventoryEvent()), 'extra']) {
    const result = toInventoryEvent({ ...inventoryEvent(), event_id: '', [key]: deep });
    // Whether stock is low follows from the stock, whatever the source says.
    expect(result.ok, key).toBe(key === 'is_low_stock');
  }
  expect(toInventoryEvent(deep).ok).toBe(false);
});

test.each([
  ['"sequence":1', '"sequence":12345678901234567890', ['sequence']],
  ['"sequence":1', '"sequence":"12345678901234567890"', ['sequence']],
  ['"unit_price":1.25', '"unit_price":1.2500000000000000001', ['unit_price']],
  ['"unit_price":1.25', '"unit_price":1e400', ['unit_price']],
  ['"location":{', '"location":1e400,"more":{', ['location']],
  ['"latitude":59.9', '"latitude":59.90000000000000000001', undefined],
  ['"unit_price":1.25', '"unit_price":1.2500', undefined],
  ['"unit_price":1.25', '"unit_price":" +1.250"', undefined],
  ['"event_time":"2026-01-05T08:00:00.000Z"', '"event_time":1767600000.0000000000001', undefined],
])('with %s as %s no digit that counts is lost', (from, to, path) => {
  const reading = readJson(JSON.stringify(inventoryEvent()).replace(from, to), { numbers: 'value' });
  const result = toInventoryEvent(reading.ok ? reading.value : undefined);
  expect(result.ok ? undefined : result.issues[0]?.path.slice(0, 1)).toEqual(path);
  if (result.ok) expect(result.event).toEqual(inventoryEvent());
});
