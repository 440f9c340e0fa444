/** Bytes that a copy may write past its end: fragments and buffers keep this much room behind them. */
export const OVERSHOOT = 16;

/**
 * One block of memory for the fragments and the output: copies go eight bytes at a time through one DataView, past
 * the end of the fragment, and the next write covers the surplus. A tenth of the cost of `TypedArray.set` for
 * fragments of this size (bench/ndjson.bench.ts). Moving text as float64 is safe: a NaN would need a byte 0x7F or
 * 0xFF, and JSON in UTF-8 holds neither (0x7F is escaped below).
 */
export class ByteArena {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
  readonly #encoder = new TextEncoder();
  #free = 0;

  /** @param length - bytes in all */
  constructor(length: number) {
    const buffer = new ArrayBuffer(length + OVERSHOOT);
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
  }

  /** Position of the next reservation. */
  get free(): number {
    return this.#free;
  }

  /** Sets bytes apart and tells where they begin. */
  reserve(length: number): number {
    const at = this.#free;
    this.#free += Math.ceil((length + OVERSHOOT) / 8) * 8;
    return at;
  }

  /** Writes text at a position; the number of bytes written. */
  write(at: number, text: string): number {
    return this.#encoder.encodeInto(text.replaceAll('\u007f', '\\u007f'), this.bytes.subarray(at)).written;
  }
}

/** Bytes of a text in UTF-8, as `ByteArena.write` writes it. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text.replaceAll('\u007f', '\\u007f')).length;
}
