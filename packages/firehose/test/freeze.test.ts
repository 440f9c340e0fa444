import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import type { ProducerStats } from '../src/index.js';
import { spoolEventId } from './spool-event.js';

// At the end of all: the tests run side by side.
const cleanUp: (() => unknown)[] = [];
afterAll(() => {
  for (const action of cleanUp.splice(0).reverse()) action();
});

interface Endpoint {
  readonly url: string;
  readonly server: Server;
  readonly received: number[];
}

/** Takes every record; `arrived` lets the answer go, which the kernel holds while the child is stopped. */
async function startEndpoint(arrived: (call: number, release: () => void) => void): Promise<Endpoint> {
  const received: number[] = [];
  let calls = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString()) as { Records: { Data: string }[] };
      for (const { Data } of body.Records) {
        const lines = Buffer.from(Data, 'base64').toString().split('\n').slice(0, -1);
        received.push(...lines.map(spoolEventId));
      }
      arrived(++calls, () => {
        const RequestResponses = body.Records.map(() => ({ RecordId: 'id' }));
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(JSON.stringify({ FailedPutCount: 0, RequestResponses }));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}`, server, received };
}

async function startChild(
  url: string,
  count: number,
): Promise<{ child: ChildProcess; line: () => Promise<string> }> {
  const args = [await bundle(join(import.meta.dirname, 'freeze-child.ts')), url, String(count)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  cleanUp.push(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const next = await lines.next();
    return next.done === true ? '' : next.value;
  };
  return { child, line };
}

/** A freeze is real time that passes: no clock of ours can stand in for the kernel's. */
async function freeze(child: ChildProcess, ms: number): Promise<void> {
  child.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGCONT');
}

function check(stats: ProducerStats, received: readonly number[], count: number): void {
  const { accepted, delivered, failed, spooled, pending, ambiguous } = stats;
  expect({ accepted, delivered, failed, spooled, pending }).toEqual({
    accepted: count,
    delivered: count,
    failed: 0,
    spooled: 0,
    pending: 0,
  });
  expect(new Set(received).size).toBe(count);
  expect(received.length - count).toBeLessThanOrEqual(ambiguous);
}

const posix = process.platform !== 'win32';

test
  .skipIf(!posix)
  .concurrent(
    'an answer that came while the process was stopped counts, although its deadline has passed',
    async () => {
      let thawed: Promise<void> | undefined;
      const { url, received } = await startEndpoint((call, release) => {
        if (call === 2) thawed = freeze(child, 6000);
        release();
      });
      const { child, line } = await startChild(url, 3);
      expect(await line()).toBe('idle');
      child.stdin?.write('go\n');
      const stats = JSON.parse(await line()) as ProducerStats; // The child's own print.
      await thawed;
      check(stats, received, 4);
      expect({ ambiguous: stats.ambiguous, requests: stats.requests }).toEqual({ ambiguous: 0, requests: 4 });
    },
  );

test
  .skipIf(!posix)
  .concurrent(
    'a producer that lay idle and frozen does not write to the connection that the server has closed',
    async () => {
      const { url, server, received } = await startEndpoint((_, release) => {
        release();
      });
      const { child, line } = await startChild(url, 3);
      expect(await line()).toBe('idle');
      const thawed = freeze(child, 5500);
      server.closeIdleConnections();
      child.stdin?.write('go\n');
      await thawed;
      const stats = JSON.parse(await line()) as ProducerStats; // The child's own print.
      await once(child, 'close');
      check(stats, received, 4);
      expect({ ambiguous: stats.ambiguous, requests: stats.requests }).toEqual({ ambiguous: 0, requests: 4 });
    },
  );
