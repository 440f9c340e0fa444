import type { TruckCapacity } from './delivery-options.js';
import type { DeliveryRequest } from './truck-load.js';

/** How large something is, by the measures of a {@link TruckCapacity}. */
export interface LoadSize {
  readonly units: number;
  readonly weight: number;
  readonly volume: number;
  /** Pallets of one store, with the part of the last one. */
  readonly pallets: number;
}

export const noSize: LoadSize = Object.freeze({ units: 0, weight: 0, volume: 0, pallets: 0 });

/** Sums of decimals such as 0.1 come out a little above: a load that is this little too large fits. */
const roundingError = 1e-9;

/** The size of this many units of a request; a measure that the request does not have counts nothing. */
export function sizeOf(request: DeliveryRequest, units: number): LoadSize {
  const { unit_weight = 0, unit_volume = 0, units_per_pallet = Infinity } = request;
  return {
    units,
    weight: units * unit_weight,
    volume: units * unit_volume,
    pallets: units / units_per_pallet,
  };
}

export function sumOf(a: LoadSize, b: LoadSize): LoadSize {
  return {
    units: a.units + b.units,
    weight: a.weight + b.weight,
    volume: a.volume + b.volume,
    pallets: a.pallets + b.pallets,
  };
}

/** The size on a truck: the pallets of a store are places that no other store uses. */
export const inPlaces = (size: LoadSize): LoadSize => ({
  ...size,
  pallets: Math.ceil(size.pallets - roundingError),
});

/** The part of a truck that is filled, by the measure that is nearest to its limit; more than 1 does not fit. */
export function filledPart(size: LoadSize, capacity: TruckCapacity): number {
  const { units = Infinity, weight = Infinity, volume = Infinity, pallets = Infinity } = capacity;
  return Math.max(size.units / units, size.weight / weight, size.volume / volume, size.pallets / pallets);
}

/** Whether it is on board with the doors closed. */
export const fits = (size: LoadSize, capacity: TruckCapacity): boolean =>
  filledPart(size, capacity) <= 1 + roundingError;

/** How many units of a request still fit on a truck that serves no other store. */
export function unitsThatFit(request: DeliveryRequest, onBoard: LoadSize, capacity: TruckCapacity): number {
  const { units = Infinity, weight = Infinity, volume = Infinity, pallets = Infinity } = capacity;
  const one = sizeOf(request, 1);
  const room = (limit: number, used: number, each: number): number =>
    each === 0 || limit === Infinity ? Infinity : (limit * (1 + roundingError) - used) / each;
  return Math.max(
    0,
    Math.floor(
      Math.min(
        units - onBoard.units,
        room(weight, onBoard.weight, one.weight),
        room(volume, onBoard.volume, one.volume),
        room(pallets, onBoard.pallets, one.pallets),
        Number.MAX_SAFE_INTEGER,
      ),
    ),
  );
}
