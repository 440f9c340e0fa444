import type { Clock } from '@store/foundation';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { DeliveryPlan } from './plan.js';

/** A buffer under conversion that holds this part of a block, and got nothing for so long, is full. */
const LEAST_PART_LEFT_BEHIND = 16;
const LEFT_BEHIND_MS = 1000;

/**
 * True when a buffer is to be delivered without waiting for its interval: it has its size, or the records have left
 * it behind. Events that come in the order of their hours leave the last block of each hour, and all of those together
 * are what a flush would have to convert (bench/end-to-end.bench.ts of apps/cli): they go out while others come in.
 */
export function isFull({ state, lastRecordAt }: DeliveryBuffer, plan: DeliveryPlan, clock: Clock): boolean {
  if (state.kind === 'lambda') return state.bytes >= (plan.lambda?.bufferBytes ?? 0);
  if (state.bytes >= plan.bufferBytes) return true;
  return (
    plan.conversion !== undefined &&
    state.kind === 'data' &&
    state.bytes >= plan.bufferBytes / LEAST_PART_LEFT_BEHIND &&
    clock.wallNow() - lastRecordAt >= LEFT_BEHIND_MS
  );
}
