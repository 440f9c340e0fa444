import { RestockError, type LedgerEntry, type RestockLedger } from '@store/restock';
import { defaultDataDir } from '../inventory/names.js';
import type { CommonFlags } from '../options/common-options.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { openKnownLedger, type LedgerChoice } from './open-ledger.js';
import { shownEntry } from './run-status.js';
import { writeOwedEvents } from './write-owed-events.js';

/** Flags of `store restock confirm`, `deliver` and `cancel`. */
export interface RestockMoveFlags extends CommonFlags, LedgerChoice {
  readonly workgroup?: string;
}

/** Moves by hand. */
export type Move = 'confirm' | 'deliver' | 'cancel';

const done: Readonly<Record<Move, string>> = {
  confirm: 'A truck has taken it on',
  deliver: 'It is delivered',
  cancel: 'It is cancelled: the next plan asks again while the shelf is low',
};

/** Runs `store restock confirm|deliver|cancel ID`. To say the same twice changes nothing. */
export async function runRestockMove(
  move: Move,
  requestId: string,
  flags: RestockMoveFlags,
  terminal: Terminal,
): Promise<void> {
  const opened = await openKnownLedger(flags, terminal);
  try {
    const entry = await moved(opened.ledger, move, requestId).catch((error: unknown) => {
      throw explained(error, flags);
    });
    const written = await writeOwedEvents(opened.ledger, [entry], flags, terminal);
    const { request_id, request, state } = entry;
    if (flags.json === true) {
      await writeJson(terminal.stdout, { ...shownEntry(entry), eventsWritten: written });
      return;
    }
    await writeOut(
      terminal.stdout,
      `${request_id}: ${state.replaceAll('_', ' ')}. ${done[move]} (${request.quantity} units of ${request.product_name} to ${request.store_name}).\n`,
    );
  } finally {
    await opened.close();
  }
}

async function moved(ledger: RestockLedger, move: Move, requestId: string): Promise<LedgerEntry> {
  if (move === 'cancel') return ledger.advance(requestId, 'cancelled');
  const before = (await ledger.find([requestId])).get(requestId);
  // A request taken on by hand was reported by hand.
  if (before?.state === 'asked') await ledger.take(before.request);
  if (before?.state === 'asked' || (move === 'confirm' && before?.state === 'acknowledged')) {
    await ledger.told(requestId, before.attempt);
  }
  if (move === 'deliver') return ledger.advance(requestId, 'delivered');
  return ledger.advance(requestId, 'acknowledged');
}

function explained(error: unknown, { athena, data, ledger }: LedgerChoice): unknown {
  if (!(error instanceof RestockError)) return error;
  const where = [
    ...(data === defaultDataDir ? [] : ['--data', shellWord(data)]),
    ...(athena === true ? ['--athena'] : []),
    ...(ledger === undefined ? [] : ['--ledger', shellWord(ledger)]),
  ];
  const status = ['store restock status --all', ...where].join(' ');
  const fixes: Readonly<Record<string, string>> = {
    UNKNOWN_REQUEST: `\`${status}\` lists the requests.`,
    WRONG_STATE: `\`${status}\` shows where it stands.`,
  };
  const fix = fixes[error.code];
  return new CliError('NOT_MOVED', error.message, { cause: error, ...(fix === undefined ? {} : { fix }) });
}
