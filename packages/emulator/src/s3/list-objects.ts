import type { LakeFolder, LakeObject } from '../lake/lake-folder.js';
import { etagOf } from './etag.js';
import { S3Error } from './s3-error.js';
import { xmlDocument } from '../wire/xml.js';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
/** Most keys on one page; source: S3 API reference, ListObjectsV2, read 2026-08. */
const MAX_KEYS = 1000;

/** Answers ListObjectsV2, and ListObjects for older clients. */
export function listObjects(lake: LakeFolder, bucket: string, query: URLSearchParams): string {
  const v2 = query.get('list-type') === '2';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = v2
    ? (decodeToken(query.get('continuation-token')) ?? query.get('start-after') ?? '')
    : (query.get('marker') ?? '');
  const maxKeys = Math.min(MAX_KEYS, Number(query.get('max-keys') ?? MAX_KEYS));
  const objects = lake.objects(bucket, prefix);
  if (objects === undefined) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const entries = group(objects, prefix, delimiter)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => name > after);
  const page = entries.slice(0, maxKeys);
  const truncated = entries.length > page.length;
  const last = page.at(-1)?.name ?? '';
  const url = query.get('encoding-type') === 'url';
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
      ...(v2
        ? {
            KeyCount: page.length,
            ContinuationToken: query.get('continuation-token') ?? undefined,
            StartAfter: query.get('start-after') ?? undefined,
            NextContinuationToken: truncated ? Buffer.from(last).toString('base64') : undefined,
          }
        : { Marker: text(after), NextMarker: truncated ? text(last) : undefined }),
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

function decodeToken(token: string | null): string | undefined {
  return token === null ? undefined : Buffer.from(token, 'base64').toString();
}
