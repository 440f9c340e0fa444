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
