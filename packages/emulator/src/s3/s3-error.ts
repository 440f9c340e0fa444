import { ServiceError } from '../wire/service-error.js';
import { xmlDocument } from '../wire/xml.js';

/** An error as S3 answers it. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What S3 calls an error that the other services call otherwise; source: S3 API reference, error responses. */
const codes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  IncompleteSignatureException: 'AuthorizationHeaderMalformed',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'AccessDenied',
  RequestEntityTooLargeException: 'EntityTooLarge',
  InternalFailure: 'InternalError',
  ServiceUnavailable: 'SlowDown',
};

/** Writes an error as S3 has it. */
export function s3ErrorDocument(
  error: unknown,
  resource: string,
  requestId: string,
): { readonly status: number; readonly text: string } {
  const message = error instanceof Error ? error.message : String(error);
  const known =
    error instanceof S3Error || error instanceof ServiceError
      ? error
      : new S3Error(500, 'InternalError', message);
  const Code = Object.hasOwn(codes, known.code) ? (codes[known.code] ?? known.code) : known.code;
  const content = { Code, Message: message, Resource: resource, RequestId: requestId };
  return { status: known.status, text: xmlDocument('Error', content) };
}
