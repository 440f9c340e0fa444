import type { IncomingMessage } from 'node:http';
import { addressOf } from '../wire/address.js';
import { ServiceError } from '../wire/service-error.js';
import { invalidArgument, notImplemented } from './s3-errors.js';

/** What a request is for. */
export interface Target {
  /** Empty for the list of buckets. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/** Reads bucket and key, from the path or with the bucket as the first name of the host: `lake.localhost`. */
export function targetOf(request: IncomingMessage): Target {
  // Not by URL, which takes `..` and the like for steps: to S3 they are a part of the key.
  const path = addressOf(request).path.replace(/^\//, '');
  const [, ofHost] =
    /^([a-z0-9][a-z0-9.-]*?)(?:\.s3(?:[.-][a-z0-9-]+)?)?\.localhost(?::\d+)?$/.exec(
      request.headers.host ?? '',
    ) ?? [];
  if (ofHost !== undefined && ofHost !== 's3') return { bucket: ofHost, key: decoded(path) };
  const slash = path.indexOf('/');
  return slash < 0
    ? { bucket: decoded(path), key: '' }
    : { bucket: decoded(path.slice(0, slash)), key: decoded(path.slice(slash + 1)) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}

/** Queries that name a part of a bucket or an object; source: S3 API reference, all actions, read 2026-11. */
const subresources =
  `abac accelerate acl analytics annotation attributes cors delete encryption intelligent-tiering inventory
  legal-hold lifecycle location logging metadataConfiguration metadataInventoryTable metadataJournalTable metadataTable metrics
  notification object-lock ownershipControls policy policyStatus publicAccessBlock renameObject replication requestPayment
  restore retention select session tagging torrent uploadId uploads versioning versions website`.split(/\s+/);

/**
 * What a newer S3 may have as a subresource: a word without a value. Parameters with values and numbers that keep caches away are
 * not read, as on AWS.
 */
function unknownSubresource(query: URLSearchParams): string | undefined {
  for (const [name, value] of query) {
    if (value === '' && /^(?!x-)[a-z][A-Za-z-]*[A-Za-z]$/.test(name) && !known.has(name)) return name;
  }
  return undefined;
}

/** Parameters whose value may be empty. */
const known = new Set(
  `delimiter encoding-type fetch-owner key-marker list-type marker max-buckets max-keys max-parts max-uploads part-number-marker
  partNumber prefix start-after continuation-token upload-id-marker version-id-marker versionId bucket-region
  response-cache-control response-content-disposition response-content-encoding response-content-language response-content-type
  response-expires`.split(/\s+/),
);

type Routes = Readonly<Record<string, string>>;

const ofBuckets: Routes = {
  'GET accelerate': 'GetBucketAccelerateConfiguration',
  'GET acl': 'GetBucketAcl',
  'GET cors': 'GetBucketCors',
  'GET lifecycle': 'GetBucketLifecycleConfiguration',
  'GET location': 'GetBucketLocation',
  'GET logging': 'GetBucketLogging',
  'GET notification': 'GetBucketNotificationConfiguration',
  'GET object-lock': 'GetObjectLockConfiguration',
  'GET policy': 'GetBucketPolicy',
  'GET replication': 'GetBucketReplication',
  'GET requestPayment': 'GetBucketRequestPayment',
  'GET tagging': 'GetBucketTagging',
  'PUT tagging': 'PutBucketTagging',
  'DELETE tagging': 'DeleteBucketTagging',
  'GET uploads': 'ListMultipartUploads',
  'GET versioning': 'GetBucketVersioning',
  'GET versions': 'ListObjectVersions',
  'GET website': 'GetBucketWebsite',
  'POST delete': 'DeleteObjects',
  'HEAD ': 'HeadBucket',
  'PUT ': 'CreateBucket',
  'DELETE ': 'DeleteBucket',
};

const ofObjects: Routes = {
  'GET acl': 'GetObjectAcl',
  'GET attributes': 'GetObjectAttributes',
  'GET tagging': 'GetObjectTagging',
  'PUT tagging': 'PutObjectTagging',
  'DELETE tagging': 'DeleteObjectTagging',
  'GET uploadId': 'ListParts',
  'POST uploads': 'CreateMultipartUpload',
  'POST uploadId': 'CompleteMultipartUpload',
  'DELETE uploadId': 'AbortMultipartUpload',
  'GET ': 'GetObject',
  'HEAD ': 'HeadObject',
  'DELETE ': 'DeleteObject',
};

/** Names the action of a request: by the query first, since a bucket's policy is not its listing. */
export function actionOfRequest(request: IncomingMessage, { bucket, key }: Target): string {
  const { method = 'GET', headers } = request;
  const { query } = addressOf(request);
  const named = subresources.find((name) => query.has(name)) ?? unknownSubresource(query) ?? '';
  if (bucket === '') {
    if (named !== '') throw notImplemented(`${method} of ?${named}`, { Query: named });
    if (method === 'GET' || method === 'HEAD') return 'ListBuckets';
    throw methodNotAllowed(method, 'SERVICE');
  }
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  if (method === 'PUT' && key !== '') {
    if (named === 'uploadId' && query.has('partNumber')) return isCopy ? 'UploadPartCopy' : 'UploadPart';
    // Of an upload that is not named: its bytes are no object.
    if (query.has('partNumber') || query.has('uploadId')) throw noQuery(query);
    if (named === '') return isCopy ? 'CopyObject' : 'PutObject';
  }
  if (method === 'GET' && key === '' && named === '') {
    return isSecondListing(query) ? 'ListObjectsV2' : 'ListObjects';
  }
  const routes = key === '' ? ofBuckets : ofObjects;
  const route = `${method} ${named}`;
  const action = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (action !== undefined) return action;
  if (named !== '') {
    throw notImplemented(`${method} of ?${named} of ${key === '' ? 'a bucket' : 'an object'}`, {
      Query: named,
    });
  }
  if (method === 'POST' && key === '' && /^multipart\/form-data/i.test(headers['content-type'] ?? '')) {
    throw notImplemented('PostObject, the upload by a form', { Header: 'Content-Type' });
  }
  throw methodNotAllowed(method, key === '' ? 'BUCKET' : 'OBJECT');
}

function isSecondListing(query: URLSearchParams): boolean {
  const type = query.get('list-type') ?? '1';
  if (type === '1' || type === '2') return type === '2';
  throw invalidArgument('Invalid List Type specified in Request', {
    ArgumentName: 'list-type',
    ArgumentValue: type.slice(0, 100),
  });
}

function noQuery(query: URLSearchParams): ServiceError {
  return invalidArgument('This operation does not accept a query-string.', {
    ArgumentName: 'ResourceType',
    ArgumentValue: query.has('partNumber') ? 'partNumber' : 'uploadId',
  });
}

function methodNotAllowed(method: string, resource: string): ServiceError {
  return new ServiceError(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    405,
    {
      Method: method,
      ResourceType: resource,
    },
  );
}

/** Whether the body of a request is an object's or a part's bytes, which its action reads as they come. */
export function streamsBody(request: IncomingMessage): boolean {
  if (request.method !== 'PUT' || request.headers['x-amz-copy-source'] !== undefined) return false;
  try {
    const action = actionOfRequest(request, targetOf(request));
    return action === 'PutObject' || action === 'UploadPart';
  } catch {
    // The call is read again, and refused, once its head has passed.
    return false;
  }
}
