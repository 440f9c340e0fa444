import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { type Emulator, startEmulator } from '@store/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../src/aws/client-options.js';
import { type Outcome, runStore } from '../terminal.js';

let cwd = '';
let emulator: Emulator | undefined;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'schema-catalog-'));
  emulator = await startEmulator({ dataDir: join(cwd, 'data') });
  const glue = new GlueClient(clientOptions('GLUE', {}, emulator.endpoint));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'shop' } }));
});
afterAll(async () => {
  await emulator?.close();
  rmSync(cwd, { recursive: true, force: true });
});

function writeType(fields: string): void {
  writeFileSync(join(cwd, 'order.ts'), `export interface Order {\n${fields}\n}\n`);
}

const store = (command: string, ...args: string[]): Promise<Outcome> =>
  runStore(['schema', command, ...args], { cwd, env: { AWS_ENDPOINT_URL: emulator?.endpoint ?? '' } });
const order = [
  '--entry',
  'order.ts',
  '--type',
  'Order',
  '--database',
  'shop',
  '--location',
  's3://lake/orders/',
];

test('a type goes to the catalog, changes, is refused when it would break readers, and goes back', async () => {
  writeType('id: string;\n/** @partitionKey */\nday: string;');
  expect(await store('diff', ...order)).toMatchObject({ code: 2 });
  expect(await store('push', ...order)).toMatchObject({ code: 0, stderr: '' });
  expect(await store('diff', ...order)).toMatchObject({
    code: 0,
    stdout: 'shop.order is what the type says: 1 column\n',
  });

  writeType('id: string;\nnote?: string;\n/** @partitionKey */\nday: string;');
  const added = await store('diff', ...order);
  expect(added.code).toBe(2);
  expect(added.stdout).toContain('note');
  expect(await store('push', ...order, '--dry-run')).toMatchObject({ code: 0 });
  expect(await store('push', ...order)).toMatchObject({ code: 0 });

  writeType('id: boolean;\nnote?: string;\n/** @partitionKey */\nday: string;');
  expect(await store('diff', ...order)).toMatchObject({ code: 3 });
  const refused = await store('push', ...order);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('BREAKING');

  const address = ['--database', 'shop', '--table', 'order'];
  const versions = await store('versions', ...address);
  expect(
    versions.stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/ {2}\S+Z/u, '').trim()),
  ).toEqual(['1  2 columns', '0  1 column']);
  expect(await store('rollback', ...address, '--to', '0')).toMatchObject({ code: 0 });
  expect((await store('versions', ...address)).stdout.trim().split('\n')[0]).toContain('1 column');
});

test('a table that is in the catalog need not be told where it lies; a new one must', async () => {
  const placeless = order.slice(0, 6);
  writeType('id: string;');
  const unknown = await store('push', ...placeless, '--table', 'unknown');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('shop.unknown is not in the catalog yet.');
  expect(unknown.stderr).toContain('--location s3://bucket/prefix/');
  expect(await store('push', ...order, '--table', 'known')).toMatchObject({ code: 0 });
  expect(await store('diff', ...placeless, '--table', 'known')).toMatchObject({ code: 0 });
  writeType('id: string;\nnote?: string;');
  expect(await store('push', ...placeless, '--table', 'known')).toMatchObject({ code: 0 });
});

test('ddl and JSON Schema are printed for the same type', async () => {
  writeType('id: string;\n/** @partitionKey */\nday: string;');
  const ddl = await store('ddl', ...order);
  expect(ddl).toMatchObject({ code: 0, stderr: '' });
  expect(ddl.stdout).toContain('PARTITIONED BY');
  const schema = await store('json-schema', ...order.slice(0, 4), '--target', 'draft-07');
  expect(JSON.parse(schema.stdout)).toMatchObject({ title: 'Order', properties: { id: { type: 'string' } } });
});
