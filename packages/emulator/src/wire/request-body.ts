import type { IncomingMessage } from 'node:http';
import { systemClock } from '@store/foundation';
import type { BufferPool, Lease } from './buffer-pool.js';
import { noRoom, type HeldBodies } from './held-bodies.js';
import { emulatorLimits } from './request-limits.js';
import { tooLarge } from './request-head.js';
import { ServiceError } from './service-error.js';

/** Reads a request's body whole, into pooled memory that is counted. */
export function readBody(request: IncomingMessage, memory: BufferPool, bodies: HeldBodies): Promise<Lease> {
  const declared = Number(request.headers['content-length'] ?? 0);
  return new Promise((resolve, reject) => {
    let lease = memory.lend(declared);
    let bytes = 0;
    const fail = (error: Error): void => {
      leave();
      held.release();
      lease.release();
      reject(error);
    };
    const held = bodies.open(fail);
    const onData = (chunk: Buffer): void => {
      if (bytes + chunk.length > emulatorLimits.bodyBytes) {
        fail(tooLarge('got more'));
        return;
      }
      if (!held.take(chunk.length)) {
        fail(noRoom());
        return;
      }
      if (bytes + chunk.length > lease.bytes.length) lease = grown(lease, bytes, chunk.length, memory);
      chunk.copy(lease.bytes, bytes);
      bytes += chunk.length;
    };
    const onEnd = (): void => {
      leave();
      held.arrived();
      const { release } = lease;
      resolve({
        bytes: lease.bytes.subarray(0, bytes),
        release: () => {
          held.release();
          release();
        },
      });
    };
    const onPause = (): void => {
      const message = `Nothing of the body came for ${emulatorLimits.bodyPauseMs} ms.`;
      fail(new ServiceError('RequestTimeout', message, 408));
    };
    // Whoever sends a byte now and then holds a connection no longer than this.
    const cancel = systemClock.schedule(() => {
      fail(
        new ServiceError('RequestTimeout', `The request took more than ${emulatorLimits.requestMs} ms.`, 408),
      );
    }, emulatorLimits.requestMs);
    const leave = (): void => {
      cancel();
      request.off('data', onData).off('end', onEnd).off('error', fail).off('timeout', onPause);
      request.socket.setTimeout(0);
    };
    request.socket.setTimeout(emulatorLimits.bodyPauseMs);
    request.on('data', onData).on('end', onEnd).on('error', fail).on('timeout', onPause);
  });
}

/** A body that does not say how long it is. */
function grown(lease: Lease, used: number, need: number, memory: BufferPool): Lease {
  const larger = memory.lend(Math.max(2 * lease.bytes.length, used + need));
  lease.bytes.copy(larger.bytes, 0, 0, used);
  lease.release();
  return larger;
}
