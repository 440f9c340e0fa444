import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { queryLimits } from '../query/query-limits.js';

/** A row as Athena prints it; `null` is a value that is not there. */
export type TextRow = readonly (string | null)[];

/** A finished result. */
export interface StoredResult {
  readonly rows: number;
  /** Rows from one on, at most this many; at least one where there is one. */
  read(start: number, most: number): Promise<readonly TextRow[]>;
}

/** Results up to this size stay in memory: most have a handful of rows, and a file costs more than they do. */
const IN_MEMORY_BYTES = 16 * 1024;

/** Bytes of one page, beyond its first rows. */
const PAGE_BYTES = 8 * 1024 * 1024;

interface Piece {
  readonly firstRow: number;
  readonly rows: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Keeps results for paging: small ones in memory, others in a file each, and of all only the newest. */
export class ResultStore {
  readonly #folder: string | undefined;
  readonly #mostBytes: number;
  readonly #kept = new Map<string, ResultFile>();
  #bytes = 0;

  private constructor(folder: string | undefined, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Opens the store on an empty folder; without one, everything stays in memory. */
  static async open(
    folder: string | undefined,
    mostBytes: number = queryLimits.storedResultBytes,
  ): Promise<ResultStore> {
    if (folder !== undefined) {
      // Queries do not outlive the endpoint, and neither do their results.
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    }
    return new ResultStore(folder, mostBytes);
  }

  /** Takes the rows of one query. */
  writer(id: string): ResultFile {
    const file = new ResultFile(
      this.#folder === undefined ? undefined : join(this.#folder, `${id}.json`),
      (bytes) => {
        this.#bytes += bytes;
      },
    );
    this.#kept.set(id, file);
    return file;
  }

  /** The result of a query; `undefined` once it made room for newer ones. */
  result(id: string): StoredResult | undefined {
    return this.#kept.get(id);
  }

  /** Forgets a result. */
  async drop(id: string): Promise<void> {
    const file = this.#kept.get(id);
    if (file === undefined) return;
    this.#kept.delete(id);
    this.#bytes -= file.bytes;
    await file.remove();
  }

  /** Drops the oldest finished results until the rest fits; the newest stays whatever its size. */
  async makeRoom(newest: string): Promise<void> {
    for (const [id, file] of this.#kept) {
      if (this.#bytes <= this.#mostBytes || id === newest) return;
      if (file.finished) await this.drop(id);
    }
  }
}

/** One result, in pieces of rows as they came. */
export class ResultFile implements StoredResult {
  readonly #path: string | undefined;
  readonly #counted: (bytes: number) => void;
  readonly #pieces: Piece[] = [];
  #memory: Buffer[] = [];
  #handle: FileHandle | undefined;
  #inFile = false;
  rows = 0;
  bytes = 0;
  finished = false;

  constructor(path: string | undefined, counted: (bytes: number) => void) {
    this.#path = path;
    this.#counted = counted;
  }

  /** Adds rows. */
  async add(rows: readonly TextRow[]): Promise<void> {
    if (rows.length === 0) return;
    const encoded = Buffer.from(JSON.stringify(rows));
    this.#pieces.push({ firstRow: this.rows, rows: rows.length, offset: this.bytes, bytes: encoded.length });
    this.rows += rows.length;
    this.bytes += encoded.length;
    this.#counted(encoded.length);
    this.#memory.push(encoded);
    if (this.#path === undefined || (!this.#inFile && this.bytes <= IN_MEMORY_BYTES)) return;
    this.#inFile = true;
    this.#handle ??= await open(this.#path, 'w');
    for (const piece of this.#memory.splice(0)) await this.#handle.appendFile(piece);
  }

  /** Every row is there. */
  async finish(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
    this.finished = true;
  }

  async read(start: number, most: number): Promise<readonly TextRow[]> {
    const end = start + most;
    const wanted = this.#pieces.filter(({ firstRow, rows }) => firstRow < end && firstRow + rows > start);
    const rows: TextRow[] = [];
    let bytes = 0;
    for (const piece of wanted) {
      bytes += piece.bytes;
      // A page of huge rows ends early, and the next one continues there.
      if (rows.length > 0 && bytes > PAGE_BYTES) break;
      // The parse boundary: written by `add` above.
      const all = JSON.parse((await this.#bytesOf(piece)).toString()) as readonly TextRow[];
      rows.push(...all.slice(Math.max(0, start - piece.firstRow), end - piece.firstRow));
    }
    return rows;
  }

  /** Lets go of everything. */
  async remove(): Promise<void> {
    await this.finish();
    this.#memory = [];
    if (this.#path !== undefined && this.#inFile) await rm(this.#path, { force: true });
  }

  async #bytesOf(piece: Piece): Promise<Buffer> {
    if (!this.#inFile || this.#path === undefined)
      return this.#memory[this.#pieces.indexOf(piece)] ?? Buffer.from('[]');
    const handle = await open(this.#path, 'r');
    try {
      const bytes = Buffer.alloc(piece.bytes);
      await handle.read(bytes, 0, piece.bytes, piece.offset);
      return bytes;
    } finally {
      await handle.close();
    }
  }
}
