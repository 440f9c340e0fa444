import { createHash } from 'node:crypto';
import { compareKeys } from '../lake/key-order.js';
import type { LakeFolder, LakeObject } from '../lake/lake-folder.js';
import { xmlDocument } from '../wire/xml.js';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
/** Most keys on one page; source: S3 API reference, ListObjectsV2, read 2026-08. */
const MAX_KEYS = 1000;

/** What both forms of the call ask for. */
export interface ListRequest {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly EncodingType?: string;
}

/** Behind which key a page starts: ListObjects names it, ListObjectsV2 by a token or a key. */
export type ListStart =
  { readonly after: string } | { readonly token: string | undefined; readonly start: string | undefined };

/** Answers ListObjectsV2, and ListObjects for older clients. */
export function listObjects(
  all: readonly LakeObject[],
  {
    Bucket: bucket,
    Prefix: prefix = '',
    Delimiter: delimiter = '',
    MaxKeys = MAX_KEYS,
    EncodingType,
  }: ListRequest,
  from: ListStart,
): string {
  const after = 'after' in from ? from.after : (decodeToken(from.token) ?? from.start ?? '');
  const maxKeys = Math.min(MAX_KEYS, MaxKeys);
  const objects = prefix === '' ? all : all.filter(({ key }) => key.startsWith(prefix));
  const entries = group(objects, prefix, delimiter)
    .sort((a, b) => compareKeys(a.name, b.name))
    .filter(({ name }) => compareKeys(name, after) > 0);
  const page = entries.slice(0, maxKeys);
  const truncated = entries.length > page.length;
  const last = page.at(-1)?.name ?? '';
  const url = EncodingType === 'url';
  const text = (value: string): string => (url ? encodeURIComponent(value).replaceAll('%2F', '/') : value);
  return xmlDocument(
    'ListBucketResult',
    {
      Name: bucket,
      Prefix: text(prefix),
      ...(delimiter === '' ? {} : { Delimiter: text(delimiter) }),
      MaxKeys: maxKeys,
      ...(url ? { EncodingType: 'url' } : {}),
      IsTruncated: truncated,
      ...('after' in from
        ? { Marker: text(after), NextMarker: truncated ? text(last) : undefined }
        : {
            KeyCount: page.length,
            ContinuationToken: from.token,
            StartAfter: from.start,
            NextContinuationToken: truncated ? Buffer.from(last).toString('base64') : undefined,
          }),
      Contents: page.flatMap(({ object }) =>
        object === undefined
          ? []
          : [
              {
                Key: text(object.key),
                LastModified: new Date(object.modifiedAt).toISOString(),
                ETag: etagOf(object),
                Size: object.size,
                StorageClass: 'STANDARD',
              },
            ],
      ),
      CommonPrefixes: page.flatMap(({ name, object }) =>
        object === undefined ? [{ Prefix: text(name) }] : [],
      ),
    },
    NAMESPACE,
  );
}

/** Answers ListBuckets. */
export function listBuckets(lake: LakeFolder): string {
  return xmlDocument(
    'ListAllMyBucketsResult',
    {
      Owner: { ID: 'emulator', DisplayName: 'emulator' },
      Buckets: {
        Bucket: lake.buckets().map((Name) => ({ Name, CreationDate: '2026-01-01T00:00:00.000Z' })),
      },
    },
    NAMESPACE,
  );
}

interface Entry {
  readonly name: string;
  /** Absent for a common prefix. */
  readonly object?: LakeObject;
}

function group(objects: readonly LakeObject[], prefix: string, delimiter: string): Entry[] {
  if (delimiter === '') return objects.map((object) => ({ name: object.key, object }));
  const entries: Entry[] = [];
  const prefixes = new Set<string>();
  for (const object of objects) {
    const at = object.key.indexOf(delimiter, prefix.length);
    if (at < 0) entries.push({ name: object.key, object });
    else prefixes.add(object.key.slice(0, at + delimiter.length));
  }
  return [...entries, ...Array.from(prefixes, (name) => ({ name }))];
}

function decodeToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : Buffer.from(token, 'base64').toString();
}

/** An entity tag. It follows from name, size and time, not from the bytes, as S3's does for uploads in parts. */
export function etagOf({ key, size, modifiedAt }: LakeObject): string {
  const hash = createHash('md5').update(`${key}\n${size}\n${modifiedAt}`).digest('hex');
  return `"${hash}-1"`;
}
