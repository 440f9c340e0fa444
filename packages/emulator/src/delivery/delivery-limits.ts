/** Tries before a failure counts as one of the entry. */
export const deliveryLimits: {
  /** Of a failure that nothing explains. */
  readonly tries: number;
  /** Of a temporary one, and how long it must have lasted besides. */
  readonly temporaryTries: number;
  readonly temporaryMs: number;
  /** A flush ends when nothing was delivered for so long. */
  readonly stallMs: number;
  /** A flush waits so long for a disk that takes nothing. */
  readonly diskMs: number;
  /** A flush ends after so long in any case. */
  readonly flushMs: number;
  /** A put that is to be delivered at once waits so long for that. */
  readonly deliverNowMs: number;
  /** Closing waits so long for deliveries that are under way. */
  readonly closeMs: number;
} = Object.freeze({
  tries: 3,
  temporaryTries: 10,
  temporaryMs: 60_000,
  stallMs: 60_000,
  diskMs: 5_000,
  flushMs: 600_000,
  deliverNowMs: 10_000,
  closeMs: 5_000,
});
