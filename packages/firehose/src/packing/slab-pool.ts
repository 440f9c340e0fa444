/** A piece of memory that holds records one after another, each already as base64 JSON text. */
export interface Slab {
  readonly bytes: Buffer;
  /** Records and packers that still need it. */
  holders: number;
}

/**
 * A fixed budget of equally large slabs. Memory is bounded because every waiting byte lives in one of them;
 * slabs are reused, so a long run allocates nothing.
 */
export class SlabPool {
  readonly slabBytes: number;
  readonly maxSlabs: number;
  readonly #free: Slab[] = [];
  /** Slabs handed out and not yet back. */
  #used = 0;

  constructor(slabBytes: number, maxSlabs: number) {
    this.slabBytes = slabBytes;
    this.maxSlabs = maxSlabs;
  }

  get used(): number {
    return this.#used;
  }

  /**
   * A slab with one holder, or undefined when the budget is spent. For more bytes than a slab has it is one of that
   * size, and is not kept: an earlier process may have left a larger record than this one makes.
   */
  acquire(bytes: number = this.slabBytes): Slab | undefined {
    if (this.#used >= this.maxSlabs) return undefined;
    this.#used++;
    const free = bytes > this.slabBytes ? undefined : this.#free.pop();
    const slab = free ?? { bytes: Buffer.allocUnsafeSlow(Math.max(bytes, this.slabBytes)), holders: 0 };
    slab.holders = 1;
    return slab;
  }

  /** Gives up one hold; the last one returns the slab. Tells whether it did. */
  release(slab: Slab): boolean {
    if (--slab.holders > 0) return false;
    this.#used--;
    if (slab.bytes.length === this.slabBytes) this.#free.push(slab);
    return true;
  }
}
