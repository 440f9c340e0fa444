import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { calling, type ClientSettings } from '../aws/clients.js';
import { HandlerError } from '../errors.js';
import type { TruckSystem } from './truck-systems.js';

/** A truck system that listens on an event bus: source `store.restock`, detail type `RestockRequested`. */
export function eventBus(settings: ClientSettings, eventBusName: string): TruckSystem {
  const events = new EventBridgeClient(settings);
  return {
    async request(request, key) {
      const command = new PutEventsCommand({
        Entries: [
          {
            EventBusName: eventBusName,
            Source: 'store.restock',
            DetailType: 'RestockRequested',
            Detail: JSON.stringify({ ...request, dispatch_id: key }),
          },
        ],
      });
      const { FailedEntryCount } = await calling('events:PutEvents', events.send(command));
      if (FailedEntryCount === 0) return;
      throw new HandlerError(
        'TRUCK_UNREACHABLE',
        'The event bus did not take a request. The message comes again.',
      );
    },
  };
}
