import { HandlerError } from '../errors.js';
import { sign } from './signature.js';
import type { TruckSystem } from './truck-system.js';

/** Options of {@link webhook}. */
export interface WebhookOptions {
  readonly url: string;
  /** Both sides know it; it signs each body. */
  readonly secret: string;
  /** One attempt, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** @defaultValue 4 */
  readonly maxAttempts?: number;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * A truck system behind a signed webhook. Busy, failing and unreachable receivers are tried again, with full
 * jitter, as long as the invocation lasts; every attempt carries the same idempotency key. Redirects are
 * refused, since a signed body goes to the address it was meant for.
 */
export function webhook(options: WebhookOptions): TruckSystem {
  const { url, secret, timeoutMs = 5000, maxAttempts = 4, now, random, sleep } = options;
  return {
    async request(request, deadline) {
      const body = JSON.stringify(request);
      for (let attempt = 1; ; attempt++) {
        const outcome = await tryOnce(body, request.request_id, Math.min(timeoutMs, deadline.leftMs()));
        if (outcome.done) return;
        const waitMs = Math.max(outcome.retryAfterMs, random() * Math.min(5000, 200 * 2 ** attempt));
        if (!outcome.again)
          throw new HandlerError('TRUCK_REFUSED', `The truck system refused: ${outcome.why}.`);
        if (attempt >= maxAttempts || deadline.leftMs() < waitMs + 1000) {
          throw new HandlerError(
            'TRUCK_UNREACHABLE',
            `The truck system did not take a request in ${attempt} attempts: ${outcome.why}. The message comes again.`,
            { cause: outcome.cause },
          );
        }
        await sleep(waitMs);
      }
    },
  };

  async function tryOnce(body: string, key: string, allowedMs: number): Promise<Outcome> {
    try {
      const response = await options.fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...sign(body, secret, now()) },
        redirect: 'error',
        signal: AbortSignal.timeout(Math.max(1, Math.floor(allowedMs))),
      });
      await response.body?.cancel();
      return outcomeOf(response);
    } catch (cause) {
      return { done: false, again: true, why: 'no answer', retryAfterMs: 0, cause };
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

function outcomeOf(response: Response): Outcome {
  const { status, ok } = response;
  const again = status >= 500 || status === 408 || status === 425 || status === 429;
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const retryAfterMs = Number.isFinite(seconds) ? Math.min(30, Math.max(0, seconds)) * 1000 : 0;
  return { done: ok, again, why: `status ${status}`, retryAfterMs };
}
