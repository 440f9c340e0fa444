import { RestockError } from '../errors.js';
import { caseOf } from '../order-quantity.js';
import { loadLimits, type DeliveryOptions, type TruckCapacity } from './delivery-options.js';
import type { DeliveryRequest, ShortItem, TruckItem } from './truck-load.js';
import { noSize, sizeOf, sumOf, unitsThatFit, type LoadSize } from './truck-room.js';

/** What one truck can carry of what one store asks for. */
export interface StoreLoad {
  /** The request of its first item: whose store it is, and the emptiest shelf. */
  readonly request: DeliveryRequest;
  /** Units of that request on earlier trucks. */
  readonly firstUnit: number;
  readonly items: readonly TruckItem[];
  readonly size: LoadSize;
}

/** What is left of a request to load. */
interface Demand {
  readonly request: DeliveryRequest;
  readonly unitsInCase: number;
  loaded: number;
  left: number;
}

/** The share of its reorder point that a shelf holds: the emptiest shelf goes first. */
export const fillOf = ({ current_stock, min_threshold }: DeliveryRequest): number =>
  current_stock / Math.max(min_threshold, 1);

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const byUrgency = (a: DeliveryRequest, b: DeliveryRequest): number =>
  fillOf(a) - fillOf(b) || compare(a.request_id, b.request_id);

/** Distinct requests that need units, the emptiest shelf first. Of two with one id, the one for more units counts. */
export function distinctRequests(requests: Iterable<DeliveryRequest>): readonly DeliveryRequest[] {
  const distinct = new Map<string, DeliveryRequest>();
  for (const request of requests) {
    const known = distinct.get(request.request_id);
    if (known === undefined || outweighs(request, known)) distinct.set(request.request_id, request);
  }
  return [...distinct.values()].filter(({ quantity }) => quantity > 0).sort(byUrgency);
}

const outweighs = (a: DeliveryRequest, b: DeliveryRequest): boolean =>
  (a.quantity - b.quantity || compare(JSON.stringify(a), JSON.stringify(b))) > 0;

/**
 * What each request gets of the depot's stock and of trucks, in whole cases and in the order given, and what it does not get. A
 * reorder point of hundreds of millions, as of an event that is wrong, would otherwise make loads until memory ends.
 */
export function fromDepot(
  requests: readonly DeliveryRequest[],
  { depotStock, packSize }: DeliveryOptions,
  capacity: TruckCapacity,
): { readonly demands: readonly Demand[]; readonly short: readonly ShortItem[] } {
  const stock = new Map(Object.entries(depotStock ?? {}));
  const short: ShortItem[] = [];
  const demands: Demand[] = [];
  for (const request of requests) {
    const { request_id, store_id, product_id, quantity } = request;
    const unitsInCase = request.pack_size ?? packSize ?? caseOf(request);
    const inDepot = depotStock === undefined ? quantity : (stock.get(product_id) ?? 0);
    const there = Math.min(inDepot, mostUnits(request, capacity));
    const left = there >= quantity ? quantity : there - (there % unitsInCase);
    stock.set(product_id, inDepot - left);
    if (left > 0) demands.push({ request, unitsInCase, loaded: 0, left });
    if (left < quantity) short.push({ request_id, store_id, product_id, quantity: quantity - left });
  }
  return { demands, short };
}

/** Units on as many trucks as one request may fill. A unit that is larger than a truck is refused where it is loaded. */
const mostUnits = (request: DeliveryRequest, capacity: TruckCapacity): number =>
  loadLimits.trucksPerRequest * unitsThatFit(request, noSize, capacity) || Infinity;

/** The loads of one store: as few trucks as carry its demand when it is loaded in order, the emptiest shelf first. */
export function loadsOfStore(demands: readonly Demand[], capacity: TruckCapacity): readonly StoreLoad[] {
  const copies = (): Demand[] => demands.map((demand) => ({ ...demand }));
  const filled = fillTrucks(copies(), capacity, true);
  // Filling gaps with what comes later can need more trucks than leaving them, though it rarely does.
  const inOrder = fillTrucks(copies(), capacity, false);
  return inOrder.length < filled.length ? inOrder : filled;
}

function fillTrucks(demands: Demand[], capacity: TruckCapacity, fillGaps: boolean): readonly StoreLoad[] {
  const loads: StoreLoad[] = [];
  let open = demands;
  while (open.length > 0) {
    const items: TruckItem[] = [];
    let size = noSize;
    let first: Pick<StoreLoad, 'request' | 'firstUnit'> | undefined;
    for (const demand of open) {
      const { request, loaded } = demand;
      const quantity = unitsToLoad(demand, unitsThatFit(request, size, capacity), capacity);
      if (quantity > 0) {
        const { request_id, product_id, product_name } = request;
        first ??= { request, firstUnit: loaded };
        items.push({ request_id, product_id, product_name, quantity });
        size = sumOf(size, sizeOf(request, quantity));
        demand.loaded += quantity;
        demand.left -= quantity;
      }
      if (demand.left > 0 && !fillGaps) break;
    }
    if (first === undefined) throw tooLarge(open[0]?.request);
    loads.push({ ...first, items, size });
    open = open.filter(({ left }) => left > 0);
  }
  return loads;
}

/** Whole cases, what is left of a request, or units where an empty truck does not hold a case. */
function unitsToLoad({ request, unitsInCase, left }: Demand, room: number, capacity: TruckCapacity): number {
  if (left <= room) return left;
  const breaksCases = unitsInCase > unitsThatFit(request, noSize, capacity);
  return breaksCases ? room : room - (room % unitsInCase);
}

const tooLarge = (request: DeliveryRequest | undefined): RestockError =>
  new RestockError(
    'INVALID_OPTION',
    `One unit of ${JSON.stringify(request?.product_id)}, asked for by request ${JSON.stringify(request?.request_id)}, is larger than \`truckCapacity\`; correct its size, or plan it for a larger truck.`,
    { field: 'truckCapacity' },
  );
