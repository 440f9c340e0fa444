import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedModules } from '../scripts/generated-modules.js';
import { compileMapping, IntakeError, readMapping } from '../src/index.js';
import { extracts } from '../src/mapping/extract.js';

/** The document of the README. */
const till = {
  version: 1,
  name: 'my-till',
  mode: 'snapshot',
  encoding: 'windows-1252',
  delimiter: ';',
  decimal: ',',
  group: '.',
  skipWhen: { Bestand: ['not stocked', ''] },
  fields: {
    store_id: { from: 'Lager' },
    product_id: { from: ['SKU', 'Artikelnr.'] },
    event_time: { from: 'Stand', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Vienna' },
    current_stock: { from: 'Bestand', per: { carton: 12, piece: 1 }, unit: 'ME' },
    on_order: { sum: ['Bestellt', 'Unterwegs'], default: 0 },
    country: { const: 'AT' },
  },
  key: ['store_id', 'product_id', 'event_time'],
};
const columns = ['Lager', 'SKU', 'Stand', 'Bestand', 'ME', 'Bestellt', 'Unterwegs'];
const row = {
  Lager: 'W1',
  SKU: ' A-7 ',
  Stand: '05.01.2026 09:00',
  Bestand: '1.204',
  ME: 'piece',
  Bestellt: '',
  Unterwegs: '3',
};

test('the committed JSON Schema is what the type gives today', () => {
  for (const { file, text } of generatedModules()) expect(readFileSync(file, 'utf8'), file).toBe(text);
});

test('a row becomes a count with everything that it tells', () => {
  const { events, rejected, skipped } = compileMapping(till).start({ columns }).read(row);
  expect(rejected).toEqual([]);
  expect(skipped).toEqual([]);
  expect(events).toMatchObject([
    {
      event_type: 'stock_count',
      event_time: '2026-01-05T08:00:00.000Z',
      store_id: 'W1',
      store_name: 'W1',
      product_id: 'A-7',
      product_name: 'unknown',
      location: { country: 'AT', city: 'unknown' },
      quantity_delta: 0,
      current_stock: 1204,
      on_order: 3,
      is_low_stock: false,
    },
  ]);
});

test.each([
  [{ Bestand: '0x1F' }, 'NOT_A_NUMBER', 'current_stock'],
  [{ Bestand: '1,5' }, 'NOT_WHOLE', 'current_stock'],
  [{ ME: 'box' }, 'UNKNOWN_UNIT', 'current_stock'],
  [{ Stand: '30.02.2026 09:00' }, 'NOT_A_TIME', 'event_time'],
  [{ SKU: '' }, 'MISSING', 'product_id'],
])('a row with %j is refused as %s at %s', (change, code, field) => {
  const { events, rejected } = compileMapping(till)
    .start({ columns })
    .read({ ...row, ...change });
  expect(events).toEqual([]);
  expect(rejected).toMatchObject([{ code, field }]);
});

test.each([
  ['(2)', true],
  ['2-', true],
  ['2 pcs', false],
])('a count %j is refused, and the fix is named where there is one', (Bestand, isAmount) => {
  const { rejected } = compileMapping(till)
    .start({ columns })
    .read({ ...row, Bestand });
  expect(rejected[0]?.code).toBe('NOT_A_NUMBER');
  expect(rejected[0]?.message.includes('Add "extract": "amount" to fields.current_stock.')).toBe(isAmount);
});

test.each([
  ['4,5', undefined, 4.5],
  ['19,990', undefined, 19.99],
  ['955,65217', undefined, undefined],
  ['955,65217', 2, 955.65],
  ['1,005', 2, 1.01],
  ['-1,005', 2, -1.01],
  ['955,65217', 0, 956],
  ['-0,004', 2, 0],
])('a price of %s with %j decimals is %j', (Preis, decimals, price) => {
  const unit_price = { from: 'Preis', ...(decimals === undefined ? {} : { decimals }) };
  const { events, rejected } = compileMapping({ ...till, fields: { ...till.fields, unit_price } })
    .start({ columns: [...columns, 'Preis'] })
    .read({ ...row, Preis });
  expect(events.map((event) => event.unit_price)).toEqual(price === undefined ? [] : [price]);
  expect(rejected.map(({ code, message }) => [code, message])).toEqual(
    price === undefined
      ? [
          [
            'TOO_PRECISE',
            'Expected "Preis" to give a price of at most two decimals, got "955,65217". Add "decimals": 2 to fields.unit_price to round it.',
          ],
        ]
      : [],
  );
});

test('only a price is rounded', () => {
  const current_stock = { from: 'Bestand', decimals: 0 };
  expect(() => readMapping({ ...till, fields: { ...till.fields, current_stock } })).toThrow(
    'fields.current_stock.decimals: Expected `decimals` on unit_price only.',
  );
});

test('a document tells everything that is wrong with it together, each with its path', () => {
  const read = (): unknown =>
    readMapping({
      version: 2,
      nam: 'x',
      decimal: ';',
      fields: { store_id: { form: 'x' }, stock: { from: 'a' }, event_time: { from: 'a' } },
      key: [],
    });
  expect(read).toThrow(IntakeError);
  expect(read).toThrowErrorMatchingInlineSnapshot(`
    [IntakeError: The mapping is not valid:
    - version: Expected 1, got 2.
    - nam: Expected a known key, got "nam". Did you mean \`name\`?
    - decimal: Expected "," or ".", got ";".
    - fields.store_id.form: Expected a known key, got "form". Did you mean \`from\`?
    - fields.stock: Expected a known key, got "stock". Known: event_id, event_type, event_time, sequence, store_id, store_name, city, region, country, latitude, longitude, product_id, product_name, category, unit_price, quantity_delta, current_stock, min_threshold, on_order.
    - key: Expected a list that is not empty, got a list of 0.
    - name: Expected text of 1 to 100 characters, got nothing.]
  `);
});

test('a field of blanks is no amount, however long it is', () => {
  for (const text of [`${' '.repeat(900_000)}x`, `(${' '.repeat(900_000)}`])
    expect(extracts.amount(text)).toBeUndefined();
  expect(extracts.amount(`€${' '.repeat(200)}12,50`)).toBe('12,50');
});
