// What does a row of CSV cost: to csv-parse, to our reader plain and with quotes, and with its event made?
import { parse } from 'csv-parse/sync';
import { createOwnRows, ownColumns, RecordSource, toInventoryEvent } from '../src/index.js';

const names =
  'event_id,event_type,event_time,sequence,store_id,store_name,location.city,location.region,location.country,location.latitude,location.longitude,product_id,product_name,category,unit_price,quantity_delta,current_stock,min_threshold,on_order,is_low_stock';
const row = (n: number, name: string): string =>
  `store-0001-${n},sale,2026-01-05T08:30:00.000Z,${n},store-0001,Springfield Market,Springfield,Illinois,US,39.7817,-89.6501,sku-000123,${name},Dairy,12.50,-3,17,20,40,true`;
const ROWS = 2000;
const file = (name: string): string =>
  `${names}\n${Array.from({ length: ROWS }, (_, n) => row(n, name)).join('\n')}\n`;
const plain = file('Organic Whole Milk');
const quoted = file('"Organic, Whole Milk"');
const doubled = file('"Organic ""Whole"" Milk"');

function read(text: string): void {
  const source = new RecordSource({ format: 'csv', onHeader: () => (fields) => fields });
  if (source.push(Buffer.from(text)).length + source.end().length !== ROWS)
    throw new Error('Each row is one.');
}
function events(text: string, isLong: boolean): void {
  const rows = createOwnRows();
  const onHeader = isLong ? ownColumns : rows.onHeader;
  const source = new RecordSource({ format: 'csv', onHeader });
  for (const { value } of [...source.push(Buffer.from(text)), ...source.end()])
    if (!(isLong ? toInventoryEvent(value) : rows.read(value)).ok) throw new Error('Each row is an event.');
}

const steps: readonly (readonly [string, () => unknown])[] = [
  ['csv-parse', () => parse(plain, { relax_quotes: true })],
  ['csv-parse with raw and info', () => parse(plain, { relax_quotes: true, raw: true, info: true })],
  [
    'rows without a quote',
    () => {
      read(plain);
    },
  ],
  [
    'rows with a quoted field',
    () => {
      read(quoted);
    },
  ],
  [
    'rows with doubled quotes, by csv-parse',
    () => {
      read(doubled);
    },
  ],
  [
    'events, by the long way',
    () => {
      events(plain, true);
    },
  ],
  [
    'events',
    () => {
      events(plain, false);
    },
  ],
];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const found = new Map<string, number[]>(steps.map(([name]) => [name, []]));
for (let round = 0; round < 40; round++) {
  // By turns: a noisy moment hits all alike.
  for (const [name, work] of steps) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (round >= 10) found.get(name)?.push((user + system) / ROWS);
  }
}
console.log('| step | µs of CPU a row |');
console.log('| --- | ---: |');
for (const [name, values] of found) console.log(`| ${name} | ${median(values).toFixed(2)} |`);
