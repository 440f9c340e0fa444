import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { syncFile, syncFolder } from '@store/durable';
import { KeyedTurns } from '../keyed-turns.js';
import { entriesOf } from '../lake/lake-files.js';
import type { ObjectRecords } from '../lake/object-records.js';
import type { OpenUpload, PartRecord, UploadRecord } from '../lake/object-state.js';
import { ServiceError } from '../wire/service-error.js';
import { emulatorLimits } from '../wire/request-limits.js';
import type { Draft } from './drafts.js';
import { noSuchUpload } from './s3-errors.js';

/** The multipart uploads in progress: what the records know of them, and a folder with a file for each part. */
export class UploadStore {
  readonly #folder: string;
  readonly #records: ObjectRecords;
  readonly #turns = new KeyedTurns();
  /** Uploads whose folders are made, and whose records are not. */
  readonly #coming = new Set<string>();

  /** @param folder - on the lake's file system */
  constructor(folder: string, records: ObjectRecords) {
    this.#folder = folder;
    this.#records = records;
  }

  /** Makes the folder, and removes parts of uploads that ended. */
  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.forget();
    for (const { id, parts } of this.#records.uploads()) {
      const known = new Set([...parts.values()].map(({ file }) => file));
      for (const name of await entriesOf(join(this.#folder, id))) {
        if (!known.has(name)) await rm(join(this.#folder, id, name), { recursive: true, force: true });
      }
    }
  }

  /** Removes the folders of uploads that have ended. */
  async forget(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (this.#records.upload(name) === undefined && !this.#coming.has(name)) await this.drop(name);
    }
  }

  /** Opens an upload and returns its ID; the check throws where the bucket has been deleted meanwhile. */
  async create(upload: Omit<UploadRecord, 'id'>, check: () => void): Promise<string> {
    const { uploads } = emulatorLimits;
    if (this.#records.uploads().length >= uploads) {
      throw new ServiceError(
        'SlowDown',
        `${uploads} uploads are open. Complete or abort some; ListMultipartUploads names them.`,
        503,
      );
    }
    const id = randomUUID().replaceAll('-', '');
    this.#coming.add(id);
    try {
      await mkdir(join(this.#folder, id));
      await syncFolder(this.#folder);
      check();
      await this.#records.append({ op: 'upload', upload: { id, ...upload } });
      return id;
    } finally {
      this.#coming.delete(id);
    }
  }

  /** An open upload of an object; throws where there is none. */
  find(id: string, bucket: string, key: string): OpenUpload {
    const upload = this.#records.upload(id);
    if (upload?.bucket !== bucket || upload.key !== key) throw noSuchUpload(id.slice(0, 200));
    return upload;
  }

  /** Open uploads of a bucket. */
  list(bucket: string): readonly OpenUpload[] {
    return this.#records.uploads().filter((upload) => upload.bucket === bucket);
  }

  /** Runs work on an upload alone: what was checked of it still holds when it ends. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(id, work);
  }

  /** Takes a part in, in the place of one of that number; resolves when it is on disk. */
  async addPart(upload: OpenUpload, draft: Draft, part: Omit<PartRecord, 'file'>): Promise<void> {
    await syncFile(draft.path);
    await this.alone(upload.id, async () => {
      const { id, bucket, key } = upload;
      const before = this.find(id, bucket, key).parts.get(part.number);
      const file = basename(draft.path);
      const folder = join(this.#folder, id);
      await rename(draft.path, join(folder, file));
      await syncFolder(folder);
      await this.#records.append({ op: 'part', id, part: { ...part, file } });
      if (before !== undefined) await rm(join(folder, before.file), { force: true });
    });
  }

  /** The file of a part. */
  pathOf({ id }: OpenUpload, { file }: PartRecord): string {
    return join(this.#folder, id, file);
  }

  /** Ends an upload without an object. */
  async abort(id: string): Promise<void> {
    await this.#records.append({ op: 'end', id });
    await this.drop(id);
  }

  /** Removes the parts of an upload that ended. */
  async drop(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }
}
