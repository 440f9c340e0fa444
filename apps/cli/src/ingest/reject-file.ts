import { open, type FileHandle } from 'node:fs/promises';
import { syncFile } from '@store/durable';
import type { ValidationIssue } from '@store/glue-schema';

/** Why a record was refused. */
export interface Reject {
  readonly source: string;
  readonly line: number;
  readonly code: string;
  /** `location.latitude`; absent where the record as a whole is wrong. */
  readonly path?: string;
  readonly message: string;
  /** What else is wrong with it. */
  readonly more?: readonly { readonly code: string; readonly path: string; readonly message: string }[];
  readonly record: string;
}

/** A file of refused records, one JSON object a line; it is not created before the first one. */
export class RejectFile {
  readonly path: string;
  readonly #keepBytes: number | undefined;
  #file: FileHandle | undefined;
  #lines: string[] = [];
  #bytes: number;
  #flushing: Promise<number> = Promise.resolve(0);

  /**
   * @param keepBytes - length of what stands there and is kept, where a stopped run or another source of this one
   *   has written before; what stands after it is cut off
   */
  constructor(path: string, { keepBytes }: { readonly keepBytes?: number | undefined } = {}) {
    this.path = path;
    this.#keepBytes = keepBytes;
    this.#bytes = keepBytes ?? 0;
  }

  add(reject: Reject): void {
    this.#lines.push(`${JSON.stringify(reject)}\n`);
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

/** A reject from what the validator found. */
export function rejectOf(
  source: string,
  line: number,
  record: string,
  issues: readonly ValidationIssue[],
): Reject {
  const [first, ...more] = issues.map(({ code, path, message }) => ({ code, path: path.join('.'), message }));
  return {
    source,
    line,
    code: first?.code ?? 'INVALID',
    ...(first === undefined || first.path === '' ? {} : { path: first.path }),
    message: first?.message ?? 'The record is not an inventory event.',
    ...(more.length === 0 ? {} : { more }),
    record: record.slice(0, 10_000),
  };
}
