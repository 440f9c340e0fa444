import { PassThrough } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { CompressionFormat } from './plan.js';

/** Makes the stream that compresses an object. */
export function compressor(format: CompressionFormat): NodeJS.ReadWriteStream {
  if (format === 'UNCOMPRESSED') return new PassThrough();
  if (format === 'GZIP') return createGzip();
  throw new Error(`Compression ${format} is not there yet.`);
}
