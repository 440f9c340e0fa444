import type { IncomingMessage } from 'node:http';
import { systemClock } from '@store/foundation';
import { emulatorLimits } from './request-limits.js';

/** A client that is still sending gets this long to end its request, and to read why it was refused. */
const LINGER_MS = 2_000;

/**
 * Lets the rest of a refused request come and go. Closing immediately would reset the connection, and the
 * client would see that in the place of its answer. Who continues sending loses the connection.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const { socket } = request;
  let bytes = 0;
  const cancel = systemClock.schedule(() => socket.destroy(), LINGER_MS);
  request.on('error', () => socket.destroy());
  request.on('close', cancel);
  request.on('end', cancel);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > emulatorLimits.bodyBytes) socket.destroy();
  });
}
