import type { RestockRequest } from '@store/schema';
import { restockDefaults, type QuantityOptions } from './options.js';

/** Units in a case of the requests that were made in this process: the wire's request does not say. */
const cases = new WeakMap<RestockRequest, number>();

/** Remembers in which cases a request is counted, and returns it. */
export function inCases(request: RestockRequest, { packSize }: QuantityOptions): RestockRequest {
  if (packSize !== undefined) cases.set(request, packSize);
  return request;
}

/** Units in a case of a request; a copy of one, such as out of JSON, is in single units. */
export function caseOf(request: RestockRequest): number {
  return cases.get(request) ?? restockDefaults.packSize;
}
