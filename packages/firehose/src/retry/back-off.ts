/** How long refused records wait; see `RetryOptions`. */
export interface BackOff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** No retry comes sooner, however the dice fall. */
const FLOOR_MS = 50;

/** Full jitter: anything between the floor and the doubling limit, so that producers do not return together. */
export function backOffMs({ baseMs, capMs }: BackOff, attempts: number, random: () => number): number {
  return FLOOR_MS + random() * Math.min(capMs, baseMs * 2 ** attempts);
}
