import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { explainError } from '../../src/terminal/explain-error.js';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const answered = (name: string, message: string): Error => Object.assign(new Error(message), { name });

test.each([
  [
    'AccessDeniedException',
    'athena:StartQueryExecution: User: arn:aws:sts::1:assumed-role/r is not authorized to perform: glue:GetTable on resource: x',
    'Ask for glue:GetTable.',
  ],
  [
    'AccessDeniedException',
    'athena:StartQueryExecution: UnknownError',
    'Ask for athena:StartQueryExecution.',
  ],
  ['AccessDenied', 's3:GetObject: Access Denied', 'Ask for s3:GetObject.'],
  [
    'AccessDeniedException',
    'User: u is not authorized to perform: firehose:PutRecordBatch on resource: x',
    'Ask for firehose:PutRecordBatch; the producer needs firehose:PutRecordBatch and nothing else.',
  ],
])('%s: the fix names the action that was denied: %s', (name, message, fix) => {
  expect(explainError(answered(name, message))).toEqual({ exitCode: 1, code: name, message, fix });
});

test('an endpoint that is no address is wrong usage, whichever command asks it', async () => {
  for (const args of [
    ['query', 'select 1'],
    ['stream', 'list'],
    ['restock', 'trucks'],
  ]) {
    const { code, stderr } = await runStore(args, { env: { AWS_ENDPOINT_URL: 'localhost' } });
    expect(stderr).toContain('Error: Expected AWS_ENDPOINT_URL to be an address, got localhost.');
    expect(code).toBe(2);
  }
});

test('where no temporary file can be made, the fix names the variable that says where they go', async () => {
  vi.stubEnv('TMPDIR', '/nowhere');
  try {
    const args = ['generate', '--max-events', '1', '--format', 'parquet'];
    const { code, stderr } = await runStore(args);
    expect(stderr).toMatch(
      /^Error: No temporary folder can be made: \/nowhere\/.*\nFix: Set TMPDIR to a folder/,
    );
    expect(code).toBe(1);
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a port that is taken: the fix names what gives a free one, whatever the default of the command is', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const cwd = await temporaryFolder();
  const { code, stderr } = await runStore(['emulator', '--port', String(port), '--data', 'data'], { cwd });
  taken.close();
  expect(stderr).toContain('Fix: Choose another with --port; --port 0 takes a free one.');
  expect(code).toBe(1);
});
