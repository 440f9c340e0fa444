import {
  type Journal,
  type JournaledState,
  openServiceJournal,
  type ServiceJournalOptions,
} from '../journal.js';
import type { ChecksumAlgorithm, ChecksumType, ObjectChecksum, ObjectFacts, Tag } from './lake-object.js';

/** An object that was put: its file is the one of that size and time. */
export interface PutRecord {
  readonly bucket: string;
  readonly key: string;
  /** Name of the draft that becomes the object; where it still is there, a crash came between. */
  readonly draft: string;
  readonly size: number;
  readonly modifiedAt: number;
  readonly facts: ObjectFacts;
}

/** A bucket that was created by a call. */
export interface BucketRecord {
  readonly bucket: string;
  readonly at: number;
  readonly region: string;
}

/** A multipart upload in progress. */
export interface UploadRecord {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly at: number;
  readonly facts: ObjectFacts;
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Whether the caller chose the checksum. */
  readonly chosen: boolean;
}

/** A part of a multipart upload in progress. */
export interface PartRecord {
  readonly number: number;
  /** Name of its file in the upload's folder. */
  readonly file: string;
  readonly size: number;
  readonly at: number;
  readonly etag: string;
  readonly checksum: ObjectChecksum;
}

/** A multipart upload in progress and its parts. */
export interface OpenUpload extends UploadRecord {
  /** By part number. */
  readonly parts: ReadonlyMap<number, PartRecord>;
}

/** An entry of the journal. */
export type ObjectEntry =
  /** `ends` is the multipart upload that the object completes. */
  | { readonly op: 'put'; readonly put: PutRecord; readonly ends?: string }
  | { readonly op: 'forget'; readonly bucket: string; readonly key: string }
  | { readonly op: 'bucket'; readonly made: BucketRecord }
  | { readonly op: 'drop'; readonly bucket: string }
  /** Tags of the object that is there when the entry is written. */
  | { readonly op: 'tags'; readonly bucket: string; readonly key: string; readonly tags: readonly Tag[] }
  | { readonly op: 'bucket-tags'; readonly bucket: string; readonly tags: readonly Tag[] }
  | { readonly op: 'upload'; readonly upload: UploadRecord }
  | { readonly op: 'part'; readonly id: string; readonly part: PartRecord }
  | { readonly op: 'end'; readonly id: string };

interface Uploading extends UploadRecord {
  readonly parts: Map<number, PartRecord>;
}

/** What is known of buckets, objects and multipart uploads besides the files of the lake. */
class ObjectState implements JournaledState<ObjectEntry> {
  readonly buckets = new Map<string, BucketRecord>();
  readonly puts = new Map<string, Map<string, PutRecord>>();
  readonly uploads = new Map<string, Uploading>();
  readonly tags = new Map<string, Map<string, readonly Tag[]>>();
  readonly bucketTags = new Map<string, readonly Tag[]>();

  apply(entry: ObjectEntry): void {
    switch (entry.op) {
      case 'put': {
        const { put, ends } = entry;
        const ofBucket = this.puts.get(put.bucket) ?? new Map<string, PutRecord>();
        this.puts.set(put.bucket, ofBucket);
        ofBucket.set(put.key, put);
        this.tags.get(put.bucket)?.delete(put.key);
        if (ends !== undefined) this.uploads.delete(ends);
        return;
      }
      case 'forget':
        this.puts.get(entry.bucket)?.delete(entry.key);
        this.tags.get(entry.bucket)?.delete(entry.key);
        return;
      case 'tags': {
        const ofBucket = this.tags.get(entry.bucket) ?? new Map<string, readonly Tag[]>();
        this.tags.set(entry.bucket, ofBucket);
        ofBucket.set(entry.key, entry.tags);
        return;
      }
      case 'bucket-tags':
        this.bucketTags.set(entry.bucket, entry.tags);
        return;
      case 'bucket':
        this.buckets.set(entry.made.bucket, entry.made);
        return;
      case 'drop':
        this.buckets.delete(entry.bucket);
        this.puts.delete(entry.bucket);
        this.tags.delete(entry.bucket);
        this.bucketTags.delete(entry.bucket);
        for (const { id, bucket } of this.uploads.values()) {
          if (bucket === entry.bucket) this.uploads.delete(id);
        }
        return;
      case 'upload':
        this.uploads.set(entry.upload.id, { ...entry.upload, parts: new Map() });
        return;
      case 'part':
        this.uploads.get(entry.id)?.parts.set(entry.part.number, entry.part);
        return;
      case 'end':
        this.uploads.delete(entry.id);
    }
  }

  *snapshot(): Iterable<ObjectEntry> {
    for (const made of this.buckets.values()) yield { op: 'bucket', made };
    for (const ofBucket of this.puts.values()) for (const put of ofBucket.values()) yield { op: 'put', put };
    for (const [bucket, tags] of this.bucketTags) yield { op: 'bucket-tags', bucket, tags };
    for (const [bucket, ofBucket] of this.tags)
      for (const [key, tags] of ofBucket) yield { op: 'tags', bucket, key, tags };
    for (const { parts, ...upload } of this.uploads.values()) {
      yield { op: 'upload', upload };
      for (const part of parts.values()) yield { op: 'part', id: upload.id, part };
    }
  }
}

/** The durable records of objects, buckets and multipart uploads that were made through S3. */
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

  /** The record of an object that was put. */
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

  /** Records of all objects that were put. */
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

  /** Drops the records of objects that are not there, so that the next snapshot leaves them out. */
  keepOnly(isThere: (bucket: string, key: string) => boolean): void {
    for (const { bucket, key } of [...this.puts()]) {
      if (!isThere(bucket, key)) this.#state.puts.get(bucket)?.delete(key);
    }
    for (const [bucket, ofBucket] of this.#state.tags)
      for (const key of [...ofBucket.keys()]) if (!isThere(bucket, key)) ofBucket.delete(key);
  }

  /** Writes what is left and closes the journal. */
  close(): Promise<void> {
    return this.#journal.close();
  }
}
