import type { Clock } from '@store/foundation';
import type { DeliveryBuffer, DeliveryWay } from './delivery-buffer.js';
import { deliveryLimits } from './delivery-limits.js';
import { failureKind, reasonOf, type FailureKind } from '../failure-kind.js';

/** What comes after a try that failed. */
export interface NextTry {
  readonly kind: FailureKind;
  /** Whether there is another try. */
  readonly again: boolean;
  /** Whether it goes another way than the last. */
  readonly givesUp: boolean;
}

/**
 * Decides what comes after a failed try, and notes it in the buffer. Nothing is repeated endlessly as it is: what fails
 * without a reason outside the buffer goes to the error output after {@link deliveryLimits} tries, and what cannot be
 * written there goes to the quarantine. Only a disk is waited for as long as it takes, while the stream takes nothing
 * in.
 */
export function afterFailure(buffer: DeliveryBuffer, error: unknown, clock: Clock): NextTry {
  const kind = failureKind(error);
  const { failure: before } = buffer;
  const tries = (before?.tries ?? 0) + 1;
  const since = before?.since ?? clock.now();
  const isOver =
    kind === 'entry'
      ? tries >= deliveryLimits.tries
      : kind === 'temporary' &&
        tries >= deliveryLimits.temporaryTries &&
        clock.now() - since >= deliveryLimits.temporaryMs;
  const next = isOver ? nextWay(buffer) : buffer.way;
  const isFinal = kind === 'log' || next === undefined;
  const givesUp = next !== undefined && next !== buffer.way;
  buffer.failure = {
    kind,
    code: codeOf(error),
    reason: reasonOf(error),
    since: givesUp ? clock.now() : since,
    tries: givesUp ? 0 : tries,
    isFinal,
  };
  if (next !== undefined) buffer.way = next;
  return { kind, again: !isFinal, givesUp };
}

function nextWay({ way, state }: DeliveryBuffer): DeliveryWay | undefined {
  if (way === 'quarantine') return undefined;
  // What is in the error output already has no other error output.
  return way === 'error-output' || state.kind === 'error' ? 'quarantine' : 'error-output';
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Za-z]\w*$/.test(code) ? `S3.${code}` : 'S3.InternalError';
}
