import type { DeliveryWindow } from './delivery-options.js';

/** When stores take deliveries, and how fast a truck goes from one to the next. */
export interface Schedule {
  readonly windows: Readonly<Record<string, DeliveryWindow>> | undefined;
  readonly stopMinutes: number;
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const windowOf = ({ windows }: Schedule, storeId: string): { readonly from: number; readonly to: number } => {
  const window = windows !== undefined && Object.hasOwn(windows, storeId) ? windows[storeId] : undefined;
  return window === undefined
    ? { from: 0, to: minutes('23:59') }
    : { from: minutes(window.from), to: minutes(window.to) };
};

/**
 * The stores in an order in which one truck reaches each within its window, or undefined where there is none by this
 * rule: of the stores that are open, the one that closes first is served first; where none is open, the truck waits for the next.
 * Stores that close at the same time keep the order given.
 */
export function arrivalOrder(storeIds: readonly string[], schedule: Schedule): readonly string[] | undefined {
  if (schedule.windows === undefined) return storeIds;
  let open = storeIds.map((storeId) => ({ storeId, ...windowOf(schedule, storeId) }));
  const order: string[] = [];
  let now = 0;
  while (open.length > 0) {
    now = Math.max(now, Math.min(...open.map(({ from }) => from)));
    const next = open
      .filter(({ from }) => from <= now)
      .reduce((first, other) => (other.to < first.to ? other : first));
    if (next.to < now) return undefined;
    order.push(next.storeId);
    open = open.filter((store) => store !== next);
    now += schedule.stopMinutes;
  }
  return order;
}
