import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startEmulator } from '@store/emulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { pageLimits } from '../../src/up/page-limits.js';
import { startPageServer, type PageServer } from '../../src/up/page-server.js';
import { temporaryFolder } from '../folder.js';
import { hasChromium, launchChromium, openPage } from './browser.js';
import { pretendBackend, type PretendBackend } from './pretend-backend.js';

const pageDir = join(import.meta.dirname, '..', '..', '..', 'dashboard', 'dist');

async function livePage(): Promise<{ server: PageServer; backend: PretendBackend; queries: string[] }> {
  const backend = pretendBackend(3, 4);
  const server = await startPageServer(0, pageDir, backend);
  onTestFinished(async () => {
    backend.stop();
    await server.close();
  });
  return { server, backend, queries: backend.sent };
}

/** An endpoint with one message in the queue `trucks`. */
async function endpointWithMessage(): Promise<{
  endpoint: string;
  messages: () => Promise<string | undefined>;
}> {
  const emulator = await startEmulator({ dataDir: join(await temporaryFolder(), 'data') });
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const sqs = new SQSClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  onTestFinished(async () => {
    sqs.destroy();
    await emulator.close();
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'trucks' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a load' }));
  const firehose = new FirehoseClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'plain',
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        BucketARN: 'arn:aws:s3:::lake',
      },
    }),
  );
  // It waits for its five minutes, or for a flush.
  await firehose.send(
    new PutRecordCommand({ DeliveryStreamName: 'plain', Record: { Data: Buffer.from('waits') } }),
  );
  firehose.destroy();
  return {
    endpoint: emulator.endpoint,
    async messages() {
      const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
      return (await sqs.send(all)).Attributes?.ApproximateNumberOfMessages;
    },
  };
}

/** A page of another origin; gives its address. */
async function otherOrigin(html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  return `http://localhost:${typeof address === 'object' ? address?.port : ''}/`;
}

describe.skipIf(!hasChromium)('a page of another origin in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  test('changes nothing and sees nothing, at the endpoint and at the live page', async () => {
    const { server, backend, queries } = await livePage();
    const { endpoint, messages } = await endpointWithMessage();
    const page = await openPage(browser);
    onTestFinished(async () => page.close());
    await page.goto(
      await otherOrigin(await readFile(join(import.meta.dirname, 'attacking-page.html'), 'utf8')),
    );
    const form = 'application/x-www-form-urlencoded';
    const queue = '/000000000000/trucks';
    const anySignature = `X-Amz-Signature=${'0'.repeat(64)}`;
    const json = '{"action":"fault","fault":"kill","on":true}';
    const targets = [
      {
        name: 'purge',
        url: `${endpoint}/?${anySignature}`,
        type: form,
        body: `Action=PurgeQueue&QueueUrl=${queue}`,
      },
      { name: 'delete', url: `${endpoint}${queue}`, type: form, body: 'Action=DeleteQueue' },
      { name: 'receive', url: endpoint, type: form, body: `Action=ReceiveMessage&QueueUrl=${queue}` },
      { name: 'flush', url: `${endpoint}/_emulator/flush`, type: 'text/plain', body: '' },
      { name: 'faults', url: `${endpoint}/_emulator/faults`, type: 'text/plain', body: '{"unavailable":1}' },
      { name: 'control', url: `${server.url}api/control`, type: 'text/plain', body: json },
      { name: 'control as JSON', url: `${server.url}api/control`, type: 'application/json', body: json },
      { name: 'query', url: `${server.url}api/query`, type: 'text/plain', body: '{"sql":"select 1"}' },
      { name: 'feed', url: `${server.url}api/feed`, type: 'text/plain', body: '' },
      { name: 'low', url: `${server.url}api/low`, type: 'text/plain', body: '' },
      { name: 'series', url: `${server.url}api/series?store=S0&product=P0`, type: 'text/plain', body: '' },
    ];
    const seen = await page.evaluate<string[]>(`attack(${JSON.stringify(targets)})`);
    expect(seen.length).toBeGreaterThan(60);
    expect(seen.filter((line) => !line.endsWith(': '))).toEqual([]);
    expect(backend.asked).toEqual([]);
    expect(queries).toEqual([]);
    expect(await messages()).toBe('1');
    expect(await (await fetch(`${endpoint}/_emulator/faults`)).json()).toEqual({});
    const status = await (await fetch(`${endpoint}/_emulator/status`)).json();
    expect(status).toMatchObject({ streams: [{ name: 'plain', undeliveredRecords: 1 }] });
  });

  test('cannot put the live page in a frame, hold its window, or send under a name that it rebinds; a link works', async () => {
    const { server, backend } = await livePage();
    const { port } = new URL(server.url);
    const framing = await otherOrigin(
      `<!doctype html><iframe src="${server.url}"></iframe><a href="${server.url}">to the stores</a>`,
    );
    const page = await openPage(browser);
    onTestFinished(async () => page.close());
    await page.goto(framing);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    expect(await frame?.evaluate<string>('document.body.textContent')).not.toContain('Pause');
    await page.getByText('to the stores').click();
    await page.getByRole('grid', { name: /Shelves/ }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => backend.asked).toEqual([{ action: 'pause' }]);

    const rebound = await launchChromium(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    onTestFinished(async () => rebound.close());
    const evil = await openPage(rebound);
    const answer = await evil.goto(`http://evil.example:${port}/`);
    expect(answer?.status()).toBe(403);
    const posted = await evil.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const body = '{"action":"resume"}';
      return (await fetch('/api/control', { method: 'POST', headers, body })).status;
    });
    expect(posted).toBe(403);
    expect(backend.asked).toEqual([{ action: 'pause' }]);
  });

  test('the live page itself breaks none of its own rules', async () => {
    const { server } = await livePage();
    const page = await openPage(browser);
    onTestFinished(async () => page.close());
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'info') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(server.url);
    await page
      .getByRole('region', { name: /Low stock/ })
      .getByRole('button')
      .first()
      .click();
    const views = page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('link', { name: 'SQL' }).click();
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    expect(problems).toEqual([]);
  });
});

async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(bytes);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

test('what changes something must come with the token of this start, and its body is not waited for', async () => {
  const { server, backend, queries } = await livePage();
  const html = await (await fetch(server.url)).text();
  const [, token = ''] = /name="x-store-token" content="([\w-]{43})"/.exec(html) ?? [];
  const post = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const all = { 'content-type': 'application/json', ...headers };
    return (
      await fetch(`${server.url}api/control`, { method: 'POST', headers: all, body: '{"action":"pause"}' })
    ).status;
  };
  expect(await post({})).toBe(403);
  expect(await post({ 'x-store-token': '' })).toBe(403);
  expect(await post({ 'x-store-token': `${token}x` })).toBe(403);
  expect(await post({ 'x-store-token': token, origin: 'https://evil.example' })).toBe(403);
  expect(await post({ 'x-store-token': token, 'sec-fetch-site': 'same-site' })).toBe(403);
  const other = await startPageServer(0, pageDir, backend);
  onTestFinished(async () => other.close());
  expect(await (await fetch(other.url)).text()).not.toContain(token);
  for (const path of ['control', 'query']) {
    const head = `POST /api/${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 90000\r\n\r\n`;
    expect(await raw(server.url, head)).toMatch(/^HTTP\/1\.1 403/);
  }
  expect(backend.asked).toEqual([]);
  expect(await post({ 'x-store-token': token })).toBe(200);
  expect(backend.asked).toEqual([{ action: 'pause' }]);
  expect(queries).toEqual([]);
});

test('every answer forbids frames and guesses, and an odd address is refused', async () => {
  const { server } = await livePage();
  for (const target of ['/', '/nothing', '/api/series', '//', '/%', '/../../etc/passwd', 'http://[/']) {
    const answer = await raw(
      server.url,
      `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`,
    );
    expect(answer, target).toMatch(/^HTTP\/1\.1 (200|400|404)/);
    expect(answer).toContain("frame-ancestors 'none'");
    expect(answer).toMatch(/x-frame-options: DENY/i);
    expect(answer).toMatch(/x-content-type-options: nosniff/i);
  }
});

test('a body beyond the limit is refused', async () => {
  const { server } = await livePage();
  const [, token = ''] =
    /x-store-token" content="([\w-]+)"/.exec(await (await fetch(server.url)).text()) ?? [];
  const headers = { 'content-type': 'application/json', 'x-store-token': token };
  const body = JSON.stringify({ sql: 'x'.repeat(pageLimits.bodyBytes) });
  expect((await fetch(`${server.url}api/query`, { method: 'POST', headers, body })).status).toBe(413);
});
