import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryQueue } from '../delivery/delivery-queue.js';

/** More than this may not wait for delivery while calls are answered immediately. */
const MOST_WAITING_BYTES = 160 * 1024 * 1024;
/** A call is held this long at the most: deliveries that never end must not end the intake. */
const LONGEST_HOLD_MS = 250;
const LOOK_EVERY_MS = 5;

type Backlog = Pick<DeliveryQueue, 'waitingBytes'>;

/**
 * Holds a call for a moment while deliveries fall behind; `undefined` where they do not. Client, intake and conversion
 * share the processors of one machine: without it the intake takes what the conversion needs, and the backlog on disk
 * grows for as long as the client keeps sending (bench/end-to-end.bench.ts of apps/cli).
 */
export function keepPace(backlog: Backlog): Promise<void> | undefined {
  return isBehind(backlog) ? hold(backlog) : undefined;
}

async function hold(backlog: Backlog): Promise<void> {
  // Real time, also where the endpoint's clock is turned by hand: it is the processors that are waited for.
  const until = performance.now() + LONGEST_HOLD_MS;
  while (isBehind(backlog) && performance.now() < until) await sleep(LOOK_EVERY_MS);
}

function isBehind({ waitingBytes }: Backlog): boolean {
  return waitingBytes > MOST_WAITING_BYTES;
}
