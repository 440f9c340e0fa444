import type { LakeObject } from '../lake/lake-object.js';
import { action, type Actions } from '../wire/service-entry.js';
import { structure, text } from '../wire/shape.js';
import type { XmlElement } from '../wire/xml.js';
import { entityTag } from './conditions.js';
import { checkOwner } from './object-headers.js';
import { checkVersion } from './read-actions.js';
import { xmlAnswer } from './rest-answer.js';
import { requireBucket, requireObject, type S3Context } from './s3-context.js';
import { invalidArgument } from './s3-errors.js';

const input = structure({ Bucket: text(), Key: text(1), VersionId: text() }, ['Bucket', 'Key']);

/** Attributes in the order of the answer; source: S3 API reference, GetObjectAttributes, read 2026-11. */
const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
/** Parts of one page; source: as above. */
const MOST_PARTS = 1_000;

/** The action that tells what is known of an object besides its bytes. */
export const attributeActions: Actions<S3Context> = new Map([
  [
    'GetObjectAttributes',
    action(input, ({ Bucket, Key, VersionId }, context: S3Context) => {
      const { lake, headers, accountId } = context;
      requireBucket(lake, Bucket);
      checkOwner(headers, accountId);
      checkVersion(VersionId);
      const object = requireObject(lake, Bucket, Key);
      const wanted = wantedOf(headers);
      const values: Readonly<Record<(typeof attributes)[number], XmlElement | string | number | undefined>> =
        {
          ETag: entityTag(object),
          Checksum: checksumOf(object),
          ObjectParts: partsOf(object, headers),
          StorageClass: object.facts?.headers?.['x-amz-storage-class'] ?? 'STANDARD',
          ObjectSize: object.size,
        };
      const content = Object.fromEntries(
        attributes.filter((name) => wanted.has(name)).map((name) => [name, values[name]]),
      );
      return xmlAnswer('GetObjectAttributesResponse', content, {
        'last-modified': new Date(object.modifiedAt).toUTCString(),
      });
    }),
  ],
]);

function wantedOf(headers: S3Context['headers']): ReadonlySet<string> {
  const names = String(headers['x-amz-object-attributes'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw invalidArgument(
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
      { ArgumentName: 'x-amz-object-attributes', ArgumentValue: '' },
    );
  }
  const wrong = names.find((name) => !attributes.some((known) => known === name));
  if (wrong === undefined) return new Set(names);
  throw invalidArgument('Invalid attribute name specified.', {
    ArgumentName: 'x-amz-object-attributes',
    ArgumentValue: wrong.slice(0, 100),
  });
}

function checksumOf({ facts }: LakeObject): XmlElement | undefined {
  if (facts?.checksum === undefined) return undefined;
  const { algorithm, value, type } = facts.checksum;
  // The number of the parts is told with them.
  return { [`Checksum${algorithm}`]: value.replace(/-\d+$/, ''), ChecksumType: type };
}

/** Parts of a multipart upload, one by one where it was made with checksums of its caller's. */
function partsOf({ facts }: LakeObject, headers: S3Context['headers']): XmlElement | undefined {
  const sizes = facts?.partSizes;
  if (sizes === undefined) return undefined;
  const PartsCount = sizes.length;
  const { partChecksums, checksum } = facts ?? {};
  if (partChecksums === undefined || checksum === undefined) return { PartsCount };
  const MaxParts = Math.min(numberOf(headers, 'x-amz-max-parts', MOST_PARTS), MOST_PARTS);
  const PartNumberMarker = numberOf(headers, 'x-amz-part-number-marker', 0);
  const page = sizes
    .map((Size, at) => ({
      [`Checksum${checksum.algorithm}`]: partChecksums[at] ?? '',
      PartNumber: at + 1,
      Size,
    }))
    .slice(PartNumberMarker, PartNumberMarker + MaxParts);
  const last = PartNumberMarker + page.length;
  return {
    IsTruncated: last < PartsCount,
    MaxParts,
    NextPartNumberMarker: page.length === 0 ? 0 : last,
    Part: page,
    PartNumberMarker,
    PartsCount,
  };
}

function numberOf(headers: S3Context['headers'], name: string, otherwise: number): number {
  const value = headers[name];
  if (value === undefined) return otherwise;
  if (/^\d{1,9}$/.test(String(value))) return Number(value);
  throw invalidArgument(`Provided ${name} not an integer or within integer range`, {
    ArgumentName: name,
    ArgumentValue: String(value).slice(0, 100),
  });
}
