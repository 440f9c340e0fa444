import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { cursorPath } from '../../src/ingest/cursor.js';
import { temporaryFolder } from '../folder.js';
import { eventWith } from '../query/pretend-lake.js';
import { runStore } from '../terminal.js';

/** A delivery stream that refuses for good what `isRefused` says, and the events that it accepted. */
async function stream(isRefused: (id: string) => boolean): Promise<{ url: string; accepted: Set<string> }> {
  const accepted = new Set<string>();
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      // The command under test sent it.
      const { Records } = body as { readonly Records: readonly { readonly Data: string }[] };
      const ids = Records.flatMap(({ Data }) =>
        Buffer.from(Data, 'base64')
          .toString('utf8')
          .trimEnd()
          .split('\n')
          .map((line) => String((JSON.parse(line) as { event_id: unknown }).event_id)),
      );
      const isBad = ids.some(isRefused);
      if (!isBad) for (const id of ids) accepted.add(id);
      response.writeHead(isBad ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(
          isBad
            ? { __type: 'InvalidArgumentException', message: 'No.' }
            : { FailedPutCount: 0, RequestResponses: Records.map((_, n) => ({ RecordId: String(n) })) },
        ),
      );
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has such an address.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
}

test.each([0, 500, 2500, 4500, 9000])(
  'after a delivery that was refused, the next run sends what was not delivered: event %d of 10,000',
  async (place) => {
    const cwd = await temporaryFolder();
    const ids = Array.from({ length: 10_000 }, (_, n) => `e-${n}`);
    const events = ids.map((event_id, sequence) => JSON.stringify(eventWith({ event_id, sequence })));
    await writeFile(join(cwd, 'a.ndjson'), events.join('\n'));
    const run = async (url: string): Promise<number> => {
      const args = ['ingest', 'a.ndjson', '--table-range', 'any', '--quiet'];
      return (await runStore(args, { cwd, env: { AWS_ENDPOINT_URL: url } })).code;
    };
    const first = await stream((id) => id === ids[place]);
    expect(await run(first.url)).toBe(1);
    const second = await stream(() => false);
    expect(await run(second.url)).toBe(0);
    expect(new Set([...first.accepted, ...second.accepted]).size).toBe(ids.length);
  },
);

test('a kept place that cannot be read is named, with how to begin without it', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'a.ndjson'), `${JSON.stringify(eventWith({}))}\n`);
  const place = cursorPath(cwd, { path: join(cwd, 'a.ndjson'), format: undefined }, 'inventory-events');
  await mkdir(dirname(place), { recursive: true });
  for (const text of ['garbage', 'null']) {
    await writeFile(place, text);
    const { code, stderr } = await runStore(['ingest', 'a.ndjson'], { cwd });
    expect(stderr).toBe(
      `Error: The place that is kept in ${place} cannot be read.\nFix: Begin at the beginning: \`rm ${place}\`. Events that come twice have the same event_id.\n`,
    );
    expect(code).toBe(1);
  }
});
