import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { replaceFile, syncFile, toFileName } from '@store/durable';
import { partBytes, type StagedPart } from './staging-file.js';

/** What the quarantine knows of something it keeps: the file `NAME.json`, with the bytes beside it as `NAME.data`. */
export interface QuarantineNote {
  readonly deliveryStreamName: string;
  readonly code: string;
  readonly reason: string;
  readonly records: number;
  readonly bytes: number;
  readonly arrivedAt: number;
  /** Where it was to go, if that was known. */
  readonly bucket?: string;
  readonly objectKey?: string;
}

/** Contents of a stream's quarantine. */
export interface QuarantineCount {
  readonly entries: number;
  readonly records: number;
  readonly bytes: number;
}

/**
 * The folder for what can neither be delivered nor be written to the error output: `quarantine/STREAM` in the data
 * folder. Nothing leaves it by itself. What is put in again, after a crash, takes the same name.
 */
export class Quarantine {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps staged records; resolves when they are on disk. */
  async keepParts(name: string, parts: readonly StagedPart[], note: QuarantineNote): Promise<void> {
    const folder = this.#folderOf(note);
    await mkdir(folder, { recursive: true });
    const data = join(folder, `${name}.data`);
    await pipeline(partBytes(parts), createWriteStream(`${data}.draft`));
    await syncFile(`${data}.draft`);
    await rename(`${data}.draft`, data);
    await replaceFile(join(folder, `${name}.json`), JSON.stringify(note));
  }

  /** Keeps the bytes of an entry of the log before it returns: the log continues behind it. */
  keepEntry(name: string, payload: Buffer, note: QuarantineNote): void {
    const folder = this.#folderOf(note);
    mkdirSync(folder, { recursive: true });
    replaceFileSync(join(folder, `${name}.data`), payload);
    replaceFileSync(join(folder, `${name}.json`), JSON.stringify(note));
  }

  /** Counts what is here of a stream. */
  count(deliveryStreamName: string): QuarantineCount {
    const folder = this.#folderOf({ deliveryStreamName });
    const count = { entries: 0, records: 0, bytes: 0 };
    if (!existsSync(folder)) return count;
    for (const name of readdirSync(folder)) {
      if (!name.endsWith('.json')) continue;
      const { records, bytes } = noteOf(readFileSync(join(folder, name), 'utf8'));
      count.entries += 1;
      count.records += records;
      count.bytes += bytes;
    }
    return count;
  }

  #folderOf({ deliveryStreamName }: Pick<QuarantineNote, 'deliveryStreamName'>): string {
    return join(this.#folder, toFileName(deliveryStreamName));
  }
}

function replaceFileSync(path: string, content: Buffer | string): void {
  writeFileSync(`${path}.draft`, content, { flush: true });
  renameSync(`${path}.draft`, path);
}

function noteOf(text: string): Pick<QuarantineNote, 'records' | 'bytes'> {
  try {
    // Written above; whoever edits it by hand does not stop the endpoint.
    const { records = 0, bytes = 0 } = JSON.parse(text) as Partial<QuarantineNote>;
    return { records, bytes };
  } catch {
    return { records: 0, bytes: 0 };
  }
}
