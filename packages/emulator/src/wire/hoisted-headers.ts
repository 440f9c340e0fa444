import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { addressOf } from './address.js';

/** Headers that a presigned URL may carry instead of the request: what an object keeps. */
const hoisted = /^x-amz-(?:meta-.+|storage-class|acl|tagging|server-side-encryption(?:-.+)?)$/;

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
    if (hoisted.test(header) || header === 'content-type') found[header] ??= value;
  }
  return { ...found, ...headers };
}
