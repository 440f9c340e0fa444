/**
 * Snappy's block format: a length, then literals and copies. Greedy matching with one hash table, as the
 * format's own description suggests; source: google/snappy, format_description.txt.
 */
const BLOCK_BYTES = 65_536;
const TABLE_BITS = 14;
const MIN_MATCH = 4;

/** Compresses bytes into one Snappy block stream. */
export function snappyCompress(input: Buffer): Buffer {
  const output = Buffer.allocUnsafe(32 + input.length + Math.ceil(input.length / 6));
  let end = writeVarint(output, input.length);
  // Copies never reach across blocks, so that offsets fit two bytes.
  for (let start = 0; start < input.length; start += BLOCK_BYTES) {
    end = compressBlock(input, start, Math.min(start + BLOCK_BYTES, input.length), output, end);
  }
  return output.subarray(0, end);
}

function compressBlock(input: Buffer, start: number, stop: number, output: Buffer, from: number): number {
  const table = new Uint16Array(1 << TABLE_BITS);
  let end = from;
  let literal = start;
  let at = start;
  while (at + MIN_MATCH <= stop) {
    const word = input.readInt32LE(at);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - TABLE_BITS);
    const candidate = start + (table[slot] ?? 0);
    table[slot] = at - start;
    if (candidate >= at || input.readInt32LE(candidate) !== word) {
      at += 1;
      continue;
    }
    let length = MIN_MATCH;
    while (at + length < stop && input[candidate + length] === input[at + length]) length += 1;
    end = writeLiteral(input, literal, at, output, end);
    end = writeCopy(output, end, at - candidate, length);
    at += length;
    literal = at;
  }
  return writeLiteral(input, literal, stop, output, end);
}

function writeLiteral(input: Buffer, start: number, stop: number, output: Buffer, from: number): number {
  const length = stop - start;
  if (length === 0) return from;
  let end = from;
  const count = length - 1;
  if (count < 60) output[end++] = count << 2;
  else if (count < 256) {
    output[end++] = 60 << 2;
    output[end++] = count;
  } else {
    output[end++] = 61 << 2;
    output[end++] = count & 0xff;
    output[end++] = count >> 8;
  }
  input.copy(output, end, start, stop);
  return end + length;
}

/** Copies of at most 64 bytes each, with a two-byte offset. */
function writeCopy(output: Buffer, from: number, offset: number, length: number): number {
  let end = from;
  for (let left = length; left > 0;) {
    const part = Math.min(left, 64);
    output[end++] = ((part - 1) << 2) | 2;
    output[end++] = offset & 0xff;
    output[end++] = offset >> 8;
    left -= part;
  }
  return end;
}

function writeVarint(output: Buffer, value: number): number {
  let end = 0;
  let left = value;
  while (left >= 0x80) {
    output[end++] = (left & 0x7f) | 0x80;
    left >>>= 7;
  }
  output[end++] = left;
  return end;
}
