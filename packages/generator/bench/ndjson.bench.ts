// What does an event cost as a line of NDJSON, against building the object and JSON.stringify, and against
// @faker-js/faker for each field? Same process, CPU time, interleaved rounds, medians; rivals write bytes too.
import { fakerEN as faker } from '@faker-js/faker';
import { createWorld, eventTypes, type World } from '@store/generator';

const cpuNs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};
const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;
const buffer = Buffer.alloc(65_536);

/** The lines of the whole model. */
function lines(world: World, events: number): number {
  const began = cpuNs();
  let left = events * 400;
  let bytes = 0;
  for (const chunk of world.ndjson({ lend: true })) {
    bytes += chunk.length;
    left -= chunk.length;
    if (left <= 0) break;
  }
  const cost = cpuNs() - began;
  return cost / (bytes / bytesPerEvent);
}

/** The same events of the same model as columns alone. */
function columns(world: World, events: number): number {
  const began = cpuNs();
  let made = 0;
  for (const batch of world.batches({ maxEvents: 1024, lend: true }))
    if ((made += batch.length) >= events) break;
  return (cpuNs() - began) / made;
}

/** The same events of the same model, each built as an object and made a string, then bytes. */
function stringified(world: World, events: number): number {
  const began = cpuNs();
  let made = 0;
  for (const event of world.events()) {
    buffer.write(`${JSON.stringify(event)}\n`);
    if (++made >= events) break;
  }
  return (cpuNs() - began) / made;
}

/** An event of independent fields, as test data are usually made: no model at all. */
function faked(events: number): number {
  const began = cpuNs();
  for (let n = 0; n < events; n++) {
    const stock = faker.number.int({ max: 200 });
    const threshold = faker.number.int({ max: 50 });
    const event = {
      event_id: faker.string.uuid(),
      event_type: faker.helpers.arrayElement(eventTypes),
      event_time: faker.date.recent().toISOString(),
      sequence: n,
      store_id: faker.string.numeric(6),
      store_name: faker.company.name(),
      location: {
        city: faker.location.city(),
        region: faker.location.state(),
        country: faker.location.countryCode(),
        latitude: faker.location.latitude(),
        longitude: faker.location.longitude(),
      },
      product_id: faker.string.numeric(8),
      product_name: faker.commerce.productName(),
      category: faker.commerce.department(),
      unit_price: Number(faker.commerce.price()),
      quantity_delta: faker.number.int({ min: -10, max: 10 }),
      current_stock: stock,
      min_threshold: threshold,
      on_order: faker.number.int({ max: 100 }),
      is_low_stock: stock < threshold,
    };
    buffer.write(`${JSON.stringify(event)}\n`);
  }
  return (cpuNs() - began) / events;
}

const bytesPerEvent = 420;
const rounds = 7;
console.log(
  '| series | columns ns | NDJSON ns | object + JSON.stringify ns | faker ns | over stringify | over faker |',
);
console.log('|---|---|---|---|---|---|---|');
let short = false;
for (const [stores, products] of [
  [100, 100],
  [1000, 1000],
] as const) {
  const world = createWorld({ stores, products, days: 3650 });
  world.seek('2026-01-06');
  const found: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = -1; round < rounds; round++) {
    const [c, l, s, f] = [columns(world, 1e6), lines(world, 1e6), stringified(world, 1e5), faked(5000)];
    if (round >= 0) [c, l, s, f].forEach((cost, n) => found[n]?.push(cost));
  }
  const [c, l, s, f] = found.map(median) as [number, number, number, number];
  console.log(
    `| ${stores * products} | ${c.toFixed(0)} | ${l.toFixed(0)} | ${s.toFixed(0)} | ${f.toFixed(0)} | ${(s / l).toFixed(1)} | ${(f / l).toFixed(0)} |`,
  );
  if (s / l < 10 || f / l < 70) short = true;
}
process.exitCode = short ? 1 : 0;
console.log(
  short ? '\nBelow the floor of 10 and 70.' : '\nAbove the floor of 10 times stringify and 70 times faker.',
);
