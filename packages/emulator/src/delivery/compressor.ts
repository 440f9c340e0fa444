import { PassThrough, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Zip, ZipDeflate } from 'fflate';
import { crc32c } from '../wire/crc32c.js';
import { snappyCompress } from './snappy.js';
import type { CompressionFormat } from './delivery-plan.js';

/** Block of Hadoop's Snappy codec, and largest chunk of Snappy's framing format. */
const HADOOP_BLOCK_BYTES = 256 * 1024;
const FRAME_BYTES = 65_536;
const STREAM_IDENTIFIER = Buffer.from([0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]);

/** Makes the stream that compresses an object; `name` is that of the file inside an archive. */
export function compressor(format: CompressionFormat, name: string): NodeJS.ReadWriteStream {
  switch (format) {
    case 'UNCOMPRESSED':
      return new PassThrough();
    case 'GZIP':
      return createGzip();
    case 'ZIP':
      return zipArchive(name);
    case 'Snappy':
      return inBlocks(FRAME_BYTES, STREAM_IDENTIFIER, snappyFrame);
    case 'HADOOP_SNAPPY':
      return inBlocks(HADOOP_BLOCK_BYTES, Buffer.alloc(0), hadoopBlock);
  }
}

/** A ZIP archive of one file, deflated as it streams; archives of the same bytes are the same. */
function zipArchive(name: string): Transform {
  const archive = new Zip();
  const file = new ZipDeflate(name);
  // The earliest date that the format has, which is one of local time.
  file.mtime = new Date(1980, 0, 1);
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      file.push(chunk);
      done();
    },
    flush(done) {
      file.push(new Uint8Array(0), true);
      archive.end();
      done();
    },
  });
  archive.ondata = (error, data) => {
    if (error === null) stream.push(data);
    else stream.destroy(error);
  };
  archive.add(file);
  return stream;
}

/** Cuts what comes into blocks of one size and encodes each. */
function inBlocks(size: number, head: Buffer, encode: (block: Buffer) => Buffer): Transform {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!started) this.push(head);
      started = true;
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= size) {
        this.push(encode(rest.subarray(0, size)));
        rest = rest.subarray(size);
      }
      done();
    },
    flush(done) {
      if (!started) this.push(head);
      if (rest.length > 0) this.push(encode(rest));
      done();
    },
  });
}

/** Snappy's framing format: type, length, masked CRC-32C, data. */
function snappyFrame(block: Buffer): Buffer {
  const data = snappyCompress(block);
  const header = Buffer.alloc(8);
  header.writeUIntLE(data.length + 4, 1, 3);
  const sum = crc32c(block);
  header.writeUInt32LE((((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0, 4);
  return Buffer.concat([header, data]);
}

/** Hadoop's block: raw length, compressed length, data; both big-endian. */
function hadoopBlock(block: Buffer): Buffer {
  const data = snappyCompress(block);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(block.length, 0);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}
