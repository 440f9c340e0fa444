import type { IncomingMessage } from 'node:http';
import { foreignPage, isLoopback } from '@store/foundation';
import { emulatorLimits } from './request-limits.js';
import { ServiceError } from './service-error.js';

/** Headers whose second copy one program would read and another would not. */
const single: ReadonlySet<string> = new Set(
  `authorization content-encoding content-length content-type host origin sec-fetch-site x-amz-content-sha256 x-amz-date
  x-amz-security-token x-amz-target`.split(/\s+/),
);

/**
 * Refuses a request by its headers alone, before any of its body is read: what a page of another origin sends, what names
 * another host, what is too long, and what is ambiguous. A body that `streams` to an action may be encoded and long.
 */
export function checkHead(
  request: IncomingMessage,
  allowedHosts: ReadonlySet<string>,
  streams: boolean,
): void {
  const { headers } = request;
  checkSingle(request.rawHeaders);
  checkHost(headers.host, allowedHosts);
  const foreign = foreignPage(headers);
  if (foreign !== undefined) {
    throw new ServiceError(
      'AccessDeniedException',
      `Requests of web pages are refused (${foreign}). Programs send neither Origin nor Sec-Fetch-Site.`,
      403,
    );
  }
  if (streams) return;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'aws-chunked') {
    throw new ServiceError(
      'InvalidHttpRequest',
      `Expected a body as it is, got Content-Encoding ${encoding}.`,
      415,
    );
  }
  const declared = Number(headers['content-length'] ?? 0);
  if (declared > emulatorLimits.bodyBytes) throw tooLarge(`got ${declared}`);
}

/**
 * Refuses a browser's request that a page can make by a URL alone, signature included, and that changes something.
 * Browsers that say nothing of where a request comes from (Safari before 16.4) all call themselves Mozilla.
 */
export function checkNoBrowser({ headers }: IncomingMessage): void {
  if (!/^mozilla\//i.test(headers['user-agent'] ?? '') && headers.referer === undefined) return;
  throw new ServiceError(
    'AccessDeniedException',
    'Browsers may not use a presigned URL, since no secret is set that its signature could be checked against.',
    403,
  );
}

/** The error for a body beyond the limit. */
export function tooLarge(got: string): ServiceError {
  const message = `Expected a body of at most ${emulatorLimits.bodyBytes} bytes, ${got}.`;
  return new ServiceError('RequestEntityTooLargeException', message, 413);
}

function checkSingle(rawHeaders: readonly string[]): void {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!single.has(name)) continue;
    if (seen.has(name)) {
      throw new ServiceError('InvalidHttpRequest', `The header ${name} is given more than once.`);
    }
    seen.add(name);
  }
}

/** A web page that rebinds its name to this machine sends its own name. */
function checkHost(header: string | undefined, allowed: ReadonlySet<string>): void {
  const host = (header ?? '').replace(/:\d+$/, '').toLowerCase();
  if (isLoopback(host) || allowed.has(host)) return;
  throw new ServiceError(
    'AccessDeniedException',
    `Requests for the host "${host.slice(0, 100)}" are refused. Address 127.0.0.1, or list the host in allowedHosts.`,
    403,
  );
}
