import type { LedgerEntry, RestockState } from '@store/restock';
import type { CommonFlags } from '../options/common-options.js';
import { coloursFor, formatCount, plural } from '../output/format.js';
import { formatTable } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import type { Terminal } from '../terminal/terminal.js';
import { readLedger, type LedgerChoice } from './open-ledger.js';

/** Flags of `store restock status`. */
export interface RestockStatusFlags extends CommonFlags, LedgerChoice {
  readonly all?: boolean;
}

const everyState: readonly RestockState[] = ['asked', 'acknowledged', 'on_the_way', 'delivered', 'cancelled'];

/** Runs `store restock status`: where each request stands, the earliest asked first. */
export async function runRestockStatus(flags: RestockStatusFlags, terminal: Terminal): Promise<void> {
  const { ledger, close } = await readLedger(flags, terminal);
  const entries = await ledger.open(flags.all === true ? { states: everyState } : {}).finally(close);
  if (flags.json === true) {
    await writeJson(terminal.stdout, { requests: entries.map(shownEntry) });
    return;
  }
  const { bold } = coloursFor(terminal.stdout, terminal.env);
  const table = formatTable(
    [
      { title: 'request', isWhole: true },
      { title: 'state' },
      { title: 'store' },
      { title: 'product' },
      { title: 'units', align: 'right' },
      { title: 'asked at (UTC)', isWhole: true },
    ],
    entries.map((entry) => [
      entry.request_id,
      stateOf(entry),
      entry.request.store_name,
      entry.request.product_name,
      formatCount(entry.request.quantity),
      entry.asked_at.slice(0, 16).replace('T', ' '),
    ]),
    terminal,
  );
  const units = entries.reduce((sum, { request }) => sum + request.quantity, 0);
  const what = flags.all === true ? 'request' : 'open request';
  await writeOut(
    terminal.stdout,
    `${entries.length === 0 ? '' : `${table}\n\n`}${bold(`${plural(entries.length, what)}, ${plural(units, 'unit')}`)}\n`,
  );
}

/**
 * A request that was noted and not sent is owed: the next plan sends it. One that was taken on may wait for the trucks to be told; where
 * they refused it for good, it stays so until it is sent again or cancelled.
 */
function stateOf({ state, sent_at, leased_until, attempt }: LedgerEntry): string {
  const isOwed = state === 'asked' && sent_at === undefined;
  const isUntold = state === 'acknowledged' && leased_until !== undefined;
  const words = isOwed ? 'owed' : isUntold ? 'not told yet' : state.replaceAll('_', ' ');
  return attempt === 1 ? words : `${words} (${attempt})`;
}

/** An entry as `--json` shows it: without what only the ledger needs. */
export function shownEntry({ request, ...entry }: LedgerEntry): object {
  const { store_id, product_id, quantity } = request;
  return { ...entry, earlier_attempts: undefined, written_by: undefined, store_id, product_id, quantity };
}
