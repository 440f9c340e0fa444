import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../aws/client-options.js';
import { findTruckQueue, receiveAtTrucks, refusalText, type RefusedMessage } from '../aws/truck-queue.js';
import type { RestockRequest } from '@store/restock';
import { jsonText, writeJson, writeOut } from '../output/write-out.js';
import { plural } from '../output/format.js';
import { interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store restock trucks`. */
export interface RestockTrucksFlags extends CommonFlags {
  readonly queue: string;
  readonly max?: number;
  readonly follow?: boolean;
}

/** Runs `store restock trucks`: one line a request, then the count. */
export async function runRestockTrucks(flags: RestockTrucksFlags, terminal: Terminal): Promise<void> {
  const sqs = new SQSClient(clientOptions('SQS', terminal.env));
  try {
    const queueUrl = await findTruckQueue(sqs, flags.queue);
    const max = flags.max ?? Infinity;
    const requests: RestockRequest[] = [];
    const refused: RefusedMessage[] = [];
    let deleted = 0;
    while (requests.length + refused.length < max && !terminal.signal.aborted) {
      const receipts = await receiveAtTrucks(
        sqs,
        queueUrl,
        Math.min(10, max - requests.length - refused.length),
      );
      deleted += receipts.deleted;
      for (const request of receipts.requests) {
        requests.push(request);
        if (flags.json !== true) await writeOut(terminal.stdout, `${jsonText(request)}\n`);
      }
      for (const message of receipts.refused) {
        refused.push(message);
        terminal.stderr.write(`${refusalText(message)}\n`);
      }
      if (receipts.received === 0 && flags.follow !== true) break;
    }
    if (flags.json === true)
      await writeJson(terminal.stdout, {
        received: requests.length + refused.length,
        deleted,
        requests,
        refused,
      });
    else if (flags.quiet !== true)
      terminal.stderr.write(`${plural(requests.length, 'request')} received and deleted\n`);
    if (terminal.signal.aborted) {
      throw interruption(
        terminal.signal,
        `${plural(requests.length, 'request')} received; what was received is deleted.`,
      );
    }
  } finally {
    sqs.destroy();
  }
}
