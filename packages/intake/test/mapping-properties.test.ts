import type { InventoryEvent } from '@store/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileMapping,
  createShelfTable,
  IntakeError,
  presets,
  readMapping,
  type KnownStock,
  type MappedRecord,
} from '../src/index.js';

const names = fc.oneof(
  fc.constantFrom(
    'Lager',
    'SKU',
    'Stand',
    'toString',
    '__proto__',
    'constructor',
    '$.a[0].b',
    '@.x',
    'd_1',
    'd_2',
    '',
  ),
  fc.string({ maxLength: 8 }),
);
const texts = fc.oneof(
  fc.constantFrom(
    '',
    '12',
    '1.204,50',
    '0x10',
    '1e3',
    '31.01.2026',
    '2026-01-31T08:00:00Z',
    'VK',
    'not stocked',
    '[A] b',
    '$6.99',
  ),
  fc.string({ maxLength: 12 }),
);

const source = fc.record(
  {
    from: fc.oneof(names, fc.array(names, { maxLength: 3 })),
    const: fc.oneof(texts, fc.double(), fc.boolean()),
    join: fc.array(names, { maxLength: 3 }),
    sum: fc.array(names, { maxLength: 3 }),
    carry: fc.boolean(),
    extract: fc.constantFrom('amount', 'code-in-brackets', 'last-of-path', 'nothing'),
    default: fc.oneof(texts, fc.integer()),
    enum: fc.dictionary(texts, fc.oneof(fc.constantFrom('sale', 'return', 'UTC'), fc.integer())),
    per: fc.dictionary(texts, fc.double()),
    unit: names,
    times: fc.double(),
    negate: fc.boolean(),
    decimals: fc.constantFrom(0, 1, 2, 3),
    unsigned: fc.boolean(),
    format: fc.oneof(texts, fc.constantFrom('dd.MM.yyyy', 'M/d/yyyy h:mm a', "yyyy-MM-dd'T'HH:mm")),
    zone: fc.oneof(texts, fc.constantFrom('UTC', 'Europe/Vienna', '+05:30')),
    dayOne: fc.constantFrom('2011-01-29', '2011-02-30', ''),
    form: texts,
  },
  { requiredKeys: [] },
);
const rightSource = fc.oneof(
  names.filter((name) => name !== '').map((from) => ({ from })),
  fc.record({ from: fc.constantFrom('Lager', 'SKU', 'Stand'), default: texts }),
);
const documents = fc.record(
  {
    version: fc.constantFrom(1, 2),
    name: fc.constantFrom('x', ''),
    mode: fc.constantFrom('events', 'snapshot', 'other'),
    decimal: fc.constantFrom('.', ',', ';'),
    group: fc.constantFrom('.', ' ', "'"),
    records: fc.constantFrom('$.rows[*]', '$', 'rows', '$[*][*]', "$['a'"),
    zone: fc.constantFrom('UTC', 'Mars/Base'),
    looseNames: fc.array(names, { maxLength: 2 }),
    unpivot: fc.record({ name: names, columns: fc.dictionary(names, fc.constantFrom('d_*', '*', 'd_')) }),
    skipWhen: fc.dictionary(names, fc.array(texts, { maxLength: 2 })),
    keepWhen: fc.dictionary(names, fc.array(texts, { maxLength: 2 })),
    fields: fc.record(
      Object.fromEntries(
        [
          'event_type',
          'event_time',
          'store_id',
          'product_id',
          'current_stock',
          'unit_price',
          'quantity_delta',
          'is_low_stock',
        ].map((field) => [field, fc.oneof(source, rightSource)]),
      ),
      { requiredKeys: [] },
    ),
    key: fc.array(fc.constantFrom('store_id', 'record', 'column:SKU', 'sku'), { maxLength: 2 }),
  },
  { requiredKeys: ['version', 'name', 'fields'] },
);
/** As documents but right in structure, so that the most of them run. */
const rightDocuments = fc.record(
  {
    version: fc.constant(1),
    name: fc.constant('x'),
    mode: fc.constant('snapshot'),
    decimal: fc.constantFrom('.', ','),
    group: fc.constantFrom(' ', "'"),
    records: fc.constantFrom('$.rows[*]', '$', '$.rows[*].rows[*]'),
    looseNames: fc.array(names, { maxLength: 2 }),
    unpivot: fc.constant({ name: 'day', columns: { units: 'd_*' } }),
    skipWhen: fc.dictionary(names, fc.array(texts, { maxLength: 2 })),
    fields: fc.record({
      store_id: rightSource,
      product_id: rightSource,
      current_stock: rightSource,
      category: rightSource,
    }),
  },
  { requiredKeys: ['version', 'name', 'mode', 'fields'] },
);
const values = fc.oneof(texts, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue());
const records = fc.oneof(
  fc.dictionary(names, values),
  fc.record({ rows: fc.array(fc.dictionary(names, values), { maxLength: 4 }) }),
  fc.anything(),
);

const known = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(IntakeError);
    return undefined;
  }
};

test('no document throws anything but the error of the package, whose problems all have a path and a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(documents, fc.anything(), fc.json()), (document) => {
      try {
        readMapping(Object(document) as object);
        if (typeof document === 'string') readMapping(document);
      } catch (error) {
        expect(error).toBeInstanceOf(IntakeError);
        if (!(error instanceof IntakeError)) throw error;
        expect(error.problems.length).toBeGreaterThan(0);
        for (const { message } of error.problems) expect(message).toMatch(/^Expected /);
      }
    }),
  );
});

test('no record makes a mapping throw, and each is delivered, refused or passed over', () => {
  fc.assert(
    fc.property(
      fc.oneof(documents, rightDocuments),
      fc.array(records, { maxLength: 5 }),
      (document, sent) => {
        const run = known(() => compileMapping(document).start({ asOfMs: 0 })) as
          { read(record: unknown): MappedRecord } | undefined;
        if (run === undefined) return;
        for (const record of sent) {
          const { events, rejected, skipped } = run.read(record);
          expect(events.length + rejected.length + skipped.length).toBeGreaterThan(0);
          for (const { code, message } of rejected) {
            expect(code).toMatch(/^[A-Z_]+$/);
            expect(message).not.toBe('');
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('hostile documents are refused by name: ten thousand fields, deep nesting, prototypes, sizes', () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`f${n}`, { from: 'a' }]));
  let deep: unknown = 'a';
  for (let depth = 0; depth < 5_000; depth++) deep = { from: deep };
  for (const document of [
    { version: 1, name: 'x', fields: many },
    { version: 1, name: 'x', fields: deep },
    '{"version":1,"name":"x","fields":{"__proto__":{"from":"a"}},"__proto__":{"mode":"snapshot"}}',
    '{"version":1,"version":1}',
    'x'.repeat(300_000),
    '[]',
    'null',
  ])
    expect(() => readMapping(document)).toThrow(IntakeError);
  expect(Reflect.get({}, 'from')).toBeUndefined();
});

test('columns named as what every object has are columns, and absent ones are blank', () => {
  const mapping = compileMapping({
    version: 1,
    name: 'x',
    mode: 'snapshot',
    fields: {
      store_id: { from: 'toString' },
      product_id: { from: '__proto__' },
      current_stock: { from: 'constructor' },
    },
  });
  const run = mapping.start({ asOfMs: 0 });
  expect(run.read(JSON.parse('{"toString":"S","__proto__":"P","constructor":"3"}')).events).toMatchObject([
    { store_id: 'S', product_id: 'P', current_stock: 3 },
  ]);
  expect(run.read({}).rejected).toMatchObject([{ code: 'MISSING' }]);
});

test('a mapping of renamed columns makes the same events of renamed rows', () => {
  const document = JSON.stringify(presets.woocommerce[0]);
  const columns = ['ID', 'SKU', 'Name', 'Stock', 'Low stock amount', 'Regular price', 'Categories'];
  const cell = fc.oneof(texts, fc.integer({ min: -5, max: 5_000 }).map(String));
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.string({ minLength: 1, maxLength: 9 }).filter((name) => !/^[$@]|^\s|\s$/.test(name)),
        { minLength: 7, maxLength: 7 },
      ),
      fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { maxLength: 5 }),
      (renamed, lines) => {
        const to = new Map(columns.map((column, index) => [column, renamed[index] ?? '']));
        const turned = JSON.parse(document, (_, value: unknown) => {
          if (typeof value === 'string') return to.get(value) ?? value;
          if (typeof value !== 'object' || value === null || Array.isArray(value) || !('Stock' in value))
            return value;
          return { [to.get('Stock') ?? '']: value.Stock };
        }) as object;
        const events = (mapping: object, header: readonly string[]): unknown => {
          const run = compileMapping(mapping).start({ columns: header, asOfMs: 0 });
          return lines.map(
            (line) => run.read(Object.fromEntries(header.map((name, index) => [name, line[index]]))).events,
          );
        };
        expect(events(turned, renamed)).toEqual(events(JSON.parse(document) as object, columns));
      },
    ),
  );
});

test('a table of shelves holds what a map of them would', () => {
  const shelf = fc.tuple(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), fc.integer());
  fc.assert(
    fc.property(fc.array(shelf, { maxLength: 3_000, size: 'max' }), (puts) => {
      const table = createShelfTable();
      const map = new Map<string, KnownStock>();
      for (const [store, product, stock] of puts) {
        const one = { timeMs: stock * 2, sequence: stock, stock, delta: -stock };
        table.set(store, product, one);
        map.set(JSON.stringify([store, product]), one);
      }
      expect(table.size).toBe(map.size);
      for (const [store, product] of puts)
        expect(table.get(store, product)).toEqual(map.get(JSON.stringify([store, product])));
    }),
    { numRuns: 30 },
  );
});

test('each change of a shelf is told once, and what is no event has counted nothing', () => {
  const mapping = compileMapping({
    version: 1,
    name: 'counts',
    mode: 'snapshot',
    fields: {
      store_id: { const: 'S1' },
      product_id: { from: 'item' },
      event_time: { from: 'at' },
      event_type: { from: 'type' },
      current_stock: { from: 'stock' },
    },
  });
  // Few times and few stocks: the same count comes twice, also behind another one of its time.
  const row = fc.record({
    item: fc.constantFrom('a', 'b'),
    hour: fc.nat(3),
    stock: fc.nat(2),
    type: fc.constantFrom('stock_count', 'stock_count', 'recount'),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      const run = mapping.start();
      const byId = new Map<string, InventoryEvent>();
      for (const { hour, ...rest } of rows)
        for (const event of run.read({ ...rest, at: `2026-01-05T0${hour}:00:00Z` }).events) {
          expect(byId.get(event.event_id) ?? event).toEqual(event);
          byId.set(event.event_id, event);
        }
      const last = new Map<string, InventoryEvent>();
      for (const event of byId.values()) {
        const before = last.get(event.product_id);
        expect(event.quantity_delta).toBe(event.current_stock - (before ?? event).current_stock);
        expect(event.sequence).toBeGreaterThan(before?.sequence ?? 0);
        last.set(event.product_id, event);
      }
    }),
  );
});
