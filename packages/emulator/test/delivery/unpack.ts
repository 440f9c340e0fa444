import { inflateRawSync } from 'node:zlib';

/** Reads a ZIP archive of one file by its central directory. */
export function unzip(bytes: Buffer): Buffer {
  const end = bytes.length - 22;
  const directory = bytes.readUInt32LE(end + 16);
  const packed = bytes.readUInt32LE(directory + 20);
  const start = 30 + bytes.readUInt16LE(26);
  return inflateRawSync(bytes.subarray(start, start + packed));
}

/** Reads Snappy's framing format. */
export function unframeSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUIntLE(at + 1, 3);
    if (bytes[at] === 0) parts.push(unsnappy(bytes.subarray(at + 8, at + 4 + length)));
    at += 4 + length;
  }
  return Buffer.concat(parts);
}

/** Reads Hadoop's Snappy blocks. */
export function unhadoopSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    parts.push(unsnappy(bytes.subarray(at + 8, at + 8 + length)));
    at += 8 + length;
  }
  return Buffer.concat(parts);
}

/** Reads one Snappy block stream, by the format's description. */
function unsnappy(input: Buffer): Buffer {
  let at = 0;
  let size = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = input[at++] ?? 0;
    size |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  const output = Buffer.alloc(size);
  let end = 0;
  while (at < input.length) {
    const tag = input[at++] ?? 0;
    if ((tag & 3) === 0) {
      let length = (tag >> 2) + 1;
      if (length > 60) {
        const width = length - 60;
        length = input.readUIntLE(at, width) + 1;
        at += width;
      }
      input.copy(output, end, at, at + length);
      at += length;
      end += length;
    } else {
      const length = (tag >> 2) + 1;
      const offset = input.readUInt16LE(at);
      at += 2;
      for (let i = 0; i < length; i += 1, end += 1) output[end] = output[end - offset] ?? 0;
    }
  }
  return output;
}
