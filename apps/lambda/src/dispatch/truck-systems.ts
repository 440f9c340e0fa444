import { createHmac, timingSafeEqual } from 'node:crypto';
import { timeoutSignal, wait, type Clock } from '@store/foundation';
import type { RestockRequest } from '@store/restock';
import type { SecretReader } from '../aws/secret-reader.js';
import { HandlerError } from '../errors.js';

/** The system that sends trucks, however it is reached. */
export interface TruckSystem {
  /**
   * Hands over one request. It may be called again for the same request, under the same key.
   *
   * @throws HandlerError `TRUCK_REFUSED` or `TRUCK_UNREACHABLE`
   */
  request(request: RestockRequest, key: string, deadline: { leftMs(): number }): Promise<void>;
}

/** Options of {@link webhook}. */
export interface WebhookOptions {
  readonly url: string;
  /** Both sides know it; it signs each body. */
  readonly secret: Pick<SecretReader, 'read'>;
  /** One attempt, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** @defaultValue 4 */
  readonly maxAttempts?: number;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * A truck system behind a signed webhook. Busy, failing and unreachable receivers are tried again, with full
 * jitter, as long as the invocation lasts; every attempt carries the same idempotency key. A redirect is a
 * refusal, since a signed body goes to the address it was meant for. An answer counts by its status: its body is not read.
 */
export function webhook(options: WebhookOptions): TruckSystem {
  const { url, secret, timeoutMs = 5000, maxAttempts = 4, clock, random } = options;
  return {
    async request(request, key, deadline) {
      const body = JSON.stringify(request);
      const signedBy = await secret.read();
      for (let attempt = 1; ; attempt++) {
        const outcome = await tryOnce(body, key, signedBy, Math.min(timeoutMs, deadline.leftMs()));
        if (outcome.done) return;
        const waitMs = Math.max(outcome.retryAfterMs, random() * Math.min(5000, 200 * 2 ** attempt));
        if (!outcome.again) {
          throw new HandlerError(
            'TRUCK_REFUSED',
            `The truck system refused a request: ${outcome.why}. The message comes again.`,
          );
        }
        if (attempt >= maxAttempts || deadline.leftMs() < waitMs + 1000) {
          throw new HandlerError(
            'TRUCK_UNREACHABLE',
            `The truck system did not take a request, at attempt ${attempt}: ${outcome.why}. The message comes again.`,
            { cause: outcome.cause },
          );
        }
        await wait(clock, waitMs);
      }
    },
  };

  async function tryOnce(body: string, key: string, signedBy: string, leftMs: number): Promise<Outcome> {
    const allowedMs = Math.max(1, Math.round(leftMs));
    try {
      const response = await options.fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          // So that what comes late, or twice, on a connection is never taken for the answer to the next request.
          connection: 'close',
          ...sign(body, signedBy, clock.wallNow()),
        },
        redirect: 'manual',
        signal: timeoutSignal(clock, allowedMs),
      });
      // The status is said, whatever becomes of the body.
      await response.body?.cancel().catch(() => undefined);
      return outcomeOf(response, clock.wallNow());
    } catch (cause) {
      return { done: false, again: true, why: silenceOf(cause, allowedMs), retryAfterMs: 0, cause };
    }
  }
}

interface Outcome {
  readonly done: boolean;
  /** Whether another attempt may fare better. */
  readonly again: boolean;
  readonly why: string;
  readonly retryAfterMs: number;
  readonly cause?: unknown;
}

/**
 * Refusals that another attempt may not meet. 409 says that a request under this key is still being worked on, such as one
 * that outlasted its attempt here (Internet-Draft "The Idempotency-Key HTTP Header Field", 2025, on errors).
 */
const passingStatuses: ReadonlySet<number> = new Set([408, 409, 425, 429]);

function outcomeOf({ status, ok, headers }: Response, nowMs: number): Outcome {
  const again = status >= 500 || passingStatuses.has(status);
  const redirects = headers.has('location') && status >= 300 && status < 400;
  const why = redirects
    ? `status ${status}, and redirects are not followed (set WEBHOOK_URL to where it leads)`
    : `status ${status}`;
  return { done: ok, again, why, retryAfterMs: retryAfterMs(headers.get('retry-after') ?? '', nowMs) };
}

/** Seconds or a date (RFC 9110, 10.2.3), as milliseconds from now: at most 30 seconds, and 0 for anything else. */
function retryAfterMs(text: string, nowMs: number): number {
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) ? 0 : Math.min(30_000, Math.max(0, waitMs));
}

/** Why there is no answer: the time, or the code of the connection's error, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
function silenceOf(cause: unknown, allowedMs: number): string {
  if (!(cause instanceof Error)) return 'no answer';
  if (cause.name === 'TimeoutError') return `no answer within ${allowedMs} ms`;
  const { cause: inner } = cause;
  if (!(inner instanceof Error)) return 'no answer';
  return `no answer (${String(Reflect.get(inner, 'code') ?? inner.message)})`;
}

/** Headers that prove who sent a body, and when. */
export interface SignatureHeaders {
  /** Seconds since 1970 at which it was signed. */
  readonly 'store-timestamp': string;
  /** `v1=` and the HMAC-SHA-256 of timestamp, a full stop and body, in hexadecimal digits. */
  readonly 'store-signature': string;
}

/** Signs a body. The time is signed too, so that a recorded request cannot be sent again later. */
export function sign(body: string, secret: string, nowMs: number): SignatureHeaders {
  const timestamp = String(Math.floor(nowMs / 1000));
  return { 'store-timestamp': timestamp, 'store-signature': `v1=${mac(timestamp, body, secret)}` };
}

/**
 * What a receiver checks: the signature, over the bytes as they came, and that it is not older than five minutes. In constant
 * time; digits in upper case are the same digits.
 *
 * @param toleranceSeconds - how far clocks may be apart
 */
export function verify(
  body: string | Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  secret: string,
  nowMs: number,
  toleranceSeconds = 300,
): boolean {
  const { 'store-timestamp': timestamp = '', 'store-signature': signature = '' } = headers;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(`v1=${mac(timestamp, body, secret)}`);
  const given = Buffer.from(signature.toLowerCase());
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const mac = (timestamp: string, body: string | Buffer, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
