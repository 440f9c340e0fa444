import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A bus that remembers: the embedded endpoint has no EventBridge. */
export interface EventBus {
  readonly url: string;
  /** `Detail` of every event put. */
  readonly details: readonly string[];
  close(): Promise<void>;
}

/** Starts one on a free port of this machine. */
export async function startEventBus(): Promise<EventBus> {
  const details: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { Entries } = JSON.parse(body) as { Entries: readonly { Detail: string }[] };
      details.push(...Entries.map(({ Detail }) => Detail));
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'e' })) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    details,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
