import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A truck system behind a webhook. */
export interface TruckServer {
  readonly url: string;
  close(): void;
}

/** Starts a truck system that answers each call with the status that `hear` gives. */
export async function startTrucks(
  hear: (body: string, headers: IncomingHttpHeaders) => number,
): Promise<TruckServer> {
  const server = createServer((request, response) => {
    void text(request).then((body) => response.writeHead(hear(body, request.headers)).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/requests`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
