import { snappyUncompress } from 'hyparquet';
import { inflateRawSync } from 'node:zlib';

/** Reads a ZIP archive of one file by its central directory. */
export function unzip(bytes: Buffer): Buffer {
  const directory = bytes.readUInt32LE(bytes.length - 22 + 16);
  const start = 30 + bytes.readUInt16LE(26);
  return inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(directory + 20)));
}

/** Reads Snappy's framing format: a type and a length of three bytes each; a checksum before the data of type 0. */
export function unframeSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUIntLE(at + 1, 3);
    if (bytes[at] === 0) parts.push(unsnappy(bytes.subarray(at + 8, at + 4 + length)));
    if (bytes[at] === 1) parts.push(bytes.subarray(at + 8, at + 4 + length));
    at += 4 + length;
  }
  return Buffer.concat(parts);
}

/** Reads Hadoop's blocks: sizes of the text and of the compressed data, big-endian, before each. */
export function unhadoopSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    parts.push(unsnappy(bytes.subarray(at + 8, at + 8 + length)));
    at += 8 + length;
  }
  return Buffer.concat(parts);
}

/** Reads one Snappy block, which begins with the size of its text. */
function unsnappy(block: Buffer): Buffer {
  let size = 0;
  let at = 0;
  for (let more = true; more; at += 1) {
    const byte = block[at] ?? 0;
    size |= (byte & 0x7f) << (7 * at);
    more = byte >= 0x80;
  }
  const text = Buffer.alloc(size);
  snappyUncompress(block, text);
  return text;
}
