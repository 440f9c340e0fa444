import { createFirehoseProducer } from '@store/firehose';
import { writeOwedEvents, type LedgerEntry, type RestockLedger, type RunQuery } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { firehoseTransport } from '../aws/clients.js';
import type { Environment } from '../environment.js';
import { eventStreams } from '../ingest/event-streams.js';
import type { PlanConfig } from './plan-input.js';

/** Writes what requests owe to the lake; returns how many events that were. */
export type WriteOwed = (
  episodeIds: readonly string[],
  query: RunQuery,
  time: { readonly to: string; readonly leftMs: () => number },
) => Promise<number>;

/**
 * Opens the delivery streams that `order_placed` and the other events of requests go to. Looked at are the requests of the
 * episodes that were planned, and all that are open: a truck takes a request on after the plan that asked for it.
 *
 * @throws HandlerError `INVALID_CONFIG`
 */
export function openOwedEvents(
  env: Environment,
  ledger: RestockLedger,
  streamNames: readonly string[],
  { table, partitioning, lookBackHours }: PlanConfig,
): WriteOwed {
  const transport = firehoseTransport(env);
  const streams = eventStreams(streamNames, (deliveryStreamName) =>
    createFirehoseProducer<InventoryEvent>({ deliveryStreamName, transport }),
  );
  return async (episodeIds, query, { to, leftMs }) => {
    const entries: LedgerEntry[] = [...(await ledger.find(episodeIds)).values(), ...(await ledger.open())];
    const write = async (events: readonly InventoryEvent[]): Promise<void> => {
      const settled = Promise.all(events.map(async (event) => streams.send(event)));
      // Its errors are thrown below, when each event's fate is known.
      settled.catch(() => undefined);
      await streams.deliver(Math.max(0, leftMs()));
      await settled;
    };
    const from = new Date(Date.parse(to) - lookBackHours * 3_600_000).toISOString();
    return writeOwedEvents(ledger, entries, query, write, { table, partitioning, from });
  };
}
