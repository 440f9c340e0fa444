import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, start } from '../built-command.js';
import { runStore } from '../terminal.js';

interface Interval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Row {
  readonly policy: string;
  readonly kind: string;
  readonly rank: number | null;
  readonly cost: Interval;
  readonly moreThanFirst: Interval | null;
  readonly bySeed: readonly number[];
  readonly serviceLevel: Interval | null;
  readonly costs: Readonly<Record<string, number>> | null;
}

interface Comparison {
  readonly seeds: readonly number[];
  readonly days: number;
  readonly stores: number;
  readonly products: number;
  readonly rows: readonly Row[];
  readonly failures: readonly { readonly policy: string; readonly seed: number; readonly message: string }[];
}

/** Policy files: two that work, of which one imports TypeScript and reads a memo, and every way to fail. */
const files = {
  'same.ts': `
    import type { PolicyState } from '@store/generator';
    import { short } from './levels.js';
    console.log('what a policy prints is no result');
    export default ({ products }: PolicyState) => products.flatMap((product) => short(product));
  `,
  'levels.ts': `
    import { PolicyProduct, PolicyOrder } from '@store/generator';
    export function short({ product_id, onOrder, recordedStock, reorderPoint, orderUpTo }: PolicyProduct): PolicyOrder[] {
      if (onOrder > 0 || recordedStock >= reorderPoint) return [];
      return [{ product_id, quantity: orderUpTo - recordedStock }];
    }
  `,
  'rare.mjs': `
    import { economicOrderQuantity } from '@store/generator';
    export const policy = ({ products, memo }) => ({
      orders: memo === 1 ? products.map(({ product_id }) => ({ product_id, quantity: Math.round(economicOrderQuantity(20, 1, 1)) })) : [],
      memo: ((memo ?? 0) + 1) % 9,
    });
  `,
  'hangs.js': `export const policy = ({ date, store }) => { while (date === '2026-01-08' && store.store_id === 'store-0002'); return []; };`,
  'throws.mts': `export default (state: { date: string }): never[] => { if (state.date > '2026-01-07') throw new Error('no figs'); return []; };`,
  'nonsense.mjs': `export default ({ products: [first] }) => [{ product_id: first.product_id, quantity: 0.5 }];`,
  'leaves.mjs': `export default () => process.exit(0);`,
  'none.mjs': `export const other = 1;`,
  'wrong.ts': `export default ({ products }) => { return [; };`,
  'waits.mjs': `await new Promise(() => {}); export default () => [];`,
  'package.json': `{ "type": "module" }`,
  'old/package.json': `{ "type": "commonjs" }`,
  'old/object.js': `module.exports = { levels: [], policy: ({ products }) => products.filter(() => false) };`,
  'old/compiled.js': `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = () => [];`,
  'world.json': `{ "worldFile": 1, "costs": { "ordering": 3 },
    "stores": [{ "store_id": "a", "timeZone": "Europe/Berlin", "currency": "EUR" }, { "store_id": "b", "timeZone": "Europe/Lisbon", "currency": "EUR" }],
    "products": [{ "product_id": "oats", "unit_price": 2 }, { "product_id": "figs", "unit_price": 4, "shelfLifeDays": 5 }] }`,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-benchmark-'));
  await mkdir(join(folder, 'old'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function benchmark(
  ...args: readonly string[]
): Promise<{ code: number | null; told: Comparison; stderr: string }> {
  const { code, stdout, stderr } = await ended(start(['benchmark', '--json', ...args], folder));
  return { code, told: JSON.parse(stdout) as Comparison, stderr };
}

const policies = (...names: readonly string[]): string[] => names.flatMap((name) => ['--policy', name]);
const small = ['--stores', '3', '--products', '12', '--days', '20'];

test('policies are ranked by cost with intervals, and those that fail are named with store and day', async () => {
  const names = ['same.ts', 'rare.mjs', 'hangs.js', 'throws.mts', 'nonsense.mjs', 'leaves.mjs'];
  const { code, told, stderr } = await benchmark(
    ...small,
    ...policies(...names),
    '--seeds',
    '2',
    '--call-limit',
    '5',
  );
  expect(code).toBe(1);
  expect(told).toMatchObject({ seeds: [42, 43], days: 20, stores: 3, products: 12 });
  const { rows, failures } = told;
  const row = (name: string): Row | undefined => rows.find(({ policy }) => policy === name);
  const ranked = ['same.ts', 'rare.mjs', 'sS', 'sQ', 'RS', 'newsvendor'];
  expect(rows.map(({ policy }) => policy).sort()).toEqual([...ranked, 'clairvoyant bound'].sort());
  expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, null]);
  // A function that repeats a built-in policy costs what that costs, in every world.
  expect(row('same.ts')?.bySeed).toEqual(row('sS')?.bySeed);
  const bound = row('clairvoyant bound');
  const [first] = rows;
  for (const { kind, cost, moreThanFirst, bySeed, costs } of rows) {
    const [one = 0, two = 0] = bySeed;
    // Student's t of one degree of freedom.
    const half = 12.706 * Math.abs((one - two) / 2);
    expect([cost.mean, cost.low, cost.high].map((value) => value?.toFixed(4))).toEqual(
      [(one + two) / 2, (one + two) / 2 - half, (one + two) / 2 + half].map((value) => value.toFixed(4)),
    );
    for (const [n, total] of bySeed.entries())
      expect(total).toBeGreaterThanOrEqual(bound?.bySeed[n] ?? Infinity);
    if (kind === 'bound') continue;
    expect(Object.values(costs ?? {}).reduce((sum, part) => sum + part, 0)).toBeCloseTo(cost.mean, 6);
    if (moreThanFirst === null) continue;
    expect(moreThanFirst.mean).toBeCloseTo(cost.mean - (first?.cost.mean ?? 0), 6);
  }
  expect([...failures].sort((a, b) => names.indexOf(a.policy) - names.indexOf(b.policy))).toEqual([
    {
      policy: 'hangs.js',
      seed: 42,
      message: 'policy: store-0002 on 2026-01-08: it has not returned after 5 s (--call-limit).',
    },
    { policy: 'throws.mts', seed: 42, message: 'policy: store-0001 on 2026-01-08: it threw: no figs' },
    {
      policy: 'nonsense.mjs',
      seed: 42,
      message: expect.stringMatching(
        /^policy: store-0001 on 2026-01-04: orders\[0\]\.quantity of 'SKU-000001' is 0\.5/,
      ) as string,
    },
    {
      policy: 'leaves.mjs',
      seed: 42,
      message: expect.stringContaining('ended its thread with code 0') as string,
    },
  ]);
  expect(stderr).toContain('"code":"POLICY_FAILED"');
  expect(stderr).toContain('what a policy prints is no result');
});

test('a world file has costs of its own, and one seed has no interval', async () => {
  const args = ['benchmark', '--world', 'world.json', '--seeds', '1', '--days', '10'];
  const { code, stdout, stderr } = await ended(start(args, folder));
  expect([code, stderr]).toEqual([0, '']);
  const [title, , names = '', ...lines] = stdout.split('\n');
  expect(title).toBe('1 world of 2 stores, 2 products, 10 days (seed 42)');
  expect(names.trim().split(/ {2,}/)).toEqual(
    expect.arrayContaining(['policy', 'cost', 'service', 'ordering']),
  );
  expect(
    lines
      .slice(0, 5)
      .map((line) => line.trim().split(/ {2,}/)[1])
      .sort(),
  ).toHaveLength(5);
  for (const line of lines.slice(0, 4))
    expect(
      Number(
        line
          .slice(0, names.indexOf('ordering') + 8)
          .split(' ')
          .at(-1),
      ) % 3,
    ).toBe(0);
  expect(stdout).toContain('clairvoyant bound');
  expect(stdout).not.toContain('±');
  expect(stdout).toContain('One world says nothing of chance');
});

test('a file that holds no policy is wrong usage, with what it is', async () => {
  const { code, stdout, stderr } = await ended(
    start(['benchmark', ...policies('none.mjs', 'wrong.ts', 'waits.mjs')], folder),
  );
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(
    'none.mjs: Expected a function as its default export, or as `policy`; it exports other (1).',
  );
  expect(stderr).toMatch(/wrong\.ts: .*wrong\.ts:1: /);
  expect(stderr).toContain('waits.mjs: what it awaits when it is imported never comes.');
});

test('the policy of a CommonJS file is found in the object that it exports', async () => {
  const size = ['--stores', '1', '--products', '2', '--days', '5', '--seeds', '1'];
  const { code, stdout, stderr } = await ended(
    start(['benchmark', ...size, ...policies('old/object.js', 'old/compiled.js')], folder),
  );
  expect([code, stderr]).toEqual([0, '']);
  for (const name of ['old/object.js', 'old/compiled.js']) expect(stdout).toContain(name);
});

test.each([
  ['a file that is not there', ['--policy', 'gone.ts'], 'The policy gone.ts cannot be read'],
  [
    'another kind of file',
    ['--policy', 'world.json'],
    'to be a file that ends in .ts, .mts, .js, .mjs; got world.json',
  ],
  ['a file twice', policies('same.ts', 'same.ts'), '--policy same.ts is given twice'],
  ['no seeds', ['--seeds', '0'], 'a whole number from 1 to 1,000'],
  ['seeds without end', ['--seed', '9007199254740991', '--seeds', '2'], 'to stay below 2^53'],
  [
    'a preset of other events',
    ['--preset', 'workshop'],
    'Expected one of m5, fresh, highLow, audit, theory, got workshop',
  ],
  ['no time at all', ['--call-limit', '0'], 'a number above 0'],
])('%s is refused before any work', async (_, args, message) => {
  const { code, stdout, stderr } = await runStore(['benchmark', ...args], { cwd: folder });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test.each([
  ['its file is loaded', "console.error('at work'); for (;;);"],
  ['it decides', "export default () => { console.error('at work'); for (;;); };"],
])('Ctrl-C while a policy never ends as %s stops the comparison, and blames nobody', async (_, source) => {
  await writeFile(join(folder, 'endless.mjs'), source);
  const child = start(['benchmark', '--policy', 'endless.mjs', ...small], folder);
  const atWork = new Promise<void>((resolve) => {
    child.stderr.on('data', (text) => {
      if (String(text).includes('at work')) resolve();
    });
  });
  const outcome = ended(child);
  await atWork;
  child.kill('SIGINT');
  const { code, stderr } = await outcome;
  expect(stderr.replaceAll('at work\n', '')).toBe('Stopped. Nothing was compared.\n');
  expect(code).toBe(130);
});
