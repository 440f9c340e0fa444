import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchCreatePartitionCommand, CreateTableCommand, type TableInput } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { order, serveCatalog, type ServedCatalog } from './served-catalog.js';
import { runStore } from '../terminal.js';

let catalog: ServedCatalog;
beforeAll(async () => {
  catalog = await serveCatalog();
});
afterAll(() => catalog.close());

test('a type goes to the catalog, changes, is refused when it would break readers, and goes back', async () => {
  catalog.writeType('id: string;\n/** @partitionKey */\nday: string;');
  expect(await catalog.store('diff', ...order)).toMatchObject({ code: 2 });
  expect(await catalog.store('push', ...order)).toMatchObject({ code: 0, stderr: '' });
  expect(await catalog.store('diff', ...order)).toMatchObject({
    code: 0,
    stdout: 'shop.order is what the type says: 1 column\n',
  });

  catalog.writeType('id: string;\nnote?: string;\n/** @partitionKey */\nday: string;');
  const added = await catalog.store('diff', ...order);
  expect(added.code).toBe(2);
  expect(added.stdout).toContain('note');
  expect(await catalog.store('push', ...order, '--dry-run')).toMatchObject({ code: 0 });
  expect(await catalog.store('push', ...order)).toMatchObject({ code: 0 });

  catalog.writeType('id: boolean;\nnote?: string;\n/** @partitionKey */\nday: string;');
  expect(await catalog.store('diff', ...order)).toMatchObject({ code: 3 });
  const refused = await catalog.store('push', ...order);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('BREAKING');

  const address = ['--database', 'shop', '--table', 'order'];
  const versions = await catalog.store('versions', ...address);
  expect(
    versions.stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/ {2}\S+Z/u, '').trim()),
  ).toEqual(['1  2 columns', '0  1 column']);
  expect(await catalog.store('rollback', ...address, '--to', '0')).toMatchObject({ code: 0 });
  expect((await catalog.store('versions', ...address)).stdout.trim().split('\n')[0]).toContain('1 column');
});

test('a table that is in the catalog need not be told where it lies; a new one must', async () => {
  const placeless = order.slice(0, 6);
  catalog.writeType('id: string;');
  const unknown = await catalog.store('push', ...placeless, '--table', 'unknown');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('shop.unknown is not in the catalog yet.');
  expect(unknown.stderr).toContain('--location s3://bucket/prefix/');
  expect(await catalog.store('push', ...order, '--table', 'known')).toMatchObject({ code: 0 });
  expect(await catalog.store('diff', ...placeless, '--table', 'known')).toMatchObject({ code: 0 });
  catalog.writeType('id: string;\nnote?: string;');
  expect(await catalog.store('push', ...placeless, '--table', 'known')).toMatchObject({ code: 0 });
});

test('ddl and JSON Schema are printed for the same type', async () => {
  catalog.writeType('id: string;\n/** @partitionKey */\nday: string;');
  const ddl = await catalog.store('ddl', ...order);
  expect(ddl).toMatchObject({ code: 0, stderr: '' });
  expect(ddl.stdout).toContain('PARTITIONED BY');
  const schema = await catalog.store('json-schema', ...order.slice(0, 4), '--target', 'draft-07');
  expect(JSON.parse(schema.stdout)).toMatchObject({ title: 'Order', properties: { id: { type: 'string' } } });
});

const made = async (input: TableInput): Promise<void> => {
  await catalog.glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput: input }));
};

/** The table of the type, as it would be pushed first. */
const placed = (Name: string, type: string, more: Partial<TableInput> = {}): TableInput => ({
  Name,
  TableType: 'EXTERNAL_TABLE',
  ...more,
  StorageDescriptor: {
    Columns: [{ Name: 'id', Type: type }],
    Location: `s3://lake/${Name}`,
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    Compressed: false,
    SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe', Parameters: {} },
  },
});

test('a table that others made is changed only as its kind allows, in words and as JSON', async () => {
  catalog.writeType('id: string;');
  const at = (table: string): string[] => [...order.slice(0, 6), '--table', table];
  await made({ Name: 'seen', TableType: 'VIRTUAL_VIEW', ViewOriginalText: '/* Presto View: e30= */' });
  await made(placed('cold', 'string', { Parameters: { table_type: 'ICEBERG' } }));
  for (const [table, said] of [
    ['seen', 'is a view'],
    ['cold', 'is an Iceberg table'],
  ] as const) {
    for (const command of ['diff', 'push']) {
      const refused = await catalog.store(command, ...at(table), '--compatibility', 'NONE');
      expect(refused.code).toBe(3);
      expect(refused.stdout + refused.stderr).toContain(`shop.${table} ${said}`);
      const json = await catalog.store(command, ...at(table), '--json');
      expect(json).toMatchObject({ code: 3, stderr: '' });
      expect(JSON.parse(json.stdout)).toMatchObject({
        action: 'refuse',
        violations: [{ kind: 'TABLE_KIND' }],
      });
    }
    const back = await catalog.store('rollback', '--database', 'shop', '--table', table, '--to', '0');
    expect(back).toMatchObject({ code: 3 });
    expect(back.stderr).toContain(said);
  }
  // A JSON table in a folder without its last slash is what it is.
  await made(placed('plain', 'STRING'));
  const found = await catalog.store('diff', ...at('plain'));
  expect(found.code).toBe(2);
  expect(found.stdout).not.toContain('STORAGE');
  const json = JSON.parse((await catalog.store('diff', ...at('plain'), '--json')).stdout) as {
    changes: { kind: string; path: string }[];
  };
  expect(json.changes.map(({ kind }) => kind)).toContain('PARAMETER');
  for (const { kind, path } of json.changes)
    expect(found.stdout).toMatch(new RegExp(`^NONE +${kind} +${path}: `, 'mu'));
  expect(found.stdout.trim().split('\n')).toHaveLength(json.changes.length);
  // Keys and place are the table's own, whatever the key's type is.
  const keyed = placed('partitioned', 'string', { PartitionKeys: [{ Name: 'day', Type: 'integer' }] });
  await made(keyed);
  expect(await catalog.store('push', ...at('partitioned'))).toMatchObject({ code: 0, stderr: '' });
  await made(placed('typed', 'integer'));
  const typed = await catalog.store('diff', ...at('typed'));
  expect(typed.code).toBe(3);
  expect(typed.stdout).toContain('TYPE_CHANGED id: `id` becomes string, was integer');
  expect(typed.stdout).toContain('Refused: 1 change of shop.typed');
});

test('a new field of a struct names the flag and what it assumes; partitions follow on request', async () => {
  const keyed = [...order, '--table', 'keyed', '--partition-key', 'day:string'];
  catalog.writeType('place: { a: string; z: string };');
  await catalog.store('push', ...keyed);
  const storage = {
    Location: 's3://lake/orders/x/',
    Columns: [{ Name: 'place', Type: 'struct<a:string,z:string>' }],
  };
  const PartitionInputList = ['x', 'y'].map((day) => ({ Values: [day], StorageDescriptor: storage }));
  await catalog.glue.send(
    new BatchCreatePartitionCommand({ DatabaseName: 'shop', TableName: 'keyed', PartitionInputList }),
  );
  catalog.writeType('place: { a: string; z: string; end?: string };');
  const end = await catalog.store('push', ...keyed);
  expect(end.code).toBe(3);
  expect(end.stderr).toMatch(/^CONDITIONAL ADDED/mu);
  expect(end.stderr).toContain('--allow-widen takes what is CONDITIONAL, and assumes that your readers find');
  expect(end.stderr).toContain('2 registered partitions keep their own columns');
  catalog.writeType('place: { a: string; middle?: string; z: string };');
  expect((await catalog.store('push', ...keyed, '--allow-widen')).stderr).toMatch(/^BREAKING +ADDED/mu);
  const cascaded = await catalog.store('push', ...keyed, '--allow-widen', '--cascade');
  expect(cascaded).toMatchObject({ code: 0, stderr: '' });
  expect(cascaded.stdout).toContain('2 partitions updated, 0 had the columns');
  const json = await catalog.store('push', ...keyed, '--cascade', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ cascade: { updated: 0, unchanged: 2, failed: [] } });
});

test("a column of the catalog in capitals is the type's column", async () => {
  catalog.writeType('order_id: string;');
  const input = placed('capitals', 'string');
  const Columns = [{ Name: 'Order_ID', Type: 'varchar(20)' }];
  await made({ ...input, StorageDescriptor: { ...input.StorageDescriptor, Columns } });
  const found = await catalog.store('diff', ...order.slice(0, 6), '--table', 'capitals');
  expect(found.stdout).not.toContain('is new');
  expect(found.stdout).toContain('`order_id` becomes string, was varchar(20)');
  const pushed = await catalog.store('push', ...order.slice(0, 6), '--table', 'capitals', '--allow-widen');
  expect(pushed).toMatchObject({ code: 0, stderr: '' });
  const same = await catalog.store('diff', ...order.slice(0, 6), '--table', 'capitals');
  expect(same).toMatchObject({ code: 0, stdout: 'shop.capitals is what the type says: 1 column\n' });
});

test('a version after rollback and a database that is not there say what to do', async () => {
  const version = await catalog.store('rollback', '--database', 'shop', '--table', 'order', '--version', '1');
  expect(version).toMatchObject({ code: 2, stdout: '' });
  expect(version.stderr).toContain('use --to 1');
  catalog.writeType('id: string;');
  const absent = order.map((word) => (word === 'shop' ? 'absent' : word));
  expect((await catalog.store('push', ...absent)).stderr).toContain('--create-database');
  expect(await catalog.store('push', ...absent, '--create-database')).toMatchObject({ code: 0 });
});

test.each([
  [
    'User: arn:aws:iam::1:user/a is not authorized to perform: glue:GetTable on resource: arn:aws:glue:::catalog',
    'Fix: Ask for the action glue:GetTable on it.',
  ],
  ['Denied.', 'Fix: Ask for the action glue:GetTable on it.'],
  [
    'Insufficient Lake Formation permission(s): Required Alter on order',
    'Fix: IAM is not enough here: let a Lake Formation administrator grant ALTER on shop.order to this role',
  ],
])('a call that AWS denies (%s) is named, with the way to have it', async (message, fix) => {
  const server = createServer((_, response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: 'AccessDeniedException', Message: message, message }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A server on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  catalog.writeType('id: string;');
  const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
  const denied = await runStore(['schema', 'diff', ...order], { cwd: catalog.cwd, env });
  server.close();
  expect(denied.code).toBe(1);
  expect(denied.stderr).toContain('AWS denies glue:GetTable for "shop.order"');
  expect(denied.stderr).toContain(fix);
  expect(denied.stderr).not.toContain('PutRecordBatch');
});
