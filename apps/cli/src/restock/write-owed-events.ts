import { inertText } from '@store/foundation';
import {
  writeOwedEvents as writeOwed,
  type LedgerEntry,
  type RestockLedger,
  type RunQuery,
} from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { endpointOf } from '../aws/client-options.js';
import { createInventoryProducer } from '../inventory/producer.js';
import { names } from '../inventory/names.js';
import { plural } from '../output/format.js';
import { allRows } from '../query/lake.js';
import { openLake, type LakeChoice } from '../query/open-lake.js';
import { objectsOf } from '../query/query-result.js';
import { explainError } from '../terminal/explain-error.js';
import type { Terminal } from '../terminal/terminal.js';

/** How long the events of one command may take to be delivered. */
const deliverMs = 15_000;

/**
 * Writes the events that moves owe to the delivery stream, so that the lake says what is on order; returns how many.
 * A lake in a folder has no stream: there the ledger alone says what is on order. What cannot be written stays owed, and
 * the next command writes it.
 */
export async function writeOwedEvents(
  ledger: RestockLedger,
  entries: readonly LedgerEntry[],
  choice: LakeChoice,
  terminal: Terminal,
): Promise<number> {
  const owing = entries.filter(
    ({ owed_events, earlier_attempts }) => owed_events.length > 0 || earlier_attempts !== undefined,
  );
  const hasStream = choice.athena === true || endpointOf('FIREHOSE', terminal.env) !== undefined;
  if (owing.length === 0 || !hasStream) return 0;
  const query: RunQuery = async (sql) => {
    const lake = await openLake(choice, terminal);
    return objectsOf(await allRows(lake, sql, terminal.signal).finally(async () => lake.close()));
  };
  try {
    return await writeOwed(ledger, owing, query, async (events) => send(events, terminal), {
      table: names.table,
    });
  } catch (error) {
    const why = inertText(explainError(error).message, 300).replace(/\.$/, '');
    terminal.stderr.write(
      `${plural(owing.length, 'request')} moved, but the lake does not say so yet (${why}). The next plan or move writes it.\n`,
    );
    return 0;
  }
}

async function send(events: readonly InventoryEvent[], terminal: Terminal): Promise<void> {
  const producer = createInventoryProducer({ stream: names.deliveryStream }, terminal);
  try {
    for (const event of events) producer.put(event);
    const { complete, lastError } = await producer.flush({ deadlineMs: deliverMs });
    if (!complete) throw lastError ?? new Error('the stream did not take the events');
  } finally {
    await producer.close({ deadlineMs: 0 });
  }
}
