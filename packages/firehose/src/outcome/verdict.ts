import type { FirehoseError } from '../errors.js';

/**
 * What a failed call means for its records.
 *
 * - `throttled`: the service is asked for too much; retry, slower.
 * - `retry`: a passing failure.
 * - `poison`: a record of the batch is refused for ever; find it.
 * - `credentials`: get new ones, then retry.
 * - `blocked`: no record can go until somebody changes something; keep all and tell.
 */
export interface Verdict {
  readonly kind: 'throttled' | 'retry' | 'poison' | 'credentials' | 'blocked';
  readonly error: FirehoseError;
}
