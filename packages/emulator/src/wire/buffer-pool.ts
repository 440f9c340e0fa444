/** Smaller ones come from Node's own pool. */
const POOLED_BYTES = 64 * 1024;
const STEP_BYTES = 1024 * 1024;
/** Most that waits unused. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Memory that is handed back by its user. */
export interface Lease {
  readonly bytes: Buffer;
  /** The memory may be used for something else from here on; calling it twice does nothing. */
  readonly release: () => void;
}

/**
 * Megabytes that every call needs for a moment. Fresh memory of that size costs a page fault for each 4 KiB and,
 * since it counts as the garbage collector's, a full collection every few calls: together as much as all the
 * rest of a call (bench/end-to-end.bench.ts of apps/cli).
 */
export class BufferPool {
  readonly #free: Buffer[] = [];
  #freeBytes = 0;

  /** Lends `size` bytes, which hold whatever was in them. */
  lend(size: number): Lease {
    if (size < POOLED_BYTES) return { bytes: Buffer.allocUnsafe(size), release: () => undefined };
    const whole = this.#take(size);
    let lent = true;
    return {
      bytes: whole.subarray(0, size),
      release: () => {
        if (lent) this.#keep(whole);
        lent = false;
      },
    };
  }

  #take(size: number): Buffer {
    const at = this.#free.findIndex(({ length }) => length >= size);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    if (found === undefined) return Buffer.allocUnsafeSlow(Math.ceil(size / STEP_BYTES) * STEP_BYTES);
    this.#freeBytes -= found.length;
    return found;
  }

  #keep(whole: Buffer): void {
    if (this.#freeBytes + whole.length > KEPT_BYTES) return;
    this.#freeBytes += whole.length;
    this.#free.push(whole);
    // The smallest that serves is found first.
    this.#free.sort((a, b) => a.length - b.length);
  }
}
