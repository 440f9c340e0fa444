import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { pageLimits } from '../../src/up/page-limits.js';
import { startPageServer, type PageBackend, type PageServer } from '../../src/up/page-server.js';
import { temporaryFolder } from '../folder.js';
import { pretendBackend } from './pretend-backend.js';

async function served(change: Partial<PageBackend> = {}): Promise<PageServer> {
  const backend = pretendBackend(2, 2);
  const server = await startPageServer(0, await temporaryFolder(), { ...backend, ...change });
  onTestFinished(async () => {
    backend.stop();
    await server.close();
  });
  return server;
}

async function opened({ url }: PageServer): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
}

const head = (line: string): string => `${line} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;

test('a follower has no more on its way than it may lag behind', async () => {
  const frame = 'x'.repeat(pageLimits.lagBytes / 2);
  const server = await served({
    follow(send) {
      for (let index = 0; index < 500; index += 1) send(index % 2 === 0 ? 'frame' : 'status', frame);
      return () => undefined;
    },
  });
  const socket = await opened(server);
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
  socket.write(head('GET /api/feed'));
  await expect.poll(() => bytes).toBeGreaterThan(pageLimits.lagBytes);
  await server.close();
  await expect.poll(() => socket.closed).toBe(true);
  expect(bytes).toBeLessThan(3 * pageLimits.lagBytes);
});

test('clients that begin a request and stop lose their connection, and the page continues', async () => {
  const server = await served();
  const begun = await Promise.all(
    ['', 'GET', 'GET / HTTP/1.1\r\nhost: '].map(async (text) => {
      const socket = await opened(server);
      socket.resume();
      socket.write(text);
      return socket;
    }),
  );
  await Promise.all(
    begun.map(async (socket) => {
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    }),
  );
  expect((await fetch(`${server.url}api/series?store=S0&product=P0`)).status).toBe(200);
});

test('many connections that say nothing do not keep the page out for long', async () => {
  const server = await served();
  await Promise.all(
    Array.from({ length: pageLimits.connections }, async () => (await opened(server)).resume()),
  );
  const status = async (): Promise<number> =>
    fetch(`${server.url}api/series?store=S0&product=P0`).then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, { interval: 500 }).toBe(200);
});

test.each([
  'GET //',
  'GET http://[/',
  'GET /%zz',
  'DELETE /',
  'TRACE /api/control',
  'PUT /../x',
  'OPTIONS *',
])('%s is answered', async (line) => {
  const server = await served();
  const socket = await opened(server);
  socket.write(head(line));
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  expect(chunk.toString()).toMatch(/^HTTP\/1\.1 4\d\d/);
});

test('a file that its reader takes in many pieces leaves no listener behind', async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error): void => {
    warnings.push(message);
  };
  process.on('warning', note);
  onTestFinished(() => {
    process.off('warning', note);
  });
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < 50; piece++) yield Promise.resolve(Buffer.alloc(512 * 1024));
  };
  const server = await served({
    routes: [
      {
        method: 'GET',
        path: '/api/file',
        answer: () => ({ name: 'file', type: 'text/csv', bytes: bytes() }),
      },
    ],
  });
  const answer = await fetch(`${server.url}api/file`);
  expect((await answer.arrayBuffer()).byteLength).toBe(50 * 512 * 1024);
  expect(warnings).toEqual([]);
});
