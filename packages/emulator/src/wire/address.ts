import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { ServiceError } from './service-error.js';

/** Path and query of a request's URL. */
export interface Address {
  /** As it was sent, still encoded, without a scheme and a host. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Reads the URL of a request; any text is one. */
export function addressOf({ url = '/' }: Pick<IncomingMessage, 'url'>): Address {
  // A proxy's form names the host too: `GET http://127.0.0.1/path`.
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return {
    path: path === '' ? '/' : path,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
  };
}

/** Headers that a presigned URL may carry instead of the request: what an object keeps. */
const hoisted =
  /^x-amz-(?:meta-[\w!#$%&'*+.^`|~-]+|storage-class|acl|tagging|server-side-encryption(?:-.+)?)$/;

/**
 * The headers of a request, and those that a presigned URL of S3 carries: SDKs move them there when they sign one. What the
 * request itself says counts. Source: S3 API reference, "Authenticating Requests: Using Query Parameters", read 2026-11.
 */
export function headersWithHoisted(request: IncomingMessage): IncomingHttpHeaders {
  const { headers, url = '' } = request;
  if (!url.includes('X-Amz-Signature') && !url.includes('AWSAccessKeyId')) return headers;
  const found: IncomingHttpHeaders = {};
  for (const [name, value] of addressOf(request).query) {
    const header = name.toLowerCase();
    if (hoisted.test(header) || header === 'content-type') found[header] ??= asHeader(header, value);
  }
  return { ...found, ...headers };
}

/** A value as a header would have brought it: the bytes of its UTF-8. What none can hold would be stored and never read. */
function asHeader(name: string, value: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is meant
  if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return Buffer.from(value).toString('latin1');
  throw new ServiceError('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', 400, {
    ArgumentName: name,
  });
}
