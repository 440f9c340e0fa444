/** How long deliveries, flushes and closing wait, and how often a delivery is tried. */
export const deliveryLimits: {
  /** Tries of a delivery whose failure nothing explains, before its records go to the error output. */
  readonly tries: number;
  /** Tries of a delivery that fails temporarily, and the least time that it must have failed. */
  readonly temporaryTries: number;
  readonly temporaryMs: number;
  /** A flush ends when nothing is delivered for this long. */
  readonly stallMs: number;
  /** A flush waits this long for a full disk. */
  readonly diskMs: number;
  /** A flush ends after this long in any case. */
  readonly flushMs: number;
  /** With `deliverNow`, a put waits this long for its delivery. */
  readonly deliverNowMs: number;
  /** Closing waits this long for deliveries that are under way. */
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
