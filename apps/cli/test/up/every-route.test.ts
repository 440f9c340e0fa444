import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { SQSClient } from '@aws-sdk/client-sqs';
import { tokenHeader } from '@store/page-protocol';
import { eventHourPartitioning } from '@store/schema';
import { expect, onTestFinished, test } from 'vitest';
import { DataDesk } from '../../src/up/data-desk.js';
import { EventRing } from '../../src/up/data-events.js';
import { LakeFiles } from '../../src/up/data-files.js';
import { RequestLog } from '../../src/up/data-requests.js';
import { dataRoutes } from '../../src/up/data-routes.js';
import { WireLog } from '../../src/up/data-wire.js';
import type { PageRoute } from '../../src/up/page-routes.js';
import { startPageServer } from '../../src/up/page-server.js';
import { RecordSender } from '../../src/up/record-sender.js';
import { sqlRoutes } from '../../src/up/sql-routes.js';
import { temporaryFolder } from '../folder.js';
import { pretendBackend } from './pretend-backend.js';

type Headers = Readonly<Record<string, string>>;

/** Routes of the Data and SQL views as `store up` has them; whoever reached one would end at an address that nobody has. */
async function viewRoutes(): Promise<readonly PageRoute[]> {
  const lakeDir = await temporaryFolder();
  const nowhere = { region: 'us-east-1', endpoint: 'http://127.0.0.1:9' };
  const endpoint = {
    url: nowhere.endpoint,
    lakeDir,
    isDown: false,
    flush: async () => Promise.resolve(),
    stream: async () => Promise.resolve(),
  };
  const files = new LakeFiles(lakeDir);
  const wire = new WireLog();
  const desk = new DataDesk({
    endpoint,
    files,
    wire,
    requests: new RequestLog(),
    sqs: new SQSClient(nowhere),
    athena: new AthenaClient(nowhere),
    queueUrl: nowhere.endpoint,
    partitioning: eventHourPartitioning,
  });
  const book = { newest: 1, view: async () => Promise.resolve() };
  const sender = new RecordSender({ firehose: new FirehoseClient(nowhere), desk, lakeDir });
  return [
    ...sqlRoutes({ endpoint, glue: new GlueClient(nowhere), files, book, folder: lakeDir }),
    ...dataRoutes({ events: new EventRing(), wire, desk, sender, lakeDir }),
  ];
}

/** A page server with every route, each of which notes that it was reached and does nothing else. */
async function serve(): Promise<{
  readonly port: string;
  readonly token: string;
  readonly routes: readonly Pick<PageRoute, 'method' | 'path'>[];
  readonly reached: string[];
}> {
  const backend = pretendBackend(2, 2);
  const views = await viewRoutes();
  const live = backend.routes.filter(({ path }) => !views.some((route) => route.path === path));
  const reached: string[] = [];
  const routes = [...views, ...live].map(({ method, path }): PageRoute => ({
    method,
    path,
    answer() {
      reached.push(`${method} ${path}`);
      return { json: { secret: path } };
    },
  }));
  const pageDir = await temporaryFolder();
  await writeFile(join(pageDir, 'index.html'), '<html><head></head></html>');
  const server = await startPageServer(0, pageDir, { ...backend, routes });
  onTestFinished(async () => {
    backend.stop();
    await server.close();
  });
  const [, token = ''] =
    new RegExp(`${tokenHeader}" content="([\\w-]+)"`).exec(await (await fetch(server.url)).text()) ?? [];
  return { port: new URL(server.url).port, token, routes, reached };
}

/** Sends one request with exactly these headers, which `fetch` would not. */
async function send(
  port: string,
  method: string,
  path: string,
  headers: Headers,
): Promise<{ readonly status: number | undefined; readonly body: string; readonly allows: unknown }> {
  const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  sent.end(method === 'POST' ? '{}' : undefined);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body, allows: response.headers['access-control-allow-origin'] };
}

test('no route can be reached, read or posted to by a page of another origin, under another name, or without the token', async () => {
  const { port, token, routes, reached } = await serve();
  const own = { host: `127.0.0.1:${port}`, 'content-type': 'application/json', [tokenHeader]: token };
  const foreign: Readonly<Record<string, Headers>> = {
    'another site': { ...own, origin: 'https://evil.example' },
    'another port': { ...own, origin: 'http://127.0.0.1:1' },
    'the other name of this machine': { ...own, origin: `http://localhost:${port}` },
    'a sandboxed frame': { ...own, origin: 'null' },
    'a picture or a script of another site': { ...own, 'sec-fetch-site': 'cross-site' },
    'a page of a neighbouring name': { ...own, 'sec-fetch-site': 'same-site' },
    'a link or a form that opens it as a page': {
      ...own,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
    'a name that was rebound': { ...own, host: `evil.example:${port}` },
    'a name that was rebound, with its origin': {
      ...own,
      host: `evil.example:${port}`,
      origin: `http://evil.example:${port}`,
    },
    'a name that begins as this machine': { ...own, host: `127.0.0.1.evil.example:${port}` },
  };
  const withoutToken: Readonly<Record<string, Headers>> = {
    'no token': { ...own, [tokenHeader]: '' },
    'the token of another start': { ...own, [tokenHeader]: `${token.slice(1)}x` },
    'a form': { ...own, 'content-type': 'application/x-www-form-urlencoded' },
    'a beacon': { ...own, 'content-type': 'text/plain;charset=UTF-8' },
  };
  const all = [...routes, { method: 'GET' as const, path: '/api/feed' as const }];
  // All of the views, so that an empty table cannot pass.
  expect(all.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      '/api/query',
      '/api/download',
      '/api/data/send',
      '/api/data/flush',
      '/api/control',
    ]),
  );
  for (const { method, path } of all) {
    const cases = { ...foreign, ...(method === 'POST' ? withoutToken : {}) };
    for (const [who, headers] of Object.entries(cases)) {
      const { status, body, allows } = await send(port, method, path, headers);
      expect([403, 415], `${method} ${path} of ${who}: ${body}`).toContain(status);
      expect(body, `${method} ${path} of ${who}`).not.toContain('secret');
      expect(allows).toBeUndefined();
    }
    const other = method === 'POST' ? 'GET' : 'POST';
    expect((await send(port, other, path, own)).status, `${other} ${path}`).toBe(405);
    expect((await send(port, 'OPTIONS', path, own)).allows).toBeUndefined();
  }
  expect(reached).toEqual([]);
  for (const { method, path } of routes) expect((await send(port, method, path, own)).status).toBe(200);
  expect(reached).toEqual(routes.map(({ method, path }) => `${method} ${path}`));
});
