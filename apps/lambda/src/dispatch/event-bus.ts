import type { JsonService } from '../aws/json-service.js';
import { HandlerError } from '../errors.js';
import type { TruckSystem } from './truck-system.js';

/** A truck system that listens on an event bus: source `store.restock`, detail type `RestockRequested`. */
export function eventBus(events: JsonService, eventBusName: string): TruckSystem {
  return {
    async request(request) {
      const { FailedEntryCount } = await events.call('PutEvents', {
        Entries: [
          {
            EventBusName: eventBusName,
            Source: 'store.restock',
            DetailType: 'RestockRequested',
            Detail: JSON.stringify(request),
          },
        ],
      });
      if (FailedEntryCount === 0) return;
      throw new HandlerError(
        'TRUCK_UNREACHABLE',
        'The event bus did not take a request. The message comes again.',
      );
    },
  };
}
