// How fast does the generated encoder write an inventory event, beside JSON.stringify and fast-json-stringify?
// Exits 1 below the floor: the machine's noise under what is measured.
import fastJsonStringify from 'fast-json-stringify';
import { generateEncoder } from '../src/codegen/generate-encoder.js';
import { type RecordEncoder, toJsonSchema } from '../src/index.js';
import { importText } from '../test/bundle-generated.js';
import { inventoryEvent, sampleEvent } from '../test/inventory-event-schema.js';
import { measure, printTable } from './rounds.js';

const source = generateEncoder(inventoryEvent, {
  typeImport: { name: 'InventoryEvent', from: './event.js' },
});
// The generator's contract gives the name.
const { inventoryEventEncoder } = (await importText(source)) as {
  inventoryEventEncoder: RecordEncoder<unknown>;
};
const schema = toJsonSchema(inventoryEvent, { target: 'draft-07' });
const properties = schema.properties as Record<string, unknown>;
// It asks for an object; every event here is one.
const fast = fastJsonStringify({
  ...schema,
  type: 'object',
  // A choice between text and number costs fast-json-stringify a validator; it is told which one it is.
  properties: { ...properties, unit_price: { type: 'string' }, event_time: { type: 'string' } },
});

const events = Array.from({ length: 10_000 }, (_, index): unknown =>
  JSON.parse(
    JSON.stringify({
      ...sampleEvent,
      sequence: index * 7,
      event_id: `store-0001-${String(index).padStart(6, '0')}`,
      location: { ...sampleEvent.location, latitude: 39 + (index % 50) / 100 },
    }),
  ),
);
const buffer = new Uint8Array(1 << 20);
const utf8 = new TextEncoder();
const room = buffer.length - 4096;
const viaText = (toText: (event: unknown) => string) => (): number => {
  let at = 0;
  for (const event of events) {
    if (at > room) at = 0;
    at += utf8.encodeInto(toText(event), buffer.subarray(at)).written;
  }
  return at;
};

const times = measure(
  {
    'JSON.stringify to bytes': viaText((event) => JSON.stringify(event)),
    'JSON.stringify, text only': () =>
      events.reduce<number>((sum, event) => sum + JSON.stringify(event).length, 0),
    'fast-json-stringify to bytes': viaText((event) => fast(event as object)),
    'generated encoder': () => {
      let at = 0;
      for (const event of events) at = inventoryEventEncoder.encodeInto(event, buffer, at > room ? 0 : at);
      return at;
    },
  },
  events.length,
);
printTable('one event of 473 bytes', times, 'JSON.stringify to bytes');
const speed = (times.get('JSON.stringify to bytes') ?? NaN) / (times.get('generated encoder') ?? NaN);
const floor = 3.2;
if (!(speed >= floor)) {
  console.error(`Expected ${floor} times the speed of JSON.stringify to bytes, got ${speed.toFixed(2)}.`);
  process.exitCode = 1;
}
