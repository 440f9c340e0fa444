import { mkdir, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LakeFolder } from '../../lake/lake-folder.js';
import type { PlaceOptions } from '../../lake/lake-object.js';
import type { TextRow } from '../result-store.js';
import { resultMetadata, type ResultFacts } from './result-metadata.js';
import type { ResultPlaces, S3Place } from './result-location.js';

/** Rows are written once they fill this many characters: one write for each row costs more than the rows do. */
const WRITE_CHARACTERS = 64 * 1024;

/** Where results become objects: a lake, and a folder for those that are not whole yet. */
export interface ResultObjectsOptions {
  readonly lake: LakeFolder;
  readonly drafts: string;
}

/** Writes the objects that queries leave under their output locations; each is on disk before it is told of. */
export class ResultObjects {
  readonly #lake: LakeFolder;
  readonly #drafts: string;

  constructor({ lake, drafts }: ResultObjectsOptions) {
    this.#lake = lake;
    this.#drafts = drafts;
  }

  /** Takes the rows of one query; `csv` has a header, `text` joins rows by line feeds. */
  rows(id: string, places: ResultPlaces, form: 'csv' | 'text', contentType: string): ResultObject {
    return new ResultObject(join(this.#drafts, `${id}.result`), form, async (path) => {
      const { bucket, key } = places.object;
      await this.#lake.place(path, bucket, key, typed(contentType));
    });
  }

  /** Writes what a query says of its columns. */
  async metadata(places: ResultPlaces, facts: ResultFacts, contentType: string): Promise<void> {
    await this.#put(places.metadata, facts.queryId, resultMetadata(facts), contentType);
  }

  /** Writes the list of the objects that a query has written. */
  async manifest(places: ResultPlaces, id: string, addresses: readonly string[]): Promise<void> {
    await this.#put(
      places.manifest,
      id,
      Buffer.from(addresses.map((address) => `${address}\n`).join('')),
      PLANNED,
    );
  }

  /** Writes text as the result. */
  async text(places: ResultPlaces, id: string, text: string): Promise<void> {
    await this.#put(places.object, id, Buffer.from(text), PLANNED);
  }

  async #put({ bucket, key }: S3Place, id: string, bytes: Buffer, contentType: string): Promise<void> {
    await mkdir(this.#drafts, { recursive: true });
    const draft = join(this.#drafts, `${id}.part`);
    try {
      await writeFile(draft, bytes);
      await this.#lake.place(draft, bucket, key, typed(contentType));
    } finally {
      await rm(draft, { force: true });
    }
  }
}

const PLANNED = 'application/octet-stream';

function typed(contentType: string): PlaceOptions {
  return { facts: { headers: { 'content-type': contentType } } };
}

/** A result on its way to its object. */
export class ResultObject {
  readonly #path: string;
  readonly #form: 'csv' | 'text';
  readonly #place: (path: string) => Promise<void>;
  #handle: FileHandle | undefined;
  #waiting = '';
  #isFirst = true;

  constructor(path: string, form: 'csv' | 'text', place: (path: string) => Promise<void>) {
    this.#path = path;
    this.#form = form;
    this.#place = place;
  }

  /** Adds rows; a header is one. */
  async add(rows: readonly TextRow[]): Promise<void> {
    for (const row of rows) {
      if (this.#form === 'csv') this.#waiting += `${row.map(csvField).join(',')}\n`;
      else {
        this.#waiting += `${this.#isFirst ? '' : '\n'}${row.map((value) => value ?? '').join('\t')}`;
        this.#isFirst = false;
      }
      if (this.#waiting.length >= WRITE_CHARACTERS) await this.#write();
    }
  }

  /** Makes it an object. */
  async finish(): Promise<void> {
    await this.#write();
    await this.#close();
    await this.#place(this.#path);
  }

  /** Leaves no trace of it. */
  async drop(): Promise<void> {
    await this.#close();
    await rm(this.#path, { force: true });
  }

  async #write(): Promise<void> {
    if (this.#handle === undefined) {
      await mkdir(dirname(this.#path), { recursive: true });
      this.#handle = await open(this.#path, 'w');
    }
    await this.#handle.appendFile(this.#waiting);
    this.#waiting = '';
  }

  async #close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

function csvField(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`;
}
