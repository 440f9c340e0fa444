import { type Journal, openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import type { LakeObject, Tag } from './lake-object.js';
import {
  type BucketRecord,
  type ObjectEntry,
  ObjectState,
  type OpenUpload,
  type PutRecord,
} from './object-state.js';

/** The durable records of objects, buckets and multipart uploads. */
export class ObjectRecords {
  readonly #state: ObjectState;
  readonly #journal: Journal<ObjectEntry>;

  private constructor(state: ObjectState, journal: Journal<ObjectEntry>) {
    this.#state = state;
    this.#journal = journal;
  }

  /** Opens the records; without a journal they are lost with the process. */
  static async open(options: ServiceJournalOptions): Promise<ObjectRecords> {
    const state = new ObjectState();
    const journal = await openServiceJournal<ObjectEntry>(state, options, ['InternalError', 500]);
    return new ObjectRecords(state, journal);
  }

  /** Resolves once the entry is on disk and applied. */
  append(entry: ObjectEntry): Promise<void> {
    return this.#journal.append(entry);
  }

  /** The record of an object. */
  put(bucket: string, key: string): PutRecord | undefined {
    return this.#state.puts.get(bucket)?.get(key);
  }

  /** Whether anything is recorded of an object. */
  has(bucket: string, key: string): boolean {
    return this.put(bucket, key) !== undefined || this.tags(bucket, key) !== undefined;
  }

  /** Tags of an object that it was given after it was made; `undefined` where it was not. */
  tags(bucket: string, key: string): readonly Tag[] | undefined {
    return this.#state.tags.get(bucket)?.get(key);
  }

  /** Tags of a bucket. */
  bucketTags(bucket: string): readonly Tag[] {
    return this.#state.bucketTags.get(bucket) ?? [];
  }

  /** Records of all objects. */
  *puts(): Iterable<PutRecord> {
    for (const ofBucket of this.#state.puts.values()) yield* ofBucket.values();
  }

  /** The record of a bucket that was created by a call. */
  bucket(bucket: string): BucketRecord | undefined {
    return this.#state.buckets.get(bucket);
  }

  /** A multipart upload in progress. */
  upload(id: string): OpenUpload | undefined {
    return this.#state.uploads.get(id);
  }

  /** All multipart uploads in progress, the oldest first. */
  uploads(): readonly OpenUpload[] {
    return [...this.#state.uploads.values()];
  }

  /** The record of an object that was about to go when it was last heard of. */
  leaving(bucket: string, key: string): PutRecord | undefined {
    return this.#state.leaving.get(`${bucket}/${key}`)?.put;
  }

  /** Takes an object that was about to go for what it is: there, or gone. */
  async settle(bucket: string, key: string, isThere: boolean): Promise<void> {
    const name = `${bucket}/${key}`;
    const left = this.#state.leaving.get(name);
    this.#state.leaving.delete(name);
    if (left === undefined || !isThere) return;
    await this.append({ op: 'put', put: left.put });
    if (left.tags !== undefined) await this.append({ op: 'tags', bucket, key, tags: left.tags });
  }

  /** Settles every object that was about to go, and drops tags of objects that are not there. */
  async settleAll(find: (bucket: string, key: string) => LakeObject | undefined): Promise<void> {
    for (const { put } of [...this.#state.leaving.values()]) {
      const found = find(put.bucket, put.key);
      const isThere = found?.size === put.size && found.modifiedAt === put.modifiedAt;
      await this.settle(put.bucket, put.key, isThere);
    }
    for (const [bucket, ofBucket] of this.#state.tags)
      for (const key of [...ofBucket.keys()]) if (find(bucket, key) === undefined) ofBucket.delete(key);
  }

  /** Forgets an object that is not there. */
  async forget(bucket: string, key: string): Promise<void> {
    await this.append({ op: 'forget', bucket, key });
    await this.settle(bucket, key, false);
  }

  /** Takes what is there for an object, also where that is nothing. */
  async replace({ bucket, key }: PutRecord, found: LakeObject | undefined): Promise<void> {
    await this.forget(bucket, key);
    if (found === undefined) return;
    const { size, modifiedAt, facts = {} } = found;
    await this.append({ op: 'put', put: { bucket, key, size, modifiedAt, facts } });
  }

  /** Writes what is left and closes the journal. */
  close(): Promise<void> {
    return this.#journal.close();
  }
}
