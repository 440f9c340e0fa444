import type { JournaledState } from '../journal.js';
import type { ChecksumAlgorithm, ChecksumType, ObjectChecksum, ObjectFacts, Tag } from './lake-object.js';

/** An object that came into the lake: its file is the one of that size and time. */
export interface PutRecord {
  readonly bucket: string;
  readonly key: string;
  /** Name of the draft that becomes the object; where it still is there, a crash came between. Absent once it is one. */
  readonly draft?: string;
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
  /** The object is about to go. */
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

/** An object that was about to go, and its tags: where its file is still there, it did not. */
export interface LeavingObject {
  readonly put: PutRecord;
  readonly tags: readonly Tag[] | undefined;
}

/** What is known of buckets, objects and multipart uploads besides the files of the lake. */
export class ObjectState implements JournaledState<ObjectEntry> {
  readonly buckets: Map<string, BucketRecord> = new Map<string, BucketRecord>();
  readonly puts: Map<string, Map<string, PutRecord>> = new Map<string, Map<string, PutRecord>>();
  readonly uploads: Map<string, Uploading> = new Map<string, Uploading>();
  readonly tags: Map<string, Map<string, readonly Tag[]>> = new Map<string, Map<string, readonly Tag[]>>();
  readonly bucketTags: Map<string, readonly Tag[]> = new Map<string, readonly Tag[]>();
  /** By `bucket/key`. */
  readonly leaving: Map<string, LeavingObject> = new Map<string, LeavingObject>();

  apply(entry: ObjectEntry): void {
    switch (entry.op) {
      case 'put': {
        const { put, ends } = entry;
        const ofBucket = this.puts.get(put.bucket) ?? new Map<string, PutRecord>();
        this.puts.set(put.bucket, ofBucket);
        ofBucket.set(put.key, put);
        this.tags.get(put.bucket)?.delete(put.key);
        this.leaving.delete(`${put.bucket}/${put.key}`);
        if (ends !== undefined) this.uploads.delete(ends);
        return;
      }
      case 'forget': {
        const { bucket, key } = entry;
        const put = this.puts.get(bucket)?.get(key);
        if (put !== undefined)
          this.leaving.set(`${bucket}/${key}`, { put, tags: this.tags.get(bucket)?.get(key) });
        this.puts.get(bucket)?.delete(key);
        this.tags.get(bucket)?.delete(key);
        return;
      }
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
