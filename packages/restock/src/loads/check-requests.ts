import { numberBetween, required, satisfying, text, wholeNumber, type OptionRule } from '@store/foundation';
import { invalidOption } from '../errors.js';
import type { TruckCapacity } from './delivery-options.js';
import type { DeliveryRequest } from './truck-load.js';

const anyNumber = required(numberBetween(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
// An event may have an empty one.
const id = required(satisfying('text', (value) => typeof value === 'string'));
const size = numberBetween(0, Infinity, { above: true });

/** The fields that a plan is made of, and the sizes that the capacity limits. */
function requestRules({ weight, volume, pallets }: TruckCapacity): Readonly<Record<string, OptionRule>> {
  const measured = (limit: number | undefined, rule: OptionRule): OptionRule =>
    limit === undefined ? rule : required(rule);
  return {
    request_id: required(text()),
    store_id: id,
    product_id: id,
    current_stock: anyNumber,
    // Events may have one below 0.
    min_threshold: anyNumber,
    quantity: required(wholeNumber(0)),
    pack_size: wholeNumber(1),
    unit_weight: measured(weight, size),
    unit_volume: measured(volume, size),
    units_per_pallet: measured(pallets, size),
  };
}

/**
 * The requests, once each is known to be one that can be loaded.
 *
 * @throws RestockError `INVALID_OPTION` with the place of the field: `requests[3].quantity`
 */
export function checkRequests(
  requests: Iterable<DeliveryRequest>,
  capacity: TruckCapacity,
): readonly DeliveryRequest[] {
  const rules = Object.entries(requestRules(capacity));
  const given = [...requests];
  for (const [index, request] of given.entries()) {
    for (const [field, rule] of rules) {
      const value: unknown = Reflect.get(request, field);
      if (value === undefined && rule.required !== true) continue;
      const problem = rule.problem(value, `requests[${index}].${field}`);
      if (problem !== undefined) throw invalidOption(problem);
    }
  }
  return given;
}
