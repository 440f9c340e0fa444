import { inflateRawSync } from 'node:zlib';
import { formatCount } from '../../output/format.js';
import { CliError } from '../../terminal/errors.js';

/** Bounds of a workbook. */
export const workbookLimits: {
  /** Bytes of all of its parts, unpacked: ten times what a million rows of ten columns have. */
  readonly unpackedBytes: number;
  /** Parts: sheets, styles, pictures. */
  readonly parts: number;
} = Object.freeze({ unpackedBytes: 512 * 1024 * 1024, parts: 10_000 });

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * Throws where a zip file would unpack to more than {@link workbookLimits} allow. Each part is unpacked for it, as far as
 * the bound goes: what its header says of the size may be a lie.
 */
export function checkZip(
  bytes: Buffer,
  name: string,
  mostBytes: number = workbookLimits.unpackedBytes,
): void {
  const refuse = (why: string): CliError =>
    new CliError('BAD_SOURCE', `${name} ${why}.`, { fix: 'Export it as CSV.' });
  const end = bytes.lastIndexOf(Buffer.of(0x50, 0x4b, 0x05, 0x06));
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END)
    throw refuse('is no whole workbook: its directory is missing');
  const parts = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let left = mostBytes;
  if (parts > workbookLimits.parts) throw refuse(`has ${parts} parts, more than ${workbookLimits.parts}`);
  try {
    for (let part = 0; part < parts; part++) {
      if (bytes.readUInt32LE(at) !== ENTRY) throw refuse('has a damaged directory');
      const method = bytes.readUInt16LE(at + 10);
      const packed = bytes.readUInt32LE(at + 20);
      const local = bytes.readUInt32LE(at + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = bytes.subarray(start, start + packed);
      left -= method === 0 ? packed : inflateRawSync(content, { maxOutputLength: Math.max(1, left) }).length;
      if (left <= 0) throw new RangeError('too large');
      at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    const isLarge =
      error instanceof RangeError &&
      (error.message === 'too large' || ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'));
    if (isLarge) throw refuse(`unpacks to more than ${formatCount(mostBytes)} bytes`);
    throw refuse('is damaged');
  }
}
