import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { systemClock } from '@store/foundation';
import { decodeFrames, incomplete, type FrameReader } from './aws-chunked.js';
import { emulatorLimits } from './request-limits.js';
import { ServiceError } from './service-error.js';
import { refused, type Signature } from './signature.js';
import { signingKey } from './verify-signature.js';

/** The body of a request that its action reads as it comes, instead of having it whole. */
export interface Payload {
  /** Length of the object in bytes; `undefined` if the request does not say it. */
  readonly declaredBytes: number | undefined;
  /** The object's bytes without their frames; can be read once. Throws if they are not what was signed or declared. */
  chunks(): AsyncIterable<Buffer>;
  /** Trailers by name in lower case; complete once all bytes are read. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** What a payload is checked against. */
export interface PayloadOptions {
  readonly signature: Signature | undefined;
  /** Absent where signatures do not count. */
  readonly secret: string | undefined;
  /** Asks the client for the body. */
  readonly ask?: (() => void) | undefined;
}

const SHA256_OF_NOTHING = createHash('sha256').digest('hex');

/** Makes the payload of a request; nothing of the body is read before `chunks` is called. */
export function payloadOf(request: IncomingMessage, options: PayloadOptions): Payload {
  const { headers } = request;
  const declared = String(headers['x-amz-content-sha256'] ?? '');
  const isFramed =
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '') || declared.startsWith('STREAMING-');
  const length = isFramed ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  const declaredBytes = /^\d{1,16}$/.test(String(length)) ? Number(length) : undefined;
  const trailers = new Map<string, string>();
  return {
    declaredBytes,
    trailers,
    async *chunks() {
      if (declaredBytes === undefined && (isFramed || headers['transfer-encoding'] === undefined)) {
        throw new ServiceError(
          'MissingContentLength',
          'You must provide the Content-Length HTTP header.',
          411,
        );
      }
      checkSize(declaredBytes ?? 0);
      options.ask?.();
      const raw = timed(request);
      const source = isFramed ? decodeFrames(raw, framesOf(options, declared, trailers)) : raw;
      const hash = /^[0-9a-f]{64}$/.test(declared) ? createHash('sha256') : undefined;
      let bytes = 0;
      for await (const chunk of source) {
        bytes += chunk.length;
        checkSize(bytes);
        hash?.update(chunk);
        yield chunk;
      }
      if (declaredBytes !== undefined && bytes !== declaredBytes) throw incomplete();
      const computed = hash?.digest('hex') ?? declared;
      if (computed !== declared) {
        throw new ServiceError(
          'XAmzContentSHA256Mismatch',
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
          400,
          { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed },
        );
      }
    },
  };
}

function checkSize(bytes: number): void {
  if (bytes <= emulatorLimits.objectBytes) return;
  throw new ServiceError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    ProposedSize: bytes,
    MaxSizeAllowed: emulatorLimits.objectBytes,
  });
}

/** The bytes as they come. Throws when none come for a while, or when they come more slowly than the least rate. */
async function* timed(request: IncomingMessage): AsyncGenerator<Buffer> {
  const { bodyPauseMs, requestMs, objectBytesPerSecond } = emulatorLimits;
  const { socket } = request;
  const begun = systemClock.now();
  let bytes = 0;
  let fail: (error: Error) => void = () => undefined;
  const onPause = (): void => {
    fail(late(`Nothing of the body came for ${bodyPauseMs} ms.`));
  };
  socket.setTimeout(bodyPauseMs);
  request.on('timeout', onPause);
  try {
    // A request that is refused half-way gets its answer on this connection.
    const source: AsyncIterator<Buffer> = request.iterator({ destroyOnReturn: false });
    for (;;) {
      const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        fail = reject;
        source.next().then(resolve, reject);
      });
      if (next.done === true) return;
      bytes += next.value.length;
      if (systemClock.now() - begun > requestMs + (bytes / objectBytesPerSecond) * 1000) {
        throw late(`The body came with less than ${objectBytesPerSecond} bytes a second.`);
      }
      yield next.value;
    }
  } finally {
    request.off('timeout', onPause);
    socket.setTimeout(0);
  }
}

function late(message: string): ServiceError {
  return new ServiceError('RequestTimeout', message, 400);
}

/** Reads trailers, and checks the signature of each signed frame, which covers the one before. */
function framesOf(
  { signature, secret }: PayloadOptions,
  declared: string,
  trailers: Map<string, string>,
): FrameReader {
  const isSigned = declared.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
  if (!isSigned || secret === undefined || signature === undefined) {
    return {
      begins: () => undefined,
      bytes: () => undefined,
      ends: () => undefined,
      trailer: (name, value) => trailers.set(name, value),
    };
  }
  const key = signingKey(signature, secret);
  const scope = `${signature.date}/${signature.region}/${signature.service}/aws4_request`;
  let before = signature.value;
  let given: string | undefined;
  let hash = createHash('sha256');
  let signedTrailers = '';
  const check = (kind: string, ...rest: readonly string[]): void => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, signature.stamp, scope, before, ...rest].join('\n');
    const expected = createHmac('sha256', key).update(text).digest('hex');
    if (given !== expected) throw refused('The signature of a part of the body does not match.');
    before = expected;
  };
  return {
    begins(one) {
      given = one;
      hash = createHash('sha256');
    },
    bytes: (chunk) => hash.update(chunk),
    ends() {
      check('PAYLOAD', SHA256_OF_NOTHING, hash.digest('hex'));
    },
    trailer(name, value) {
      if (name !== 'x-amz-trailer-signature') {
        trailers.set(name, value);
        signedTrailers += `${name}:${value}\n`;
        return;
      }
      given = value;
      check('TRAILER', createHash('sha256').update(signedTrailers).digest('hex'));
    },
  };
}
