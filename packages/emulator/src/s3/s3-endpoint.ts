import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { LakeFolder, LakeObject } from '../lake/lake-folder.js';
import { etagOf } from './etag.js';
import { listBuckets, listObjects } from './list-objects.js';
import { S3Error } from './s3-error.js';
import { xmlDocument } from '../wire/xml.js';

/** Answers a request of the S3 REST API, path style, reading only. */
export async function answerS3(
  lake: LakeFolder,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [bucket = '', ...rest] = decoded(url.pathname.slice(1)).split('/');
  const key = rest.join('/');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new S3Error(405, 'MethodNotAllowed', 'The lake is read-only here; deliver through Firehose.');
  }
  if (bucket === '') {
    xml(response, listBuckets(lake));
    return;
  }
  if (lake.objects(bucket) === undefined) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  }
  if (key !== '') {
    await sendObject(lake, bucket, key, request, response);
    return;
  }
  if (request.method === 'HEAD') response.writeHead(200).end();
  else if (url.searchParams.has('location')) {
    xml(response, xmlDocument('LocationConstraint', {}, 'http://s3.amazonaws.com/doc/2006-03-01/'));
  } else xml(response, listObjects(lake, bucket, url.searchParams));
}

async function sendObject(
  lake: LakeFolder,
  bucket: string,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = lake.object(bucket, key);
  if (object === undefined) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  const range = rangeOf(request.headers.range, object);
  const headers = {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    etag: etagOf(object),
    'last-modified': new Date(object.modifiedAt).toUTCString(),
  };
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'content-length': end - start + 1,
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${object.size}` }),
  });
  if (request.method === 'HEAD' || object.size === 0) response.end();
  else await pipeline(createReadStream(lake.pathOf(bucket, key), { start, end }), response);
}

function rangeOf(
  header: string | undefined,
  { size }: LakeObject,
): { readonly start: number; readonly end: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(size - 1, Number(to));
  if (start > end) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}

function xml(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
