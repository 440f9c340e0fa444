import type { IncomingHttpHeaders } from 'node:http';
import { LONGEST_KEY_BYTES, isKeyTooLong } from '../lake/key-order.js';
import { ServiceError } from '../wire/service-error.js';
import { invalidArgument, invalidRequest, notImplemented } from './s3-errors.js';

/** Bytes of user metadata, names and values; source: S3 user guide, "Working with object metadata", read 2026-11. */
const MOST_METADATA_BYTES = 2_048;

/** Headers that an object keeps. */
const kept = [
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
  'x-amz-website-redirect-location',
];

/** What an object that is put without one has as its type; source: S3 API reference, PutObject, read 2026-11. */
export const DEFAULT_TYPE = 'binary/octet-stream';

/** Storage classes whose objects can be read immediately. */
const classes = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]);
const archives = new Set(['GLACIER', 'DEEP_ARCHIVE', 'OUTPOSTS', 'SNOW', 'EXPRESS_ONEZONE', 'FSX_OPENZFS']);

/** Reads the headers that an object keeps from the request that puts it. */
export function objectHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  checkFeatures(headers);
  const found: Record<string, string> = { 'content-type': headers['content-type'] ?? DEFAULT_TYPE };
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked')
    .join(',');
  if (encoding !== '') found['content-encoding'] = encoding;
  for (const name of kept) {
    const value = headers[name];
    if (value !== undefined) found[name] = String(value);
  }
  Object.assign(found, metadataOf(headers));
  const storage = headers['x-amz-storage-class'];
  if (storage !== undefined && storage !== 'STANDARD') found['x-amz-storage-class'] = String(storage);
  if (headers['x-amz-server-side-encryption'] !== undefined) found['x-amz-server-side-encryption'] = 'AES256';
  return found;
}

function metadataOf(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('x-amz-meta-') || value === undefined) continue;
    found[name] = String(value);
    bytes += name.length - 'x-amz-meta-'.length + found[name].length;
  }
  if (bytes <= MOST_METADATA_BYTES) return found;
  throw new ServiceError(
    'MetadataTooLarge',
    'Your metadata headers exceed the maximum allowed metadata size',
    400,
    {
      Size: bytes,
      MaxSizeAllowed: MOST_METADATA_BYTES,
    },
  );
}

/** Refuses what the headers ask for and is not there. */
function checkFeatures(headers: IncomingHttpHeaders): void {
  const names = Object.keys(headers);
  const acl = headers['x-amz-acl'] ?? 'private';
  // What a bucket answers whose owner owns all objects, as every new one is on AWS.
  if (
    (acl !== 'private' && acl !== 'bucket-owner-full-control') ||
    names.some((name) => name.startsWith('x-amz-grant-'))
  ) {
    throw new ServiceError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const storage = headers['x-amz-storage-class'];
  if (storage !== undefined && !classes.has(String(storage))) {
    if (archives.has(String(storage))) throw notImplemented(`the storage class ${String(storage)}`);
    throw new ServiceError('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
      StorageClassRequested: String(storage).slice(0, 100),
    });
  }
  const encryption = headers['x-amz-server-side-encryption'];
  if (encryption !== undefined && encryption !== 'AES256') {
    if (encryption === 'aws:kms' || encryption === 'aws:kms:dsse')
      throw notImplemented(`encryption by ${encryption}`);
    throw invalidArgument('The encryption method specified is not supported', {
      ArgumentName: 'x-amz-server-side-encryption',
      ArgumentValue: String(encryption).slice(0, 100),
    });
  }
  if (names.some((name) => name.startsWith('x-amz-object-lock-'))) {
    throw invalidRequest('Bucket is missing Object Lock Configuration');
  }
  const foreign = names.find((name) => unserved.test(name));
  if (foreign !== undefined) throw notImplemented(`the header ${foreign}`, { Header: foreign });
}

const unserved =
  /^x-amz-(?:write-offset-bytes|(?:copy-source-)?server-side-encryption-(?:customer-.*|aws-kms-key-id|context))$/;

/** Refuses a request that expects another account to own a bucket. */
export function checkOwner(headers: IncomingHttpHeaders, accountId: string): void {
  for (const name of ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner']) {
    const expected = headers[name];
    if (expected !== undefined && expected !== accountId)
      throw new ServiceError('AccessDenied', 'Access Denied', 403);
  }
}

/** Refuses a key that S3 does not take. */
export function checkKey(key: string): void {
  if (!isKeyTooLong(key)) return;
  throw new ServiceError('KeyTooLongError', 'Your key is too long', 400, {
    Size: Buffer.byteLength(key),
    MaxSizeAllowed: LONGEST_KEY_BYTES,
  });
}
