import type { IncomingMessage } from 'node:http';
import type { BufferPool, Lease } from './buffer-pool.js';
import { ServiceError } from './service-error.js';

/** Most bytes of one request: a full batch in base64, with room for its frame. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Reads a request's body whole, into memory that is lent. */
export function readBody(request: IncomingMessage, memory: BufferPool): Promise<Lease> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > MAX_BODY_BYTES) {
    const message = `Expected at most ${MAX_BODY_BYTES} bytes, got ${declared}.`;
    return Promise.reject(new ServiceError('RequestEntityTooLargeException', message, 413));
  }
  return new Promise((resolve, reject) => {
    let lease = memory.lend(declared > 0 && declared <= MAX_BODY_BYTES ? declared : 0);
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      if (bytes + chunk.length > MAX_BODY_BYTES) {
        const message = `Expected at most ${MAX_BODY_BYTES} bytes.`;
        reject(new ServiceError('RequestEntityTooLargeException', message, 413));
        request.destroy();
        return;
      }
      if (bytes + chunk.length > lease.bytes.length) lease = grown(lease, bytes, chunk.length, memory);
      chunk.copy(lease.bytes, bytes);
      bytes += chunk.length;
    });
    request.on('end', () => {
      resolve({ bytes: lease.bytes.subarray(0, bytes), release: lease.release });
    });
    request.on('error', (error) => {
      lease.release();
      reject(error);
    });
  });
}

/** A body that does not say how long it is. */
function grown(lease: Lease, used: number, need: number, memory: BufferPool): Lease {
  const larger = memory.lend(Math.max(2 * lease.bytes.length, used + need));
  lease.bytes.copy(larger.bytes, 0, 0, used);
  lease.release();
  return larger;
}
