import { compileJq } from '@store/jq';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runStore } from '../terminal.js';

// Not imported: its declarations would put the types of the DOM over those of Node, in every file of this project.
const require = createRequire(import.meta.url);
const { parse } = require('@cdktn/hcl2json') as {
  readonly parse: (filename: string, contents: string) => Promise<Readonly<Record<string, unknown>>>;
};

const order = `/** What was "ordered": 100% \${safe}, %{if} and all. */
export interface Order {
  /** Who ordered, C:\\\\orders. */
  id: string;
  placed_at: Date;
  /** @glueName unit_price */
  'Unit-Price': number;
}
export interface Kept {
  id: string;
  /** @partitionKey */
  Land: string;
}
`;

interface Local {
  readonly description: string | null;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly comment: string | null;
  }[];
  readonly partition_keys: readonly { readonly name: string }[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly delivery: {
    readonly prefix: string;
    readonly query: string | null;
    readonly column_to_json_key_mappings: Readonly<Record<string, string>>;
  };
}

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'schema-terraform-'));
  writeFileSync(join(cwd, 'order.ts'), order);
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

async function emit(type: string, ...flags: readonly string[]): Promise<string> {
  const location = ['--location', 's3://lake/orders'];
  const args = ['schema', 'emit', '--entry', 'order.ts', '--type', type, '--format', 'terraform'];
  const { code, stdout, stderr } = await runStore([...args, ...location, ...flags], { cwd });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}

/** By HashiCorp's own parser, which leaves doubled signs of templates as JSON configuration wants them. */
async function localOf(text: string, name: string): Promise<Local> {
  const parsed = JSON.stringify(await parse('order.tf', text)).replaceAll(/([$%])\1\{/g, '$1{');
  const { locals } = JSON.parse(parsed) as { locals: [Record<string, Local>] };
  const local = locals[0][name];
  if (local === undefined) throw new Error(`No local ${name} in ${text}`);
  return local;
}

const terraform = (input: string, ...args: readonly string[]): ReturnType<typeof spawnSync> =>
  spawnSync('terraform', args, { cwd, input, encoding: 'utf8', timeout: 120_000 });
const hasTerraform = spawnSync('terraform', ['version']).status === 0;

test('what a Terraform module needs of a type, partitioned by a time of it', async () => {
  const local = await localOf(await emit('Order', '--partition-by', 'placed_at:hour'), 'order');
  expect(local.description).toBe('What was "ordered": 100% ${safe}, %{if} and all.');
  expect(local.columns).toEqual([
    { name: 'id', type: 'string', comment: String.raw`Who ordered, C:\\orders.` },
    { name: 'placed_at', type: 'timestamp', comment: null },
    { name: 'unit_price', type: 'double', comment: null },
  ]);
  expect(local.partition_keys).toEqual([{ name: 'datehour', type: 'string', comment: null }]);
  expect(local.parameters).toMatchObject({
    'projection.enabled': 'true',
    'projection.datehour.format': 'yyyy-MM-dd-HH',
    'projection.datehour.interval.unit': 'HOURS',
  });
  expect(local.delivery.column_to_json_key_mappings).toEqual({ unit_price: 'Unit-Price' });
  expect(local.delivery.prefix).toBe('orders/datehour=!{partitionKeyFromQuery:datehour}/');
  const query = compileJq(local.delivery.query ?? '');
  expect([...query({ placed_at: '2026-01-05T08:30:00.000Z' })]).toEqual([{ datehour: '2026-01-05-08' }]);
  expect(() => [...query({ placed_at: '5 January' })]).toThrow('placed_at is not ISO 8601 in UTC');
});

test('the first line is the command that prints the file, as the person types it, with the options that were given', async () => {
  const text = await emit(
    'Order',
    '--partition-by',
    'placed_at:day',
    '--names',
    'snake',
    '--unmappable',
    'json',
  );
  const [, typed = ''] =
    /^# Printed by `store (.*)`\. Change the type, then print again\.\n/.exec(text) ?? [];
  expect(typed.split(' ')).toContain('snake');
  expect((await runStore(typed.split(' '), { cwd })).stdout).toBe(text);
  const started = { command: 'npm run store --', inPipe: 'npm run -s store --' };
  writeFileSync(join(cwd, 'an order.ts'), order);
  const args = ['schema', 'emit', '--entry', 'an order.ts', '--type', 'Kept', '--format', 'terraform'];
  const [first] = (await runStore(args, { cwd, started })).stdout.split('\n', 1);
  expect(first).toBe(
    "# Printed by `npm run -s store -- schema emit --entry 'an order.ts' --type Kept --format terraform`. Change the type, then print again.",
  );
});

test('columns marked @partitionKey are keys; a type with neither has no query', async () => {
  const kept = await localOf(await emit('Kept'), 'kept');
  expect(kept.partition_keys).toEqual([{ name: 'land', type: 'string', comment: null }]);
  expect(kept.delivery.prefix).toBe('orders/land=!{partitionKeyFromQuery:land}/');
  expect([...compileJq(kept.delivery.query ?? '')({ Land: 'CH' })]).toEqual([{ land: 'CH' }]);
  const plain = await localOf(await emit('Order'), 'order');
  expect(plain.delivery).toMatchObject({ prefix: 'orders/', query: null });
});

test.each(['id', 'none:hour', 'placed_at:week'])('%s partitions nothing', async (column) => {
  const args = ['schema', 'emit', '--entry', 'order.ts', '--type', 'Order', '--format', 'terraform'];
  const { code, stderr } = await runStore([...args, '--partition-by', column], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('event_time:hour or event_time:day');
  expect(stderr).toContain(column);
});

test.skipIf(!hasTerraform)(
  'Terraform reads the values that were meant, and formats them as they are',
  async () => {
    const text = await emit('Order', '--partition-by', 'placed_at:day');
    writeFileSync(join(cwd, 'order.tf'), text);
    expect(terraform(text, 'fmt', '-').stdout).toBe(text);
    const evaluated = String(terraform('jsonencode(local.order)\n', 'console').stdout);
    // The console prints JSON text as a quoted string.
    expect(JSON.parse(JSON.parse(evaluated) as string)).toEqual(await localOf(text, 'order'));
  },
);

test('the example in docs/deploy.md is HCL, and names only what is printed', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/deploy.md'), 'utf8');
  const example = /```hcl\n([^]*?)```/.exec(page)?.[1] ?? '';
  expect(Object.keys(await parse('main.tf', example))).toEqual(['resource']);
  const local: unknown = await localOf(await emit('Order', '--partition-by', 'placed_at:hour'), 'order');
  const paths = [...example.matchAll(/local\.order\.([\w.]+)/g)].map(([, path = '']) => path.split('.'));
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) {
    const found = path.reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      local,
    );
    expect(found, path.join('.')).toBeDefined();
  }
  if (hasTerraform) expect(terraform(example, 'fmt', '-').stdout).toBe(example);
});
