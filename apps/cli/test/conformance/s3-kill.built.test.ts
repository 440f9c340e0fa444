import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ChildProcess } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { start } from '../built-command.js';

async function serve(folder: string): Promise<{ readonly child: ChildProcess; readonly endpoint: string }> {
  const child = start(['emulator', '--json', '--no-setup', '--port', '0', '--data', 'data'], folder);
  let greeting = '';
  for await (const line of createInterface({ input: child.stdout })) {
    greeting += line;
    if (line.endsWith('}')) break;
  }
  // The command wrote it as JSON.
  return { child, endpoint: (JSON.parse(greeting) as { endpoint: string }).endpoint };
}

const call = (url: string, method: string, body?: string, type = 'a/b'): Promise<Response> =>
  fetch(url, {
    method,
    headers: { ...signedFor('s3'), 'content-type': type },
    ...(body === undefined ? {} : { body }),
  });

test('after a kill -9 each object is the one that was acknowledged last, or the one that was on its way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let { child, endpoint } = await serve(folder);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  expect((await call(`${endpoint}/lake`, 'PUT')).status).toBe(200);
  const keys = ['f', 'f/g', 'dir/', 'x'];
  const acknowledged = new Map<string, number>();
  let round = 0;
  for (const puts of [3, 11, 24]) {
    const sent = new Map<string, number>();
    let left = puts;
    const closed = once(child, 'close');
    const writers = keys.map(async (key) => {
      for (;;) {
        round += 1;
        const mine = round;
        sent.set(key, mine);
        const answer = await call(`${endpoint}/lake/${key}`, 'PUT', `value ${mine}`, `n/${mine}`).catch(
          () => undefined,
        );
        if (answer?.status !== 200) return;
        acknowledged.set(key, mine);
        left -= 1;
        if (left === 0) child.kill('SIGKILL');
      }
    });
    await Promise.all([closed, ...writers]);
    ({ child, endpoint } = await serve(folder));
    for (const key of keys) {
      const answer = await call(`${endpoint}/lake/${key}`, 'GET');
      const text = await answer.text();
      const last = acknowledged.get(key);
      const possible = [last, sent.get(key)].map((number) => `value ${number}`);
      if (last === undefined && answer.status === 404) continue;
      expect(possible, key).toContain(text);
      // Bytes and what is known of them are of the same put.
      expect(answer.headers.get('content-type')).toBe(text.replace('value ', 'n/'));
      acknowledged.set(key, Number(text.replace('value ', '')));
    }
  }
});
