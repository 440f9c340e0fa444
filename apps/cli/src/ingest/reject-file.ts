import { open, type FileHandle } from 'node:fs/promises';
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
  readonly #append: boolean;
  #file: FileHandle | undefined;
  #lines: string[] = [];

  /** @param append - keep what a stopped run before this one has written. */
  constructor(path: string, { append }: { readonly append: boolean }) {
    this.path = path;
    this.#append = append;
  }

  add(reject: Reject): void {
    this.#lines.push(`${JSON.stringify(reject)}\n`);
  }

  /** Puts what was added on disk. */
  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    this.#file ??= await open(this.path, this.#append ? 'a' : 'w');
    await this.#file.appendFile(this.#lines.join(''));
    this.#lines = [];
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file?.close();
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
