import { compareKeys } from '../lake/key-order.js';
import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { checkEncoding, urlEncoded } from './list-objects.js';
import { checkOwner } from './object-headers.js';
import { xmlAnswer } from './rest-answer.js';
import { ownerOf, requireBucket, type S3Context } from './s3-context.js';
import { checksumElement } from './upload-actions.js';
import { invalidArgument } from './s3-errors.js';

const MOST = 1_000;

const partsInput = structure(
  { Bucket: text(), Key: text(1), UploadId: text(), MaxParts: integer(0), PartNumberMarker: text() },
  ['Bucket', 'Key', 'UploadId'],
);
const uploadsInput = structure(
  {
    Bucket: text(),
    Prefix: text(),
    Delimiter: text(),
    KeyMarker: text(),
    UploadIdMarker: text(),
    MaxUploads: integer(0),
    EncodingType: text(),
  },
  ['Bucket'],
);

/** Actions that list uploads and their parts. */
export const uploadListActions: Actions<S3Context> = new Map([
  [
    'ListParts',
    action(partsInput, (input, { lake, uploads, headers, accountId }: S3Context) => {
      const { Bucket, Key, UploadId, MaxParts = MOST, PartNumberMarker = '0' } = input;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      if (!/^\d{1,9}$/.test(PartNumberMarker)) {
        const message = /^-\d{1,9}$/.test(PartNumberMarker)
          ? 'Argument part-number-marker must be an integer between 0 and 2147483647'
          : 'Provided part-number-marker not an integer or within integer range';
        throw invalidArgument(message, {
          ArgumentName: 'part-number-marker',
          ArgumentValue: PartNumberMarker.slice(0, 100),
        });
      }
      const { parts, algorithm, type, chosen } = uploads.find(UploadId, Bucket, Key);
      const all = [...parts.values()]
        .filter(({ number }) => number > Number(PartNumberMarker))
        .sort((a, b) => a.number - b.number);
      const most = Math.min(MOST, MaxParts);
      const page = all.slice(0, most);
      const owner = ownerOf(accountId);
      return xmlAnswer('ListPartsResult', {
        Bucket,
        Key,
        UploadId,
        Initiator: owner,
        Owner: owner,
        StorageClass: 'STANDARD',
        PartNumberMarker,
        NextPartNumberMarker: page.at(-1)?.number ?? 0,
        MaxParts: most,
        IsTruncated: most > 0 && page.length < all.length,
        ...(chosen ? { ChecksumAlgorithm: algorithm, ChecksumType: type } : {}),
        Part: page.map(({ number, at, etag, size, checksum }) => ({
          PartNumber: number,
          LastModified: new Date(at).toISOString(),
          ETag: `"${etag}"`,
          Size: size,
          ...(chosen ? checksumElement(checksum) : {}),
        })),
      });
    }),
  ],
  [
    'ListMultipartUploads',
    action(uploadsInput, (input, { lake, uploads, headers, accountId }: S3Context) => {
      const { Bucket, Prefix = '', Delimiter = '', KeyMarker = '', UploadIdMarker = '' } = input;
      const { MaxUploads = MOST, EncodingType } = input;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkEncoding(EncodingType);
      const shown = (value: string): string => (EncodingType === 'url' ? urlEncoded(value) : value);
      const all = uploads
        .list(Bucket)
        .filter(({ key }) => key.startsWith(Prefix))
        .sort((a, b) => compareKeys(a.key, b.key) || a.at - b.at || (a.id < b.id ? -1 : 1));
      const marked = all.findIndex(({ key, id }) => key === KeyMarker && id === UploadIdMarker);
      const later =
        marked >= 0
          ? all.slice(marked + 1)
          : all.filter(({ key }) => KeyMarker === '' || compareKeys(key, KeyMarker) > 0);
      const folderOf = (key: string): string | undefined => {
        const at = Delimiter === '' ? -1 : key.indexOf(Delimiter, Prefix.length);
        return at < 0 ? undefined : key.slice(0, at + Delimiter.length);
      };
      const most = Math.min(MOST, MaxUploads);
      const files = later.filter(({ key }) => folderOf(key) === undefined);
      const page = files.slice(0, most);
      const folders = new Set(later.flatMap(({ key }) => folderOf(key) ?? []));
      const isTruncated = most > 0 && page.length < files.length;
      const last = page.at(-1);
      const owner = ownerOf(accountId);
      return xmlAnswer('ListMultipartUploadsResult', {
        Bucket,
        KeyMarker: shown(KeyMarker),
        UploadIdMarker,
        ...(isTruncated ? { NextKeyMarker: shown(last?.key ?? ''), NextUploadIdMarker: last?.id ?? '' } : {}),
        Prefix: shown(Prefix),
        ...(Delimiter === '' ? {} : { Delimiter: shown(Delimiter) }),
        ...(EncodingType === undefined ? {} : { EncodingType }),
        MaxUploads: most,
        IsTruncated: isTruncated,
        Upload: page.map(({ key, id, at, algorithm, type, chosen }) => ({
          Key: shown(key),
          UploadId: id,
          Initiator: owner,
          Owner: owner,
          StorageClass: 'STANDARD',
          Initiated: new Date(at).toISOString(),
          ...(chosen ? { ChecksumAlgorithm: algorithm, ChecksumType: type } : {}),
        })),
        CommonPrefixes: Array.from(folders, (name) => ({ Prefix: shown(name) })),
      });
    }),
  ],
]);
