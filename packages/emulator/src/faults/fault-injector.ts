import { ServiceError } from '../wire/service-error.js';
import type { Clock } from '@store/foundation';
import { noFaults, type FaultKind, type FaultPlan } from './fault-plan.js';

/** Each kind has chances of its own, so that one never shifts another's. */
const kinds: readonly FaultKind[] = [
  'refusedRecords',
  'throttledCalls',
  'internalErrors',
  'unavailable',
  'resetsBeforeCommit',
  'resetsAfterCommit',
  'failedDeliveries',
];

/** Makes the faults of a plan, in an order that the seed decides. */
export class FaultInjector {
  readonly #clock: Clock;
  readonly #chances: Readonly<Record<FaultKind, Chance>>;
  readonly #waiting = new Set<() => void>();
  #closed = false;
  plan: FaultPlan = noFaults;

  constructor(seed: number, clock: Clock) {
    this.#clock = clock;
    const chance = (kind: FaultKind): Chance => seededChance(seed * 31 + kinds.indexOf(kind));
    this.#chances = {
      refusedRecords: chance('refusedRecords'),
      throttledCalls: chance('throttledCalls'),
      internalErrors: chance('internalErrors'),
      unavailable: chance('unavailable'),
      resetsBeforeCommit: chance('resetsBeforeCommit'),
      resetsAfterCommit: chance('resetsAfterCommit'),
      failedDeliveries: chance('failedDeliveries'),
    };
  }

  /** True when a fault of this kind is due now. */
  strikes(kind: FaultKind): boolean {
    const share = this.plan[kind] ?? 0;
    return share > 0 && this.#chances[kind]() < share;
  }

  /** Before a call is worked on. */
  async beforeCall(): Promise<void> {
    await this.#wait(this.plan.latencyMs);
    if (this.strikes('internalErrors')) {
      throw new ServiceError('InternalFailure', 'An internal failure, made on purpose.', 500);
    }
    if (this.strikes('unavailable')) {
      throw new ServiceError('ServiceUnavailable', 'Unavailable, on purpose.', 503);
    }
  }

  /** Before a delivery. */
  async beforeDelivery(): Promise<void> {
    await this.#wait(this.plan.deliveryDelayMs);
    this.beforeWrite();
    if (this.strikes('failedDeliveries')) {
      throw Object.assign(new Error('A failed delivery, made on purpose.'), { code: 'FAILED_ON_PURPOSE' });
    }
  }

  /** Before bytes are written. */
  beforeWrite(): void {
    if (this.plan.diskFull === true) {
      throw Object.assign(new Error('ENOSPC: no space left on device, on purpose'), { code: 'ENOSPC' });
    }
  }

  /** The endpoint closes: releases all waiting requests; none waits afterwards. */
  close(): void {
    this.#closed = true;
    for (const goOn of this.#waiting) goOn();
  }

  async #wait(ms = 0): Promise<void> {
    if (ms <= 0 || this.#closed) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        cancel();
        this.#waiting.delete(goOn);
        resolve();
      };
      const cancel = this.#clock.schedule(goOn, ms);
      this.#waiting.add(goOn);
    });
  }
}

/** A source of chances that always gives the same ones for the same seed. */
export type Chance = () => number;

/** SplitMix32: small, even, and the same on every machine. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
