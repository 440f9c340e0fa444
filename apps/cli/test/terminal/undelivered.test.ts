import { FirehoseError } from '@store/firehose';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withAgain } from '../../src/inventory/producer.js';
import { explainError } from '../../src/terminal/explain-error.js';
import { temporaryFolder } from '../folder.js';
import { eventWith } from '../query/pretend-lake.js';
import { runStore } from '../terminal.js';

const failed = (cause: unknown): FirehoseError =>
  new FirehoseError('DELIVERY_FAILED', '12 events could not be delivered. Pass `deadLetter` to keep them.', {
    cause,
    details: { events: 12 },
  });
const again = 'Then run it again.';

test('a failed delivery says why in words, and what the command does when it is run again', () => {
  const gone = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4599'), { code: 'ECONNREFUSED' });
  const sent = new FirehoseError('TRANSPORT', 'Error: connect ECONNREFUSED 127.0.0.1:4599', { cause: gone });
  const tooOld = new FirehoseError('DEADLINE_EXCEEDED', 'The record is older than `retry.maxAgeMs`.', {
    cause: sent,
  });
  expect(explainError(withAgain(failed(tooOld), again))).toEqual({
    exitCode: 1,
    code: 'DELIVERY_FAILED',
    message: '12 events could not be delivered. The endpoint does not answer.',
    fix: `Start it with \`store emulator\`, or check AWS_ENDPOINT_URL with \`store doctor\`. ${again}`,
  });
  const slow = new FirehoseError('THROTTLED', 'The delivery stream throttles: Slow down.');
  expect(explainError(withAgain(failed(slow), again))).toMatchObject({
    message: '12 events could not be delivered. The delivery stream throttles: Slow down.',
    fix: `\`store doctor\` checks whether the endpoint answers. ${again}`,
  });
  expect(withAgain(gone, again)).toBe(gone);
});

test('rights that the producer lacks are told as every other denied action', () => {
  const text = 'User: u is not authorized to perform: firehose:PutRecordBatch on resource: x';
  const cause = Object.assign(new Error(text), { name: 'AccessDeniedException' });
  const error = new FirehoseError('ACCESS_DENIED', `AccessDeniedException: ${text}.`, { cause });
  expect(explainError(error)).toMatchObject({
    message: text,
    fix: 'Ask for firehose:PutRecordBatch; the producer needs firehose:PutRecordBatch and nothing else.',
  });
});

test.each(['ingest', 'replay', 'stream'])(
  'store %s does not advise to send again what is refused for good',
  async (name) => {
    const cwd = await temporaryFolder();
    const server = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify({ __type: 'InvalidArgumentException', message: 'No such form of record.' }),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await writeFile(join(cwd, 'a.ndjson'), `${JSON.stringify(eventWith({}))}\n`);
    const reject = { source: 'a', line: 1, code: 'X', message: 'x', format: 'json', encoding: 'utf-8' };
    await writeFile(
      join(cwd, 'a.rejects'),
      `${JSON.stringify({ ...reject, raw: `${JSON.stringify(eventWith({}))}\n` })}\n`,
    );
    const args = {
      ingest: ['a.ndjson', '--table-range', 'any'],
      replay: ['a.rejects', '--table-range', 'any'],
      stream: ['--stores', '1', '--products', '30', '--days', '1'],
    };
    const { code, stderr } = await runStore([name, ...args[name as keyof typeof args]], {
      cwd,
      env: { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
    });
    expect(stderr).toMatch(
      /\d+ events? could not be delivered\. The service refuses this record: .*No such form/,
    );
    expect(stderr).toContain('Fix: It would be refused again: take the event out of what is sent.\n');
    expect(code).toBe(1);
  },
);
