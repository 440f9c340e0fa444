import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { isAwsHost } from '@store/foundation';
import { calling, type ClientSettings } from './clients.js';

/** An object of S3, whole. */
export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** When it was written, in milliseconds since 1970. */
  readonly modifiedMs: number | undefined;
  /** Its version, for a write that replaces this one alone. */
  readonly etag: string | undefined;
}

/** Reads and writes objects of S3. Errors are the SDK's, except where a code is named. */
export interface ObjectStore {
  /**
   * Reads an object. One that is not there is an error of the code `NO_OBJECT`, one with more bytes than `mostBytes` of
   * `TOO_LARGE`.
   */
  get(place: ObjectPlace, mostBytes: number): Promise<StoredObject>;
  /**
   * Writes an object, in place of what is there, or only where that has the named version, or where nothing is there, and
   * returns its version. Where it is otherwise, that is an error of the code `CONFLICT`.
   */
  put(
    place: ObjectPlace,
    bytes: Uint8Array,
    contentType: string,
    only?: Replacement,
  ): Promise<string | undefined>;
}

/** What a write may replace. */
export interface Replacement {
  /** A version, or `nothing`. */
  readonly replaces: string;
}

/** Which object. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** Opens S3. */
export function openS3(settings: ClientSettings): ObjectStore {
  const { endpoint } = settings;
  // Only AWS's own endpoints have a host name for each bucket.
  const forcePathStyle = endpoint !== undefined && !isAwsHost(new URL(endpoint).hostname);
  const client = new S3Client({ ...settings, forcePathStyle });
  return {
    async get({ bucket, key, versionId }, mostBytes) {
      const { Body, ContentLength, ContentType, ContentEncoding, LastModified, ETag } = await calling(
        's3:GetObject',
        client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })),
      ).catch(notThere);
      return {
        bytes: Body instanceof Readable ? await wholeOf(Body, ContentLength, mostBytes) : Buffer.alloc(0),
        contentType: ContentType ?? '',
        contentEncoding: ContentEncoding ?? '',
        modifiedMs: LastModified?.getTime(),
        etag: ETag,
      };
    },
    async put({ bucket, key }, bytes, contentType, only) {
      const input = { Bucket: bucket, Key: key, Body: bytes, ContentType: contentType, ...conditionOf(only) };
      const { ETag } = await calling('s3:PutObject', client.send(new PutObjectCommand(input))).catch(
        conflicting,
      );
      return ETag;
    },
  };
}

function conditionOf(only: Replacement | undefined): { IfMatch?: string; IfNoneMatch?: string } {
  if (only === undefined) return {};
  return only.replaces === 'nothing' ? { IfNoneMatch: '*' } : { IfMatch: only.replaces };
}

/** Another version is there, none is there any more, or somebody writes at the same time (S3, "Conditional writes", 2026). */
function conflicting(error: unknown): never {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const isConflict = status === 412 || status === 409 || status === 404;
  throw isConflict ? Object.assign(error as Error, { code: 'CONFLICT' }) : error;
}

function notThere(error: unknown): never {
  const isGone = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
  throw isGone ? Object.assign(error, { code: 'NO_OBJECT' }) : error;
}

/** Reads a body to its end, or drops its connection where it is too long. */
async function wholeOf(body: Readable, announced: number | undefined, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  // By throwing, the loop destroys the body.
  for await (const piece of body) {
    if (!Buffer.isBuffer(piece)) continue;
    bytes += piece.length;
    if (Math.max(bytes, announced ?? 0) > mostBytes) {
      const error = new Error(`Expected an object of at most ${mostBytes} bytes, got more.`);
      throw Object.assign(error, { code: 'TOO_LARGE' });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
