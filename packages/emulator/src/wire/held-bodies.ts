import { systemClock } from '@store/foundation';
import { emulatorLimits } from './request-limits.js';
import { ServiceError } from './service-error.js';

/** A body that takes longer than this to arrive makes room for another one; a full batch takes milliseconds. */
const SLOW_MS = 1_000;

/** The bytes that one request's body takes. */
export interface HeldBody {
  /** Takes more; false where there is no room. */
  take(bytes: number): boolean;
  /** Everything has arrived: it is not refused for others any more. */
  arrived(): void;
  /** The bytes are free again; calling it twice does nothing. */
  release(): void;
}

interface Arriving {
  readonly since: number;
  bytes: number;
  readonly refuse: (error: ServiceError) => void;
}

/**
 * Counts the bytes of all bodies, so that their sum has a bound however many senders there are. When it is reached,
 * bodies that have been arriving for longer than a second are refused, the oldest first: who sends slowly, or stopped
 * within a body, does not keep out who sends now. What is still too much is refused itself.
 */
export class HeldBodies {
  #bytes = 0;
  /** Oldest first. */
  readonly #arriving = new Set<Arriving>();

  /** Begins to count a body; `refuse` is called when it has to make room. */
  open(refuse: (error: ServiceError) => void): HeldBody {
    const body: Arriving = { since: systemClock.now(), bytes: 0, refuse };
    this.#arriving.add(body);
    return {
      take: (bytes) => {
        this.#makeRoom(bytes, body);
        if (this.#bytes + bytes > emulatorLimits.heldBodyBytes) return false;
        this.#bytes += bytes;
        body.bytes += bytes;
        return true;
      },
      arrived: () => {
        this.#arriving.delete(body);
      },
      release: () => {
        this.#release(body);
      },
    };
  }

  #makeRoom(bytes: number, asking: Arriving): void {
    if (this.#bytes + bytes <= emulatorLimits.heldBodyBytes) return;
    const slowBefore = systemClock.now() - SLOW_MS;
    for (const body of this.#arriving) {
      if (body.since > slowBefore || this.#bytes + bytes <= emulatorLimits.heldBodyBytes) return;
      if (body === asking) continue;
      this.#release(body);
      body.refuse(noRoom());
    }
  }

  #release(body: Arriving): void {
    this.#arriving.delete(body);
    this.#bytes -= body.bytes;
    body.bytes = 0;
  }
}

/** The error for a body that there is no room for. */
export function noRoom(): ServiceError {
  return new ServiceError(
    'ServiceUnavailable',
    `Bodies of more than ${emulatorLimits.heldBodyBytes} bytes are on their way together. Please reduce your request rate.`,
    503,
  );
}
