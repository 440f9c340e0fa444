// What does a mapping document cost beside the same mapping written by hand? One record: six renames, a constant, a decimal
// comma, a date with a zone, a computed flag.
import { hash } from 'node:crypto';
import { compileMapping } from '@store/intake';
import { validateInventoryEvent, type InventoryEvent } from '@store/schema';

const mapping = compileMapping({
  version: 1,
  name: 'till',
  decimal: ',',
  fields: {
    event_type: { const: 'stock_count' },
    event_time: { from: 'Stand', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Vienna' },
    store_id: { from: 'Lager' },
    product_id: { from: 'SKU' },
    product_name: { from: 'Bezeichnung' },
    category: { from: 'Gruppe' },
    unit_price: { from: 'Preis' },
    current_stock: { from: 'Bestand' },
    min_threshold: { from: 'Meldebestand' },
    country: { const: 'AT' },
  },
});

const columns = ['Lager', 'SKU', 'Bezeichnung', 'Gruppe', 'Preis', 'Stand', 'Bestand', 'Meldebestand'];
const rows = Array.from({ length: 1_000 }, (_, n) => ({
  Lager: `W${n % 40}`,
  SKU: `A-${n}`,
  Bezeichnung: `Müsli ${n} g`,
  Gruppe: 'Frühstück',
  Preis: `${n % 90},${String(n % 100).padStart(2, '0')}`,
  Stand: `${String((n % 28) + 1).padStart(2, '0')}.${String((n % 12) + 1).padStart(2, '0')}.2026 ${String(n % 24).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`,
  Bestand: String(n * 7),
  Meldebestand: '500',
}));
type Source = (typeof rows)[number];

// Changes of the clock in Vienna in 2026: what somebody who writes it by hand looks up once.
const [spring, autumn] = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)];
const time = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2})$/;
const decimal = /^-?\d+(?:,\d+)?$/;
const whole = /^-?\d+$/;

function timeOf(text: string): number | undefined {
  const parts = time.exec(text);
  if (parts === null) return undefined;
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  const local = Date.UTC(Number(parts[3]), month - 1, day, Number(parts[4]), Number(parts[5]));
  const date = new Date(local);
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return undefined;
  const winter = local - 3_600_000;
  return winter >= spring && winter < autumn ? local - 7_200_000 : winter;
}

/** The same event, the same checks. */
function byHand(row: Source): InventoryEvent | undefined {
  const timeMs = timeOf(row.Stand);
  const [store, product, price, stock, least] = [
    row.Lager.trim(),
    row.SKU.trim(),
    row.Preis.trim(),
    row.Bestand.trim(),
    row.Meldebestand.trim(),
  ];
  if (timeMs === undefined || store === '' || product === '') return undefined;
  if (!decimal.test(price) || !whole.test(stock) || !whole.test(least)) return undefined;
  const [current, threshold] = [Number(stock), Number(least)];
  const event = {
    event_id: '',
    event_type: 'stock_count',
    event_time: new Date(timeMs).toISOString(),
    sequence: timeMs,
    store_id: store,
    store_name: store,
    location: { city: 'unknown', region: 'unknown', country: 'AT', latitude: 0, longitude: 0 },
    product_id: product,
    product_name: row.Bezeichnung.trim() || 'unknown',
    category: row.Gruppe.trim() || 'unknown',
    unit_price: Number(price.replace(',', '.')),
    quantity_delta: 0,
    current_stock: current,
    min_threshold: threshold,
    on_order: 0,
    is_low_stock: current < threshold,
  };
  event.event_id = `in-${hash('sha256', JSON.stringify(Object.values(event))).slice(0, 32)}`;
  const result = validateInventoryEvent(event);
  return result.ok ? result.value : undefined;
}

const run = mapping.start({ columns });
for (const row of rows) {
  const [event] = run.read(row).events;
  if (JSON.stringify(event) !== JSON.stringify(byHand(row))) throw new Error('The two make other events.');
}

/** Microseconds of CPU a record. */
function cost(work: (row: Source) => unknown): number {
  const before = process.cpuUsage();
  for (let round = 0; round < 20; round++) for (const row of rows) work(row);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (20 * rows.length);
}

const pairs: { readonly mapped: number; readonly hand: number }[] = [];
for (let round = 0; round < 60; round++) {
  // The order is turned each round, so that neither is always the second.
  const first = round % 2 === 0;
  const a = first ? cost((row) => run.read(row)) : cost(byHand);
  const b = first ? cost(byHand) : cost((row) => run.read(row));
  if (round >= 20) pairs.push(first ? { mapped: a, hand: b } : { mapped: b, hand: a });
}
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
console.log('| way | µs of CPU a record |');
console.log('| --- | ---: |');
console.log(`| mapping document | ${median(pairs.map(({ mapped }) => mapped)).toFixed(2)} |`);
console.log(`| by hand | ${median(pairs.map(({ hand }) => hand)).toFixed(2)} |`);
console.log(`| ratio | ${median(pairs.map(({ mapped, hand }) => mapped / hand)).toFixed(2)} |`);
