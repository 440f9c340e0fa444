import type { Telemetry } from './telemetry/telemetry.js';

/** What a handler's core knows of the invocation it runs in. */
export interface Invocation {
  /** Milliseconds until Lambda stops the function. */
  remainingMs(): number;
  readonly telemetry: Telemetry;
}
