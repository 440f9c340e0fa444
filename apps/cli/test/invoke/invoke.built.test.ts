import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, start, startEndpoint } from '../built-command.js';
import { runStore } from '../terminal.js';

const lambda = join(import.meta.dirname, '..', '..', '..', 'lambda');

describe('store invoke, against store emulator', () => {
  let cwd: string;
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'store-invoke-'));
    endpoint = await startEndpoint(cwd);
  });
  afterAll(async () => {
    await endpoint.stop();
    await rm(cwd, { recursive: true });
  });

  /** Calls a handler with an example event; only its answer may be on standard output. */
  async function invoke(
    name: string,
    example: string,
    env: Readonly<Record<string, string>> = {},
    options: readonly string[] = [],
  ): Promise<unknown> {
    const event = join(lambda, 'events', `${example}.json`);
    const child = start(['invoke', name, '--event', event, ...options], cwd, {
      AWS_ENDPOINT_URL: endpoint.endpoint,
      ...env,
    });
    const { code, stdout, stderr } = await ended(child);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('"level":"INFO"');
    return JSON.parse(stdout);
  }

  test('generate sends a world, or a shard of it', async () => {
    const whole = await invoke('generate', 'generate');
    expect(whole).toMatchObject({ stoppedBy: 'done', resumeFrom: null });
    const { accepted } = (await invoke('generate', 'generate-shard')) as { accepted: number };
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan((whole as { accepted: number }).accepted);
  });

  test('a folder as it is deployed needs nothing around it: its chunks are in it', async () => {
    const far = await mkdtemp(join(tmpdir(), 'store-deployed-'));
    await cp(join(lambda, 'dist', 'generate'), join(far, 'generate'), { recursive: true });
    expect(await invoke('generate', 'generate', {}, ['--bundle', far])).toMatchObject({ stoppedBy: 'done' });
    await rm(far, { recursive: true });
  });

  test.each([
    ['ingest', { accepted: 3, rejectedCount: 0 }],
    ['ingest-http', { statusCode: 200 }],
    ['ingest-sqs', { batchItemFailures: [{ itemIdentifier: 'm-2' }] }],
    ['ingest-kinesis', { batchItemFailures: [] }],
    ['ingest-eventbridge', { accepted: 1, rejectedCount: 0 }],
  ])('ingest takes %s', async (example, answer) => {
    expect(await invoke('ingest', example)).toMatchObject(answer);
  });

  test('plan finds what was ingested, and asks once', async () => {
    const { requestsSent } = (await invoke('plan', 'plan')) as { requestsSent: number };
    expect(requestsSent).toBeGreaterThan(0);
  });

  test('dispatch tells the truck system', async () => {
    const heard: string[] = [];
    const trucks = createServer((request, response) => {
      void text(request).then((body) => {
        heard.push(body);
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => trucks.listen(0, '127.0.0.1', resolve));
    const answer = await invoke('dispatch', 'dispatch', {
      WEBHOOK_URL: `http://127.0.0.1:${(trucks.address() as AddressInfo).port}/`,
      WEBHOOK_SECRET: 'sixteen characters at least',
    });
    trucks.closeAllConnections();
    trucks.close();
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(heard).toHaveLength(1);
  });
});

test('a handler that there is not, and an event that is no JSON, are wrong usage', async () => {
  const none = await runStore(['invoke', 'fly']);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('Expected a handler: generate, ingest, plan, dispatch, door; got fly.');
  const bad = await runStore(['invoke', 'plan', '--event', '-'], { stdin: '{' });
  expect(bad.code).toBe(2);
  expect(bad.stderr).toContain('The event in - is not JSON');
});
