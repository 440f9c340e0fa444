// What do two declared extra columns, one of the store and one of the product, cost a line of NDJSON? The same world without
// them in the same process, or, with `--against FOLDER`, in an older build of the repository there. CPU time of interleaved
// rounds; the median of the rounds' ratios. Exits 1 above the floor.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createWorld } from '@store/generator';

const floor = 1.3;
const rounds = 15;
const events = 400_000;
const against = process.argv.indexOf('--against');
const folder = process.argv[against + 1];

const cpuNs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};
const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;

/** Nanoseconds an event of a world that is read on. */
function costOf(world: Pick<ReturnType<typeof createWorld>, 'ndjson'>): number {
  const began = cpuNs();
  let made = 0;
  for (const chunk of world.ndjson({ lend: true })) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) made++;
    if (made >= events) break;
  }
  return (cpuNs() - began) / made;
}

async function createOld(): Promise<typeof createWorld> {
  if (against === -1 || folder === undefined) return createWorld;
  const path = join(resolve(folder), 'packages/generator/dist/index.js');
  // The older build has the same function: it is what this bench is asked to compare with.
  const old = (await import(pathToFileURL(path).href)) as { readonly createWorld: typeof createWorld };
  return old.createWorld;
}

const size = { stores: 100, products: 100, days: 3650 };
const before = (await createOld())(size);
const after = createWorld({
  ...size,
  extra: [
    { name: 'currency', type: 'string', from: 'store.currency' },
    { name: 'pack_units', type: 'int', from: 'product.packUnits' },
  ],
});
const found: (readonly [before: number, after: number])[] = [];
for (let round = -2; round < rounds; round++) {
  const first = round % 2 === 0 ? costOf(before) : 0;
  const cost = costOf(after);
  const pair = [first === 0 ? costOf(before) : first, cost] as const;
  if (round >= 0) found.push(pair);
}
const ratio = median(found.map(([plain, extra]) => extra / plain));
console.log('| without, ns an event | with two columns, ns an event | ratio | at most |');
console.log('|---|---|---|---|');
const [plain, extra] = [median(found.map(([cost]) => cost)), median(found.map(([, cost]) => cost))];
console.log(`| ${plain.toFixed(0)} | ${extra.toFixed(0)} | ${ratio.toFixed(2)} | ${floor} |`);
process.exitCode = ratio > floor ? 1 : 0;
