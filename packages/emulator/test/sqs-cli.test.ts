import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/index.js';

// Python's client, which shares no code with ours: `apt-get install awscli`.
const hasCli = spawnSync('aws', ['--version']).status === 0;
const run = promisify(execFile);

let folder = '';
let emulator: Emulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
  emulator = await startEmulator({ dataDir: folder });
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

async function aws(...words: readonly string[]): Promise<unknown> {
  const { stdout } = await run(
    'aws',
    ['--endpoint-url', emulator.endpoint, '--region', 'us-east-1', '--output', 'json', ...words],
    {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_PAGER: '',
        AWS_MAX_ATTEMPTS: '1',
      },
    },
  );
  const answer: unknown = stdout.trim() === '' ? {} : JSON.parse(stdout);
  return answer;
}

test.skipIf(!hasCli)('the AWS CLI makes a FIFO queue, sends, receives and deletes', async () => {
  const { QueueUrl } = (await aws(
    ...['sqs', 'create-queue', '--queue-name', 'cli.fifo'],
    ...['--attributes', 'FifoQueue=true,ContentBasedDeduplication=true'],
  )) as { QueueUrl: string };
  const queue = ['--queue-url', QueueUrl];
  const sent = ['--message-body', 'täglich', '--message-group-id', 'g'];
  await aws('sqs', 'send-message', ...queue, ...sent);
  await aws('sqs', 'send-message', ...queue, ...sent);
  const { Messages } = (await aws('sqs', 'receive-message', ...queue)) as {
    Messages: readonly { Body: string; ReceiptHandle: string }[];
  };
  expect(Messages.map(({ Body }) => Body)).toEqual(['täglich']);
  await aws('sqs', 'delete-message', ...queue, '--receipt-handle', Messages[0]?.ReceiptHandle ?? '');
  expect(await aws('sqs', 'get-queue-attributes', ...queue, '--attribute-names', 'All')).toMatchObject({
    Attributes: { ApproximateNumberOfMessages: '0', FifoQueue: 'true' },
  });
});

test.skipIf(!hasCli)('the AWS CLI makes a table and asks Athena', async () => {
  await aws('glue', 'create-database', '--database-input', 'Name=cli');
  const TableInput = {
    Name: 'things',
    StorageDescriptor: { Location: 's3://lake/things/', Columns: [{ Name: 'n', Type: 'int' }] },
    PartitionKeys: [],
  };
  await aws(
    ...['glue', 'create-table', '--database-name', 'cli'],
    ...['--table-input', JSON.stringify(TableInput)],
  );
  expect(await aws('glue', 'get-table', '--database-name', 'cli', '--name', 'things')).toMatchObject({
    Table: { Name: 'things', VersionId: '0' },
  });
  const { QueryExecutionId } = (await aws(
    ...['athena', 'start-query-execution', '--query-string', 'SELECT count(*) AS n FROM things'],
    ...['--query-execution-context', 'Database=cli'],
  )) as { QueryExecutionId: string };
  const execution = ['--query-execution-id', QueryExecutionId];
  await expect
    .poll(() => aws('athena', 'get-query-execution', ...execution), { timeout: 20_000 })
    .toMatchObject({ QueryExecution: { Status: { State: 'SUCCEEDED' } } });
  expect(await aws('athena', 'get-query-results', ...execution)).toMatchObject({
    ResultSet: { Rows: [{ Data: [{ VarCharValue: 'n' }] }, { Data: [{ VarCharValue: '0' }] }] },
  });
});
