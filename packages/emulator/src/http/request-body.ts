import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service.js';

/** Most bytes of one request: a full batch in base64, with room for its frame. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Reads a request's body whole. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) {
        reject(
          new ServiceError(
            'RequestEntityTooLargeException',
            `Expected at most ${MAX_BODY_BYTES} bytes.`,
            413,
          ),
        );
        request.destroy();
      } else chunks.push(chunk);
    });
    request.on('end', () => {
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, bytes));
    });
    request.on('error', reject);
  });
}
