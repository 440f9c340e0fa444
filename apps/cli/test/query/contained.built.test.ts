import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AthenaClient, StartQueryExecutionCommand, GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { ended, start, startEndpoint } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { eventWith, writeLake } from './pretend-lake.js';

const evil = '\u001b[2J\u001b]0;x\u0007\u001b]8;;http://evil\u001b\\\u009b1m\r\nsecond row\u202e';
const formulas = ['=HYPERLINK("x")', '@SUM(1)', '+cmd|calc', '-1+1', '\t=1'];
const endless = 'select count(*) from range(100000000) a, range(100000000) b where a.range + b.range = -1';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

async function lakeOf(names: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  await writeLake(
    folder,
    names.map((store_name, index) => eventWith({ store_name, sequence: index + 1, current_stock: -5 })),
  );
  return folder;
}

test('a terminal shows what a name holds and obeys none of it, in tables and in errors, in a pipe too', async () => {
  const data = await lakeOf([evil]);
  const query = async (...args: string[]): ReturnType<typeof ended> =>
    ended(start(['query', ...args, '--data', data], data));
  const table = await query('select store_name, current_stock from inventory_events');
  expect(table).toMatchObject({ code: 0, stderr: '' });
  expect(table.stdout.split('\n')).toHaveLength(3);
  expect(table.stdout).toContain(
    String.raw`\x1b[2J\x1b]0;x\x07\x1b]8;;http://evil\x1b\\x9b1m\r\nsecond row\u202e`,
  );
  const json = await query('select store_name from inventory_events', '--format', 'json');
  expect(JSON.parse(json.stdout)).toEqual([{ store_name: evil }]);
  expect(json.stdout).not.toMatch(/[\u007f-\u009f\u202e]/);
  const failed = await query(`select "${evil}" from inventory_events`);
  expect(failed.code).toBe(1);
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  expect(failed.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(failed.stderr).toContain(String.raw`\x1b[2J`);
});

test('CSV guards what a spreadsheet would run, numbers stay numbers, and programs get the text as it is', async () => {
  const data = await lakeOf(formulas);
  const sql = 'select store_name, current_stock from inventory_events order by sequence';
  const csv = async (...args: string[]): Promise<string> =>
    (await ended(start(['query', sql, '--format', 'csv', ...args, '--data', data], data))).stdout;
  expect(await csv()).toBe(
    `store_name,current_stock\n"'=HYPERLINK(""x"")",-5\n'@SUM(1),-5\n'+cmd|calc,-5\n'-1+1,-5\n'\t=1,-5\n`,
  );
  expect(await csv('--csv-raw')).toBe(
    `store_name,current_stock\n"=HYPERLINK(""x"")",-5\n@SUM(1),-5\n+cmd|calc,-5\n-1+1,-5\n\t=1,-5\n`,
  );
  await ended(start(['query', sql, '-o', 'rows.csv', '--data', data], data));
  expect(await readFile(join(data, 'rows.csv'), 'utf8')).toBe(await csv());
});

test('store query only reads, and says so', async () => {
  const data = await lakeOf(['Mill']);
  for (const sql of [
    `copy (select 1) to '${data}/x.csv'`,
    'create table t as select 1',
    'set threads = 1',
    "select * from read_text('/etc/passwd')",
    `select * from '${data}/.events.ndjson'`,
    'create table t as select 1; select 2',
    "attach 'x.db'",
  ]) {
    const { code, stderr, stdout } = await ended(start(['query', sql, '--data', data], data));
    expect({ code, stdout }, sql).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Error:');
  }
  const second = await ended(start(['query', 'select 1; create table t as select 1', '--data', data], data));
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('Error:');
  expect((await readdir(data)).sort()).toEqual(['.events.ndjson', 'store-lake']);
});

test('a query that takes too long or too much ends by the name of its limit, and Ctrl-C ends one immediately', async () => {
  const data = await lakeOf(['Mill']);
  const late = await ended(start(['query', endless, '--timeout', '1', '--data', data], data));
  expect(late).toMatchObject({ code: 1, stdout: '' });
  expect(late.stderr).toContain('--timeout');
  const large = await ended(
    start(['query', 'select list(r) from range(900000000) t(r)', '--memory', '300', '--data', data], data),
  );
  expect(large).toMatchObject({ code: 1, stdout: '' });
  expect(large.stderr).toContain('--memory');
  const endlessRows = 'select r from range(90000000) t(r)';
  const child = start(['query', endlessRows, '--format', 'csv', '--data', data], data);
  const closed = ended(child);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await closed).toMatchObject({ code: 130 });
});

test('SIGTERM ends the endpoint in the middle of a query, with 0', async () => {
  const cwd = await temporaryFolder();
  const child = start(['emulator', '--json', '--no-setup', '--data', join(cwd, 'endpoint')], cwd);
  const closed = ended(child);
  const [greeting] = (await once(child.stdout, 'data')) as [Buffer];
  const { endpoint } = JSON.parse(greeting.toString()) as { endpoint: string };
  const athena = new AthenaClient({ endpoint, region: 'us-east-1', credentials });
  const QueryString =
    'select count(*) from unnest(sequence(1, 10000)) as a(x) cross join unnest(sequence(1, 10000)) as b(y) cross join unnest(sequence(1, 10000)) as c(z) where x + y + z = 0';
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString,
      ResultConfiguration: { OutputLocation: 's3://results/' },
    }),
  );
  const state = async (): Promise<string | undefined> =>
    (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution?.Status?.State;
  await expect.poll(state).toBe('RUNNING');
  athena.destroy();
  child.kill('SIGTERM');
  expect(await closed).toMatchObject({ code: 0 });
});

test('a message of the truck queue that is no request is told of, and holds up nobody', async () => {
  const cwd = await temporaryFolder();
  const { endpoint, stop } = await startEndpoint(cwd);
  const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'poisoned.fifo', Attributes: { FifoQueue: 'true' } }),
  );
  const request = {
    request_id: 'S1/P1/1',
    store_id: 'S1',
    store_name: 'Mill',
    city: 'Oslo',
    product_id: 'P1',
    product_name: 'Oat milk',
  };
  const bodies = ['no json', `{"a":${'['.repeat(5000)}`, '{"request_id":"x\u009b"}', JSON.stringify(request)];
  for (const [index, MessageBody] of bodies.entries()) {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody,
        MessageGroupId: 'S1',
        MessageDeduplicationId: String(index),
      }),
    );
  }
  sqs.destroy();
  const { code, stdout, stderr } = await ended(
    start(['restock', 'trucks', '--queue', 'poisoned.fifo', '--json'], cwd, { AWS_ENDPOINT_URL: endpoint }),
  );
  await stop();
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ received: 4, deleted: 4 });
  expect(stderr.split('\n').filter((line) => line.includes('is no restock request')).length).toBeGreaterThan(
    2,
  );
});
