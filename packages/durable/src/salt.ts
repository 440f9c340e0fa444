import { crc32 } from 'node:zlib';
import { FRAME_HEADER_BYTES, frameAt, frameForms } from './frame.js';

const SUMMED_BYTES = FRAME_HEADER_BYTES - 8;
const BITS = Array.from({ length: 32 }, (_, bit) => 2 ** bit);

/**
 * Finds the salt of a segment from the checksum of its first frame, at `at`; undefined unless that frame is
 * complete. The checksum over given bytes is linear in its seed, so that the seed that gives the sum at hand
 * is the solution of 32 equations.
 */
export function saltOf(bytes: Buffer, at: number): number | undefined {
  if (at + FRAME_HEADER_BYTES > bytes.length) return undefined;
  const summed = bytes.subarray(at, at + SUMMED_BYTES);
  const salt = solve((bytes.readUInt32LE(at + SUMMED_BYTES) ^ crc32(summed)) >>> 0);
  return frameAt(frameForms.current(salt), bytes, at) === undefined ? undefined : salt;
}

/** The seed by which the checksum over as many bytes differs so from the one without a seed. */
function solve(difference: number): number {
  const zeros = Buffer.alloc(SUMMED_BYTES);
  const unseeded = crc32(zeros);
  // For each leading bit, a seed and what it changes; each row is cleared of the leading bits of the others above.
  const rows = new Map<number, readonly [effect: number, seed: number]>();
  for (const bit of BITS) {
    const [effect, seed] = reduce((crc32(zeros, bit) ^ unseeded) >>> 0, bit, rows);
    if (effect !== 0) rows.set(Math.clz32(effect), [effect, seed]);
  }
  return reduce(difference, 0, rows)[1];
}

function reduce(
  effect: number,
  seed: number,
  rows: ReadonlyMap<number, readonly [effect: number, seed: number]>,
): readonly [effect: number, seed: number] {
  let left = effect;
  let sum = seed;
  for (let lead = 0; lead < 32; lead += 1) {
    const row = rows.get(lead);
    if (row === undefined || Math.clz32(left) !== lead) continue;
    left = (left ^ row[0]) >>> 0;
    sum = (sum ^ row[1]) >>> 0;
  }
  return [left, sum];
}
