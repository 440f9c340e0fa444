import {
  BatchCreatePartitionCommand,
  CreateTableCommand,
  GetPartitionsCommand,
  type PartitionInput,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { order, serveCatalog, type ServedCatalog } from './served-catalog.js';

let catalog: ServedCatalog;
beforeAll(async () => {
  catalog = await serveCatalog();
});
afterAll(() => catalog.close());

test('a cascade names the partitions whose files it would make unreadable, and takes them only when told to', async () => {
  const parted = [...order, '--table', 'parted', '--partition-key', 'day:string'];
  catalog.writeType('order_id: string;\nqty: number;');
  expect(await catalog.store('push', ...parted)).toMatchObject({ code: 0 });
  const columns = (...types: string[]): { Name: string; Type: string }[] =>
    types.map((text) => ({ Name: text.split(' ')[0] ?? '', Type: text.split(' ')[1] ?? '' }));
  const partition = (day: string, ...types: string[]): PartitionInput => ({
    Values: [day],
    StorageDescriptor: { Location: `s3://lake/orders/${day}/`, Columns: columns(...types) },
  });
  const own = ['order_id bigint', 'qty string', 'old string'];
  const PartitionInputList = [partition('a', 'order_id string', 'qty double'), partition('b', ...own)];
  const address = { DatabaseName: 'shop', TableName: 'parted' };
  await catalog.glue.send(new BatchCreatePartitionCommand({ ...address, PartitionInputList }));
  const found = async (): Promise<unknown> => {
    const { Partitions = [] } = await catalog.glue.send(new GetPartitionsCommand(address));
    return Partitions.map(({ StorageDescriptor }) => StorageDescriptor?.Columns);
  };
  const before = await found();
  catalog.writeType('order_id: string;\nqty: number;\nnote?: string;');
  for (const words of [['push'], ['push', '--dry-run'], ['diff']]) {
    const [command = '', ...flags] = words;
    const refused = await catalog.store(command, ...parted, '--cascade', ...flags);
    expect(refused.code).toBe(3);
    const said = refused.stdout + refused.stderr;
    expect(said).toMatch(
      /^BREAKING +TYPE_CHANGED order_id: Partition day=b: `order_id` becomes string, was bigint/mu,
    );
    expect(said).toContain('Partition day=b: `qty` becomes double, was string');
  }
  expect(await found()).toEqual(before);
  expect((await catalog.store('versions', '--database', 'shop', '--table', 'parted')).stdout).toMatch(
    /^ +0 .*2 columns\n$/u,
  );
  const told = await catalog.store('push', ...parted, '--cascade', '--compatibility', 'NONE');
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('Partition day=b: `qty` becomes double, was string');
  const next = ['order_id string', 'qty double', 'note string'];
  expect(await found()).toEqual([columns(...next), columns(...next, 'old string')]);

  const back = ['rollback', '--database', 'shop', '--table', 'parted', '--to', '0'] as const;
  const alone = await catalog.store(...back, '--dry-run');
  expect(alone.stdout).toContain('`rollback --cascade`');
  expect(await catalog.store(...back, '--cascade')).toMatchObject({ code: 0, stderr: '' });
  // What only a partition has stays in it.
  expect(await found()).toEqual([columns(...next), columns(...next, 'old string')]);
});

test('a rollback with cascade gives partitions their types back where their files allow it', async () => {
  const table = [...order, '--table', 'back', '--partition-key', 'day:string'];
  const address = { DatabaseName: 'shop', TableName: 'back' };
  catalog.writeType('id: string;\ncount: bigint;');
  await catalog.store('push', ...table);
  const Columns = [
    { Name: 'id', Type: 'string' },
    { Name: 'count', Type: 'bigint' },
  ];
  const StorageDescriptor = { Location: 's3://lake/orders/a/', Columns };
  const PartitionInputList = [{ Values: ['a'], StorageDescriptor }];
  await catalog.glue.send(new BatchCreatePartitionCommand({ ...address, PartitionInputList }));
  catalog.writeType('id: string;\ncount: string;');
  expect(await catalog.store('push', ...table, '--cascade', '--compatibility', 'NONE')).toMatchObject({
    code: 0,
  });
  const back = ['rollback', '--database', 'shop', '--table', 'back', '--to', '0', '--cascade'] as const;
  const refused = await catalog.store(...back);
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toContain('BREAKING Partition day=a: `count` becomes bigint, was string');
  const told = await catalog.store(...back, '--compatibility', 'NONE');
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('1 partition updated');
  const { Partitions = [] } = await catalog.glue.send(new GetPartitionsCommand(address));
  expect(Partitions[0]?.StorageDescriptor?.Columns).toEqual(Columns);
  const [, ...words] = back;
  const word = words.map((text) => (text === '0' ? 'x' : text));
  expect(await catalog.store('rollback', ...word)).toMatchObject({ code: 2, stdout: '' });
  const unknown = await catalog.store('rollback', ...words.map((text) => (text === '0' ? '99' : text)));
  expect(unknown).toMatchObject({ code: 1, stdout: '' });
  expect(unknown.stderr).toContain('`store schema versions`');
});

test.each(['../x', 'a b', 'ü', 'Shop', ''])(
  'a database %j is not planned, since Athena reads no such name',
  async (name) => {
    catalog.writeType('id: string;');
    const words = order.map((word) => (word === 'shop' ? name : word));
    const refused = await catalog.store(
      'push',
      ...words,
      '--table',
      'first',
      '--create-database',
      '--dry-run',
    );
    expect(refused).toMatchObject({ code: 2, stdout: '' });
  },
);

test('an error of diff never ends as a compatible change does', async () => {
  catalog.writeType('id: string;');
  const placeless = { StorageDescriptor: { Columns: [{ Name: 'id', Type: 'string' }] } };
  for (const TableInput of [{ Name: 'bare' }, { Name: 'placeless', ...placeless }]) {
    const { Name } = TableInput;
    await catalog.glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput }));
    for (const command of ['diff', 'push']) {
      const failed = await catalog.store(command, ...order.slice(0, 6), '--table', Name);
      expect(failed).toMatchObject({ code: 1, stdout: '' });
      expect(failed.stderr).toContain('without a location');
    }
  }
  expect(await catalog.store('diff', ...order.slice(0, 6), '--table', 'absent')).toMatchObject({
    code: 1,
    stdout: '',
  });
  const odd = ['--table', 'bare', '--partition-key', 'day:nothing'];
  expect(await catalog.store('diff', ...order, ...odd)).toMatchObject({ code: 1, stdout: '' });
});
