import { rejectLine, type Reject } from '@store/intake';
import { syncFile } from '@store/durable';
import { open, type FileHandle } from 'node:fs/promises';

/** A file of refused records, one JSON object a line; it is not created before the first one. */
export class RejectFile {
  readonly path: string;
  readonly #keepBytes: number | undefined;
  #file: FileHandle | undefined;
  #lines: string[] = [];
  #held = 0;
  #bytes: number;
  #flushing: Promise<number> = Promise.resolve(0);

  /**
   * @param keepBytes - length of what is there and is kept, where a stopped run or another source of this one
   *   has written before; what is after it is cut off
   */
  constructor(path: string, { keepBytes }: { readonly keepBytes?: number | undefined } = {}) {
    this.path = path;
    this.#keepBytes = keepBytes;
    this.#bytes = keepBytes ?? 0;
  }

  add(reject: Reject): void {
    const line = rejectLine(reject);
    this.#lines.push(line);
    this.#held += line.length;
  }

  /** True where so much waits that it is time to write it. */
  get isFull(): boolean {
    return this.#held > 1 << 20;
  }

  /** Puts what was added on disk; resolves with the length of the file. */
  flush(): Promise<number> {
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  /** Puts what was added on disk and lets go of the file; resolves with its length. */
  async close(): Promise<number> {
    const bytes = await this.flush();
    await this.#file?.close();
    return bytes;
  }

  async #write(): Promise<number> {
    if (this.#lines.length === 0) return this.#bytes;
    const text = this.#lines.join('');
    this.#lines = [];
    this.#held = 0;
    if (this.#file === undefined) {
      this.#file = await open(this.path, this.#keepBytes === undefined ? 'w' : 'a');
      if (this.#keepBytes !== undefined) await this.#file.truncate(this.#keepBytes);
    }
    await this.#file.appendFile(text);
    await syncFile(this.path);
    this.#bytes += Buffer.byteLength(text);
    return this.#bytes;
  }
}
