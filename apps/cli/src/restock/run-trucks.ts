import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../aws/client-options.js';
import {
  findTruckQueue,
  receiveAtTrucks,
  refusalText,
  takeByLedger,
  type RefusedMessage,
} from '../aws/truck-queue.js';
import type { RestockLedger, RestockRequest } from '@store/restock';
import { jsonText, writeJson, writeOut } from '../output/write-out.js';
import { plural } from '../output/format.js';
import { interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommonFlags } from '../options/common-options.js';
import { openLedger, type LedgerChoice } from './open-ledger.js';
import { writeOwedEvents } from './write-owed-events.js';

/** Flags of `store restock trucks`. */
export interface RestockTrucksFlags extends CommonFlags, LedgerChoice {
  readonly queue: string;
  readonly max?: number;
  readonly follow?: boolean;
}

/** Runs `store restock trucks`: one line a request, then the count. */
export async function runRestockTrucks(flags: RestockTrucksFlags, terminal: Terminal): Promise<void> {
  const sqs = new SQSClient(clientOptions('SQS', terminal.env));
  try {
    // Before the ledger, which makes its folder where it is not there.
    const queueUrl = await findTruckQueue(sqs, flags.queue);
    const { ledger, close } = await openLedger(flags, terminal);
    await receive({ sqs, queueUrl, ledger }, flags, terminal).finally(close);
  } finally {
    sqs.destroy();
  }
}

async function receive(
  { sqs, queueUrl, ledger }: { sqs: SQSClient; queueUrl: string; ledger: RestockLedger },
  flags: RestockTrucksFlags,
  terminal: Terminal,
): Promise<void> {
  // A truck is told of a request when it is printed.
  const take = takeByLedger(ledger, async (request) => {
    if (flags.json !== true) await writeOut(terminal.stdout, `${jsonText(request)}\n`);
  });
  const max = flags.max ?? Infinity;
  const requests: RestockRequest[] = [];
  const refused: RefusedMessage[] = [];
  let deleted = 0;
  let known = 0;
  while (requests.length + refused.length < max && !terminal.signal.aborted) {
    const receipts = await receiveAtTrucks(
      sqs,
      queueUrl,
      Math.min(10, max - requests.length - refused.length),
      take,
    );
    deleted += receipts.deleted;
    known += receipts.known;
    requests.push(...receipts.requests);
    const entries = await ledger.find(receipts.requests.map(({ request_id }) => request_id));
    await writeOwedEvents(ledger, [...entries.values()], flags, terminal);
    for (const message of receipts.refused) {
      refused.push(message);
      terminal.stderr.write(`${refusalText(message)}\n`);
    }
    if (receipts.received === 0 && flags.follow !== true) break;
  }
  if (flags.json === true)
    await writeJson(terminal.stdout, {
      received: requests.length + known + refused.length,
      known,
      deleted,
      requests,
      refused,
    });
  else if (flags.quiet !== true)
    terminal.stderr.write(
      `${plural(requests.length, 'request')} received and deleted${known === 0 ? '' : `, ${known} more were known already`}\n`,
    );
  if (terminal.signal.aborted) {
    throw interruption(
      terminal.signal,
      `${plural(requests.length, 'request')} received; what was received is deleted.`,
    );
  }
}
