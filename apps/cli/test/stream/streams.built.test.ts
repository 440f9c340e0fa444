import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, start, startEndpoint } from '../built-command.js';

let folder = '';
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;

const order = (fields: string): Promise<void> =>
  writeFile(join(folder, 'order.ts'), `export interface Order { ${fields} }\n`);
const columns = 'id: number; placed_at: Date; tags: string[]';
const type = ['--entry', 'order.ts', '--type', 'Order'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-streams-'));
  await order(columns);
  endpoint = await startEndpoint(folder, ['--deliver-now']);
});

afterAll(async () => {
  await endpoint.stop();
  await rm(folder, { recursive: true, force: true });
});

const env = (): Record<string, string> => ({ AWS_ENDPOINT_URL: endpoint.endpoint });
const store = (...args: readonly string[]): ReturnType<typeof ended> => ended(start(args, folder, env()));

async function put(...lines: readonly string[]): Promise<void> {
  const client = new FirehoseClient({
    endpoint: endpoint.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (const line of lines)
    await client.send(
      new PutRecordCommand({ DeliveryStreamName: 'new-orders', Record: { Data: Buffer.from(`${line}\n`) } }),
    );
  client.destroy();
}

test('a type becomes a table and a stream; the same again changes nothing, and what differs is refused', async () => {
  const first = await store('stream', 'create', 'new-orders', ...type);
  expect(first).toEqual({
    code: 0,
    stderr: '',
    stdout: 'table store.new_orders: created, 3 columns\ndelivery stream new-orders: created\n',
  });
  const again = await store('stream', 'create', 'new-orders', ...type, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    stream: { name: 'new-orders', action: 'unchanged' },
    table: { name: 'store.new_orders', action: 'unchanged' },
  });
  const other = await store('stream', 'create', 'new-orders', ...type, '--table', 'other');
  expect(other.code).toBe(1);
  expect(other.stderr).toContain('converts to store.new_orders in the bucket store-lake, not to store.other');

  await order(`${columns}; note?: string`);
  const wider = await store('stream', 'create', 'new-orders', ...type);
  expect(wider.stdout).toContain('table store.new_orders: updated, 4 columns\n');
  await order(`id: string; placed_at: Date; tags: string[]`);
  const breaking = await store('stream', 'create', 'new-orders', ...type);
  expect(breaking.code).toBe(3);
  await order('when: () => void');
  const impossible = await store('stream', 'create', 'more-orders', ...type);
  expect(impossible).toMatchObject({ code: 1, stderr: expect.stringContaining('order.ts') as string });

  const { stdout } = await store('stream', 'list');
  expect(stdout).toMatch(/^stream +status +table +bucket\n/);
  expect(stdout).toMatch(/\nnew-orders +ACTIVE +store\.new_orders +store-lake\n/);
  expect(stdout).not.toContain('more-orders');
});

test('tail begins with the newest events and failed records, and follows both until Ctrl-C', async () => {
  await put(
    '{"id":1,"placed_at":"2026-01-05 08:00:00","tags":["a"]}',
    '{"id":2,"placed_at":"2026-01-05 09:00:00","tags":[]}',
    '{"id":"x","placed_at":"never"}',
  );
  const newest = await store('stream', 'tail', 'new-orders', '--no-follow', '--lines', '1');
  expect(newest.code).toBe(0);
  expect(JSON.parse(newest.stdout)).toMatchObject({ id: 2 });
  expect(newest.stderr).toMatch(
    /^DataFormatConversion\.\w+: .*"x"\n {2}\{"id":"x","placed_at":"never"\}\n {2}s3:/,
  );
  const document = await store('stream', 'tail', 'new-orders', '--no-follow', '--json');
  expect(JSON.parse(document.stdout)).toMatchObject({
    events: [{ id: 1 }, { id: 2 }],
    errors: [{ record: '{"id":"x","placed_at":"never"}' }],
  });

  const child = start(['stream', 'tail', 'new-orders'], folder, env());
  const events = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const closed = new Promise((resolve) => child.on('close', resolve));
  const id = async (): Promise<unknown> =>
    (JSON.parse((await events.next()).value as string) as { id: unknown }).id;
  expect([await id(), await id()]).toEqual([1, 2]);
  for (let line = 0; line < 3; line++) await failed.next();
  // Late, and twice: each arrival is shown.
  await put(
    '{"id":3,"placed_at":"2026-01-05 07:00:00","tags":[]}',
    '{"id":3,"placed_at":"2026-01-05 07:00:00","tags":[]}',
  );
  expect([await id(), await id()]).toEqual([3, 3]);
  await put('{"id":"y"}');
  expect((await failed.next()).value).toContain('"y"');
  child.kill('SIGINT');
  expect(await closed).toBe(0);
});

test('what is not there is named', async () => {
  expect(await store('stream', 'tail', 'nosuch', '--no-follow')).toMatchObject({ code: 1, stdout: '' });
  const by = await store('stream', 'tail', 'new-orders', '--no-follow', '--by', 'nosuch');
  expect(by).toMatchObject({ code: 2, stderr: expect.stringContaining('id, placed_at, tags') as string });
  const onAws = await ended(start(['stream', 'create', 'a', ...type], folder));
  expect(onAws).toMatchObject({ code: 2, stderr: expect.stringContaining('--bucket and --role') as string });
});
