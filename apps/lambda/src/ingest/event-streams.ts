import { FirehoseError, type FirehoseProducer } from '@store/firehose';
import { systemClock } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';

/** The delivery streams that events go to, each store to one of them. */
export interface EventStreams {
  /**
   * Takes one event, and resolves when its stream has it.
   *
   * @throws FirehoseError why it has not
   */
  send(event: InventoryEvent): Promise<unknown>;
  /** Ends when each event's fate is known: delivered, failed, or taken back because time is up. */
  deliver(deadlineMs: number): Promise<void>;
}

/**
 * Opens streams, each when its first event comes. The producers live as long as the process does, except one that had to be
 * abandoned.
 *
 * @param create - makes the producer of a stream
 */
export function eventStreams(
  names: readonly string[],
  create: (name: string) => FirehoseProducer<InventoryEvent>,
): EventStreams {
  const open = new Map<string, FirehoseProducer<InventoryEvent>>();
  return {
    async send(event) {
      const name = streamOfStore(names, event.store_id);
      const producer = open.get(name) ?? create(name);
      open.set(name, producer);
      return producer.send(event);
    },
    async deliver(deadlineMs) {
      await Promise.all(
        [...open].map(async ([name, producer]) => {
          if (await isDelivered(producer, deadlineMs)) return;
          // What it holds comes again with its message: it must not go out as well.
          open.delete(name);
          await producer.abort();
        }),
      );
    },
  };
}

async function isDelivered(producer: FirehoseProducer<InventoryEvent>, deadlineMs: number): Promise<boolean> {
  const endsAt = systemClock.now() + deadlineMs;
  try {
    // Events that waited for room are taken while others are delivered, and are of no flush that began before.
    for (;;) {
      const { complete } = await producer.flush({ deadlineMs: Math.max(0, endsAt - systemClock.now()) });
      if (!complete || producer.stats().pending === 0) return complete;
    }
  } catch (error) {
    // The receipts tell which events failed; what else went wrong is not the service's and must be seen.
    if (!(error instanceof FirehoseError)) throw error;
    return false;
  }
}

/**
 * Returns the stream of a store: one and the same as long as the list is, so that a store's events keep their order. The hash is
 * FNV-1a of 32 bits (Fowler, Noll and Vo) over the UTF-16 units of the id.
 */
export function streamOfStore(names: readonly string[], storeId: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < storeId.length; at += 1) {
    hash = Math.imul(hash ^ storeId.charCodeAt(at), 0x01000193);
  }
  const name = names[(hash >>> 0) % names.length];
  if (name === undefined) throw new RangeError('Expected at least one delivery stream, got none.');
  return name;
}
