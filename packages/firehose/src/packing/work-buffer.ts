/** Base64 text above this leaves V8's young generation, and the speed falls fivefold. A multiple of 3. */
const PIECE_BYTES = 48 * 1024;
const INITIAL_BYTES = PIECE_BYTES + 16 * 1024;
const LINE_FEED = 10;

/**
 * Where events are encoded before they turn into base64. It keeps at most one piece plus one event, so the
 * bytes are still in the processor's cache when base64 reads them (bench/rivals.bench.ts).
 */
export class WorkBuffer {
  #memory = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  /** What encoders see: one byte short, so that a separator always fits. */
  view: Buffer = this.#memory.subarray(0, INITIAL_BYTES - 1);
  /** Bytes held. */
  length = 0;

  /** Makes room for `bytes` more and their separator. */
  reserve(bytes: number): void {
    if (this.length + bytes + 1 <= this.#memory.length) return;
    const larger = Buffer.allocUnsafeSlow(this.length + bytes + 1);
    this.#memory.copy(larger, 0, 0, this.length);
    this.#memory = larger;
    this.view = larger.subarray(0, larger.length - 1);
  }

  /** Ends the line at `end`; returns where the next one begins. */
  separate(end: number): number {
    this.#memory[end] = LINE_FEED;
    return end + 1;
  }

  /** Bytes that fit without more memory. */
  get room(): number {
    return this.view.length - this.length;
  }

  /** Copies `source[from, end)` behind what is held. */
  append(source: Buffer, from: number, end: number): void {
    source.copy(this.#memory, this.length, from, end);
    this.length += end - from;
  }

  /** Is there a piece worth turning into base64? */
  get ripe(): boolean {
    return this.length >= PIECE_BYTES;
  }

  /**
   * Writes bytes [0, end) as base64 text into `target` and keeps the rest. Unless it is the end of a record,
   * `end` must be a multiple of 3, since base64 pads.
   *
   * @returns the offset after the text.
   */
  drain(end: number, target: Buffer, offset: number): number {
    for (let from = 0; from < end; from += PIECE_BYTES) {
      const text = this.#memory.toString('base64', from, Math.min(from + PIECE_BYTES, end));
      offset += target.write(text, offset, 'latin1');
    }
    if (this.length > end) this.#memory.copyWithin(0, end, this.length);
    this.length -= end;
    return offset;
  }
}
