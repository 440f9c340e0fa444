import type { IncomingHttpHeaders } from 'node:http';
import type { LakeFolder } from '../lake/lake-folder.js';
import { DamagedObjectError } from '../query/query-error.js';
import type { LakeObject, OpenObject } from '../lake/lake-object.js';
import type { Payload } from '../wire/payload.js';
import type { Drafts } from './drafts.js';
import { lostObject, noSuchBucket, noSuchKey } from './s3-errors.js';
import type { UploadStore } from './upload-store.js';

/** What S3's actions work on. */
export interface S3Parts {
  readonly lake: LakeFolder;
  readonly drafts: Drafts;
  readonly uploads: UploadStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The same, and what is known of one request. */
export interface S3Context extends S3Parts {
  readonly headers: IncomingHttpHeaders;
  readonly payload: Payload | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly endpoint: string;
}

/** The namespace of S3's documents. */
export const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The body of a request whose action reads it as it comes: the server hands one to each such action. */
export function streamedBody({ payload }: S3Context): Payload {
  if (payload === undefined) throw new Error('The server handed no body to an action that streams it.');
  return payload;
}

/** Throws where there is no such bucket. */
export function requireBucket(lake: LakeFolder, bucket: string): void {
  if (!lake.hasBucket(bucket)) throw noSuchBucket(bucket);
}

/** The object; throws where there is none. */
export function requireObject(lake: LakeFolder, bucket: string, key: string): LakeObject {
  requireBucket(lake, bucket);
  const object = lake.object(bucket, key);
  if (object === undefined) throw noSuchKey(key);
  return object;
}

/** Opens an object; throws where there is none, or where its file is not there any more. */
export async function openObject(lake: LakeFolder, bucket: string, key: string): Promise<OpenObject> {
  const opened = await lake.read(bucket, key).catch((error: unknown) => {
    // Clients learn no path of this machine.
    throw error instanceof DamagedObjectError ? lostObject(key, error.object.problem) : error;
  });
  if (opened === undefined) throw noSuchKey(key);
  return opened;
}

/** The owner of everything. */
export function ownerOf(accountId: string): { readonly ID: string; readonly DisplayName: string } {
  return { ID: accountId.padStart(64, '0'), DisplayName: 'emulator' };
}
