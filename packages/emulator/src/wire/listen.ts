import type { Server } from 'node:http';
import { advised } from '../errors.js';

/** Waits for calls under way this long when the server stops. */
const STOP_MS = 250;

/** Starts to listen; returns the port. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = advised('ADDRESS_IN_USE', `Port ${port} is taken.`, 'Give another `port`, or 0 for any.');
      reject(error.code === 'EADDRINUSE' ? taken : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops to listen. Calls under way get their answer; a client that only keeps its connection loses it. */
export async function stopListening(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, STOP_MS);
    timer.unref();
  });
}
