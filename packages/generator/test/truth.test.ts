import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InventoryEvent } from '@store/schema';
import { createWorld, presets, type Store, type World } from '../src/index.js';
import { linesOf, smallWorld } from './lines.js';

const DAY_MS = 86_400_000;

test('every fault that truth lists is there, and no other', () => {
  const chaos = {
    late: 0.05,
    duplicate: 0.05,
    outOfOrder: 0.05,
    dropped: 0.05,
    corrupt: 0.02,
    drift: 0.02,
    skew: 0.5,
  };
  const options = { days: 10, stores: 6 };
  const clean = new Map(
    linesOf(smallWorld(options)).map((line) => [(JSON.parse(line) as { event_id: string }).event_id, line]),
  );
  const world = smallWorld({ ...options, chaos });
  const lines = linesOf(world);
  const faults = new Map<string, Set<string>>();
  for (const record of world.truth()) {
    if (record.kind !== 'fault') continue;
    const of = faults.get(record.event_id) ?? new Set();
    faults.set(record.event_id, of.add(record.fault));
  }
  const totals = world.truth().totals();
  for (const kind of ['late', 'out_of_order', 'duplicate', 'dropped', 'corrupt', 'drift', 'skew'] as const) {
    expect(totals.faults[kind], kind).toBeGreaterThan(0);
  }
  const has = (id: string, fault: string): boolean => faults.get(id)?.has(fault) === true;
  const seen = new Map<string, number>();
  for (const line of lines) {
    const id = /"event_id":"([^"]+)"/.exec(line)?.[1] ?? '';
    if (clean.has(id)) seen.set(id, (seen.get(id) ?? 0) + 1);
    if (clean.has(id) && line !== clean.get(id)) {
      expect(has(id, 'skew') || has(id, 'corrupt') || has(id, 'drift')).toBe(true);
    }
    if (has(id, 'drift') && !has(id, 'skew')) expect(line).not.toBe(clean.get(id));
  }
  for (const id of clean.keys()) {
    if (has(id, 'corrupt')) continue; // a cut line may have lost its name
    expect(seen.get(id) ?? 0, id).toBe(has(id, 'dropped') ? 0 : has(id, 'duplicate') ? 2 : 1);
  }
});

test('events come out of turn only when they are late, out of order or on a wrong clock', () => {
  const world = smallWorld({ days: 10, chaos: { late: 0.05, outOfOrder: 0.05 } });
  const events = [...world.events()];
  const late = new Set<string>();
  for (const record of world.truth()) if (record.kind === 'fault') late.add(record.event_id);
  let turn = '';
  let behind = 0;
  for (const { event_time, event_id } of events) {
    if (event_time < turn) {
      expect(late.has(event_id)).toBe(true);
      behind++;
    } else turn = event_time;
  }
  expect(behind).toBeGreaterThan(10);
});

/** How often a store closes in a world's time, by the time zones of the runtime. */
function closings({ startMs, endMs }: World, { timeZone, closesAtMinute }: Store): number {
  const zone = new Intl.DateTimeFormat('en', { timeZone: timeZone.name, timeZoneName: 'longOffset' });
  let count = 0;
  for (let day = startMs - (startMs % DAY_MS) - DAY_MS; day < endMs + DAY_MS; day += DAY_MS) {
    const offset = zone.formatToParts(day + DAY_MS / 2).find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(offset ?? '') ?? [];
    const minutesAhead = Number(`${sign ?? ''}1`) * (60 * Number(hours ?? 0) + Number(minutes ?? 0));
    const closesAt = day + (closesAtMinute - minutesAhead) * 60_000;
    if (closesAt >= startMs && closesAt < endMs) count += 1;
  }
  return count;
}

test('truth counts what is in the world’s time: its sales are those of the events, to the unit', () => {
  const start = fc
    .integer({ min: Date.UTC(2026, 2, 20), max: Date.UTC(2026, 3, 2) })
    .map((ms) => new Date(ms));
  // Every product is on sale from the start, so that the days of shelves can be counted from outside.
  const model = fc
    .constantFrom(presets.m5.model, presets.fresh.model)
    .map((drawn) => ({ ...drawn, launchRate: 0 }));
  fc.assert(
    fc.property(
      fc.nat(),
      start,
      fc.integer({ min: 1, max: 4 }),
      model,
      fc.nat(400),
      (seed, start, days, model, n) => {
        const preset = { ...presets.m5, model };
        const world = createWorld({ seed, start, days, stores: 12, products: 20, preset });
        const events = world.events();
        const part = Array.from({ length: n }, () => events.next().value).filter(
          (event) => event !== undefined,
        );
        const { sold } = world.truth().totals();
        const all = [...part, ...events];
        // Time is what truth is cut by: what else happened in the last event's millisecond is in it.
        const until = part.at(-1)?.event_time ?? '';
        expect(unitsSold(all.filter(({ event_time }) => event_time <= until))).toBe(sold);
        const totals = world.truth().totals();
        expect(unitsSold(all)).toBe(totals.sold);
        expect(totals.sold + totals.lost).toBe(totals.demand + totals.substituted);
        expect(totals.seriesDays).toBe(
          20 * world.stores.reduce((sum, store) => sum + closings(world, store), 0),
        );
        for (const record of world.truth()) {
          if (record.kind !== 'day') continue;
          expect(record.sold + record.lost).toBe(record.demand + record.substituted);
          if (record.partial) continue;
          const ms = Date.parse(record.date);
          expect(ms).toBeGreaterThan(world.startMs - 86_400_000);
          expect(ms).toBeLessThan(world.endMs);
        }
      },
    ),
    { numRuns: 12 },
  );
});

const unitsSold = (events: readonly InventoryEvent[]): number =>
  events.reduce(
    (sum, { event_type, quantity_delta }) => sum - (event_type === 'sale' ? quantity_delta : 0),
    0,
  );

test('a stated share comes out behind later events at any density, and truth names those', () => {
  for (const [stores, products, days] of [
    [1, 4, 400],
    [4, 30, 30],
    [30, 100, 3],
  ] as const) {
    for (const share of [0.1, 0.5, 1]) {
      const world = createWorld({ stores, products, days, chaos: { outOfOrder: share } });
      const behind = new Set<string>();
      let latest = '';
      let count = 0;
      for (const { event_time, event_id } of world.events()) {
        count++;
        if (event_time < latest) behind.add(event_id);
        else latest = event_time;
      }
      expect(Math.abs(behind.size / count - share), `${stores} stores, ${share}`).toBeLessThan(0.03);
      const named = [...world.truth()].flatMap((record) =>
        record.kind === 'fault' ? [record.event_id] : [],
      );
      expect(new Set(named)).toEqual(behind);
    }
  }
});

test('truth tells demand, losses and causes, and is the same whenever it is asked', () => {
  const world = createWorld({ seed: 5, stores: 8, products: 40, days: 40 });
  let sold = 0;
  for (const { event_type, quantity_delta } of world.events())
    if (event_type === 'sale') sold -= quantity_delta;
  const totals = world.truth().totals();
  expect(totals.sold).toBe(sold);
  expect(totals.demand).toBeGreaterThan(totals.sold);
  expect(totals.lost).toBeGreaterThan(0);
  expect(totals.stockouts.ordering + totals.stockouts.shelf + totals.stockouts.supplier).toBeGreaterThan(0);
  expect(world.truth().totals()).toEqual(totals);
  for (const record of world.truth()) {
    if (record.kind !== 'day') continue;
    if (record.stockout === 'ordering' || record.stockout === 'supplier')
      expect(record.physical_stock).toBe(0);
    if (record.stockout === 'shelf') expect(record.physical_stock).toBeGreaterThan(0);
  }
});

test('the truth of a world with chaos is up to the instant sought, as without', () => {
  const options = { days: 6, stores: 4 };
  const clean = smallWorld(options);
  const world = smallWorld({ ...options, chaos: true });
  const read = smallWorld({ ...options, chaos: true });
  linesOf(read);
  for (const hours of [30, 144, 77]) {
    const at = new Date(clean.startMs + hours * 3_600_000);
    clean.seek(at);
    world.seek(at);
    const { faults, ...sums } = clean.truth().totals();
    expect(world.truth().totals()).toMatchObject(sums);
    expect(Object.values(faults).every((count) => count === 0)).toBe(true);
    if (hours === 144) expect(world.truth().totals()).toEqual(read.truth().totals());
    const restored = smallWorld({ ...options, chaos: true });
    restored.restore(world.snapshot());
    expect(restored.truth().totals()).toEqual(world.truth().totals());
  }
});
