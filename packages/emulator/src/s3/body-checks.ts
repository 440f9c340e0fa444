import type { IncomingHttpHeaders } from 'node:http';
import type { ChecksumAlgorithm } from '../lake/lake-object.js';
import { ServiceError } from '../wire/service-error.js';
import { checksumAlgorithms, checksumHeader, isChecksum, startChecksum, type Checksum } from './checksums.js';
import { invalidRequest } from './s3-errors.js';

/** What a request says of the checksum of its body. */
export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; `undefined` where it comes behind the body. */
  readonly value: string | undefined;
}

/** Reads the one checksum that a request may declare, in a header or as a trailer. */
export function declaredChecksum(headers: IncomingHttpHeaders): DeclaredChecksum | undefined {
  const named = checksumAlgorithms.filter((algorithm) => headers[checksumHeader(algorithm)] !== undefined);
  if (named.length > 1) {
    throw invalidRequest(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const trailer = String(headers['x-amz-trailer'] ?? '')
    .trim()
    .toLowerCase();
  const [algorithm = checksumAlgorithms.find((one) => checksumHeader(one) === trailer)] = named;
  if (algorithm === undefined) {
    if (trailer !== '')
      throw invalidRequest('The value specified in the x-amz-trailer header is not supported');
    return undefined;
  }
  const asked = headers['x-amz-sdk-checksum-algorithm'];
  if (asked !== undefined && String(asked).toUpperCase() !== algorithm) {
    throw invalidRequest(`Value for x-amz-sdk-checksum-algorithm header is invalid.`);
  }
  const header = headers[checksumHeader(algorithm)];
  if (header === undefined) return { algorithm, value: undefined };
  return { algorithm, value: checkedValue(algorithm, String(header)) };
}

function checkedValue(algorithm: ChecksumAlgorithm, value: string): string {
  if (isChecksum(algorithm, value)) return value;
  throw invalidRequest(`Value for ${checksumHeader(algorithm)} header is invalid.`);
}

/** Checks what was computed of a body against the checksum that was declared for it. */
export function checkChecksum(
  { algorithm, value }: DeclaredChecksum,
  computed: Buffer,
  trailers: ReadonlyMap<string, string> = new Map(),
): void {
  const name = checksumHeader(algorithm);
  const expected = value ?? trailers.get(name);
  if (expected === undefined) throw invalidRequest(`The trailer ${name} was announced and did not come.`);
  if (checkedValue(algorithm, expected) === computed.toString('base64')) return;
  throw new ServiceError(
    'BadDigest',
    `The ${algorithm} you specified did not match the calculated checksum.`,
  );
}

/** Checks the MD5 of a body against the header that declares it. */
export function checkMd5(headers: IncomingHttpHeaders, computed: Buffer): void {
  const header = headers['content-md5'];
  if (header === undefined) return;
  const expected = Buffer.from(String(header), 'base64');
  if (expected.length !== 16)
    throw new ServiceError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, {
      'Content-MD5': String(header).slice(0, 100),
    });
  if (expected.equals(computed)) return;
  throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
    ExpectedDigest: String(header),
    CalculatedDigest: computed.toString('base64'),
  });
}

/** Begins the checksum that an object of this request gets: the declared one, or the one that S3 chooses itself. */
export function startDeclared(headers: IncomingHttpHeaders): Checksum {
  return startChecksum(declaredChecksum(headers)?.algorithm ?? 'CRC64NVME');
}
