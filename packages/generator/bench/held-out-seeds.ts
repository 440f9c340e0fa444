import { createHash } from 'node:crypto';

/**
 * Seeds that nobody chose and no parameter was fitted to: the first 32 bits of the SHA-256 of a phrase with a number
 * behind it. The phrase was written down before any of them was run.
 */
export const heldOutSeeds: readonly number[] = [1, 2, 3].map((n) =>
  createHash('sha256').update(`a world of stores, held out, ${n}`).digest().readUInt32BE(0),
);
