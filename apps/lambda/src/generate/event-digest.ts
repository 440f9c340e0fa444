import { hash } from 'node:crypto';

/**
 * A digest of a set of events in which order does not count: the sums, lane by lane, of their SHA-256 values.
 * Digests of the shards of a world add up to the digest of the whole.
 */
export class EventDigest {
  readonly #lanes = new BigUint64Array(4);

  /** Adds one encoded event. */
  add(bytes: Uint8Array): void {
    const value = hash('sha256', bytes, 'buffer');
    // BigUint64Array wraps at 2^64 by itself.
    for (let lane = 0; lane < 4; lane++)
      this.#lanes[lane] = (this.#lanes[lane] ?? 0n) + value.readBigUInt64BE(lane * 8);
  }

  /** Adds the digest of other events, as {@link toString} writes it. */
  addDigest(digest: string): void {
    if (!/^[0-9a-f]{64}$/.test(digest))
      throw new RangeError('Expected `digest` to be 64 hexadecimal digits.');
    for (let lane = 0; lane < 4; lane++) {
      this.#lanes[lane] = (this.#lanes[lane] ?? 0n) + BigInt(`0x${digest.slice(lane * 16, lane * 16 + 16)}`);
    }
  }

  /** 64 hexadecimal digits. */
  toString(): string {
    return [...this.#lanes].map((lane) => lane.toString(16).padStart(16, '0')).join('');
  }
}
