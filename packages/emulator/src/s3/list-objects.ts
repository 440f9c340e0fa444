import { compareKeys } from '../lake/key-order.js';
import type { LakeObject } from '../lake/lake-object.js';
import { action, type Actions } from '../wire/service-entry.js';
import { boolean, integer, structure, text } from '../wire/shape.js';
import type { XmlElement } from '../wire/xml.js';
import { entityTag } from './conditions.js';
import { checkOwner } from './object-headers.js';
import { xmlAnswer } from './rest-answer.js';
import { ownerOf, requireBucket, type S3Context } from './s3-context.js';
import { invalidArgument } from './s3-errors.js';

/** Most keys on one page; source: S3 API reference, ListObjectsV2, read 2026-08. */
const MAX_KEYS = 1000;

const members = {
  Bucket: text(),
  Prefix: text(),
  Delimiter: text(),
  MaxKeys: integer(0),
  EncodingType: text(),
};
const input = structure({ ...members, Marker: text() }, ['Bucket']);
const inputV2 = structure(
  { ...members, ContinuationToken: text(), StartAfter: text(), FetchOwner: boolean },
  ['Bucket'],
);

/** Actions that list a bucket. */
export const listActions: Actions<S3Context> = new Map([
  [
    'ListObjects',
    action(input, (given, context: S3Context) => {
      const { Marker = '', Delimiter = '' } = given;
      // Behind a marker that is a common prefix comes what is not in it.
      const isFolder = Delimiter !== '' && Marker.endsWith(Delimiter);
      const page = pageOf(given, context, { name: Marker, isFolder });
      return xmlAnswer('ListBucketResult', {
        ...page.head,
        Marker: page.shown(Marker),
        NextMarker: page.isTruncated && Delimiter !== '' ? page.shown(page.last.name) : undefined,
        Contents: contentsOf(page, true),
        ...page.folders,
      });
    }),
  ],
  [
    'ListObjectsV2',
    action(inputV2, (given, context: S3Context) => {
      const { ContinuationToken, StartAfter, FetchOwner = false } = given;
      const start =
        ContinuationToken === undefined
          ? { name: StartAfter ?? '', isFolder: false }
          : placeOf(ContinuationToken);
      const page = pageOf(given, context, start);
      return xmlAnswer('ListBucketResult', {
        ...page.head,
        KeyCount: page.page.length,
        ContinuationToken,
        StartAfter: StartAfter === undefined ? undefined : page.shown(StartAfter),
        NextContinuationToken: page.isTruncated ? tokenOf(page.last) : undefined,
        Contents: contentsOf(page, FetchOwner),
        ...page.folders,
      });
    }),
  ],
]);

/** Where a page begins: behind a key, or behind all keys of a common prefix. */
interface Place {
  readonly name: string;
  readonly isFolder: boolean;
}

/** A page of a listing: what is in its head, its entries, and how they are shown. */
interface Page {
  readonly head: XmlElement;
  readonly page: readonly Entry[];
  readonly isTruncated: boolean;
  readonly last: Place;
  readonly shown: (value: string) => string;
  readonly folders: XmlElement;
  readonly contentOf: (object: LakeObject, withOwner: boolean) => XmlElement;
}

/** An object, or a common prefix of several. */
interface Entry {
  readonly name: string;
  /** Absent for a common prefix. */
  readonly object?: LakeObject;
}

/** Objects and common prefixes of a bucket behind a place, as many as the request allows. */
export function pageOf(
  given: {
    readonly Bucket: string;
    readonly Prefix?: string;
    readonly Delimiter?: string;
    readonly MaxKeys?: number;
    readonly EncodingType?: string;
  },
  { lake, headers, accountId }: S3Context,
  start: Place,
): Page {
  const { Bucket, Prefix = '', Delimiter = '', MaxKeys = MAX_KEYS, EncodingType } = given;
  requireBucket(lake, Bucket);
  checkOwner(headers, accountId);
  checkEncoding(EncodingType);
  const most = Math.min(MAX_KEYS, MaxKeys);
  const objects = (lake.objects(Bucket, Prefix) ?? []).filter(({ key }) => isBehind(key, start));
  const entries = group(objects, Prefix, Delimiter).sort((a, b) => compareKeys(a.name, b.name));
  const page = entries.slice(0, most);
  const isTruncated = most > 0 && entries.length > page.length;
  const shown = (value: string): string => (EncodingType === 'url' ? urlEncoded(value) : value);
  const last = page.at(-1);
  return {
    head: {
      Name: Bucket,
      Prefix: shown(Prefix),
      ...(Delimiter === '' ? {} : { Delimiter: shown(Delimiter) }),
      MaxKeys: most,
      ...(EncodingType === undefined ? {} : { EncodingType }),
      IsTruncated: isTruncated,
    },
    page,
    isTruncated,
    last: { name: last?.name ?? '', isFolder: last?.object === undefined },
    shown,
    folders: {
      CommonPrefixes: page.flatMap(({ name, object }) =>
        object === undefined ? [{ Prefix: shown(name) }] : [],
      ),
    },
    contentOf: (object, withOwner) => contentOf(object, shown, withOwner ? accountId : undefined),
  };
}

function contentsOf({ page, contentOf }: Page, withOwner: boolean): readonly XmlElement[] {
  return page.flatMap(({ object }) => (object === undefined ? [] : [contentOf(object, withOwner)]));
}

function contentOf(
  object: LakeObject,
  shown: (value: string) => string,
  accountId: string | undefined,
): XmlElement {
  const { checksum, headers } = object.facts ?? {};
  return {
    Key: shown(object.key),
    LastModified: new Date(object.modifiedAt).toISOString(),
    ETag: `"${entityTag(object)}"`,
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    Size: object.size,
    ...(accountId === undefined ? {} : { Owner: ownerOf(accountId) }),
    StorageClass: headers?.['x-amz-storage-class'] ?? 'STANDARD',
  };
}

function isBehind(key: string, { name, isFolder }: Place): boolean {
  if (name === '') return true;
  return compareKeys(key, name) > 0 && !(isFolder && key.startsWith(name));
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

function tokenOf({ name, isFolder }: Place): string {
  return Buffer.from(`${isFolder ? 'p' : 'k'}${name}`).toString('base64');
}

function placeOf(token: string): Place {
  const text = Buffer.from(token, 'base64').toString();
  if (text.length > 1 && /^[pk]/.test(text)) return { name: text.slice(1), isFolder: text.startsWith('p') };
  throw invalidArgument('The continuation token provided is incorrect', {
    ArgumentName: 'continuation-token',
  });
}

/** Refuses an encoding of keys that S3 does not have. */
export function checkEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding === 'url') return;
  throw invalidArgument('Invalid Encoding Method specified in Request', {
    ArgumentName: 'encoding-type',
    ArgumentValue: encoding.slice(0, 100),
  });
}

/** A key in the encoding of URLs. */
export function urlEncoded(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%20', '+');
}
