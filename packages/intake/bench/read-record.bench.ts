// What does it cost to read one record of an ingest, beside the exact reader of JSON alone?
import { readJson } from '@store/foundation';
import { createRecordReader, toInventoryEvent } from '@store/intake';

const event = {
  event_id: 'store-0001-0000000017',
  event_type: 'sale',
  event_time: '2026-01-05T08:30:00.000Z',
  sequence: 17,
  store_id: 'store-0001',
  store_name: 'Springfield Market',
  location: {
    city: 'Springfield',
    region: 'Illinois',
    country: 'US',
    latitude: 39.7817,
    longitude: -89.6501,
  },
  product_id: 'sku-000123',
  product_name: 'Organic Whole Milk 1 L',
  category: 'Dairy',
  unit_price: 12.5,
  quantity_delta: -3,
  current_stock: 17,
  min_threshold: 20,
  on_order: 40,
  is_low_stock: true,
};
const events = Array.from({ length: 400 }, (_, n) => JSON.stringify({ ...event, sequence: n }));
const sources: Readonly<Record<string, readonly string[]>> = {
  'inventory event': events,
  'event in local time': events.map((text) => text.replace('.000Z', '+02:00')),
};

type Read = ReturnType<typeof createRecordReader>;
const exact: Read = (text) => readJson(text, { numbers: 'value' });

function nsOf(texts: readonly string[], read: Read, whole: boolean): number {
  const before = process.hrtime.bigint();
  for (const text of texts) {
    const reading = read(text);
    if (!reading.ok) throw new Error('Each text is JSON.');
    if (whole && !toInventoryEvent(reading.value).ok) throw new Error('Each record is an event.');
  }
  return Number(process.hrtime.bigint() - before) / texts.length;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

console.log('| record | step | exact reader, ns | reader of a source, ns | ratio of pairs |');
console.log('| --- | --- | ---: | ---: | ---: |');
for (const [name, texts] of Object.entries(sources)) {
  for (const whole of [false, true]) {
    const read = createRecordReader();
    // In pairs: a noisy moment hits both alike.
    const pairs = Array.from(
      { length: 400 },
      () => [nsOf(texts, exact, whole), nsOf(texts, read, whole)] as const,
    );
    const warm = pairs.slice(40);
    const [a, b] = [median(warm.map(([first]) => first)), median(warm.map(([, second]) => second))];
    const ratio = median(warm.map(([first, second]) => second / first));
    console.log(
      `| ${name} | ${whole ? 'read and mapped' : 'read'} | ${a.toFixed(0)} | ${b.toFixed(0)} | ${ratio.toFixed(2)} |`,
    );
  }
}
