import { EmulatorError, startEmulator, type Emulator } from '@store/emulator';
import { explainError, type Explanation } from '../terminal/explain-error.js';
import { stopSignals } from '../terminal/platform.js';
import type { AnsweredRequest, EndpointReply, EndpointRequest, PlainRow } from './endpoint-process.js';
import { plainValue, SqlStreams } from './sql-streams.js';

/**
 * The process of `store up`'s endpoint: it has one of its own so that it can be killed as a machine is, with no
 * chance to tidy up. Arguments: the data folder and the port.
 */
const streams = new SqlStreams();
const [dataDir = '', port = '0'] = process.argv.slice(2);
let emulator: Emulator | undefined;

// Nobody is left to ask for anything, whether it has started or not.
process.on('disconnect', leave);
// Nor when `store up` has gone while this program was read, and nothing heard of it yet.
if (!process.connected) leave();

// Ctrl-C reaches every process of a terminal; this one stops when `store up` has delivered the last event.
for (const signal of stopSignals()) process.on(signal, () => undefined);

await start().catch((error: unknown) => {
  tell({ kind: 'failed', id: undefined, ...wordsOf(error) }, () => {
    process.exit(1);
  });
});

async function start(): Promise<void> {
  const running = await startEmulator({ dataDir, port: Number(port) });
  emulator = running;
  process.on('message', (message) => {
    // The parse boundary: only `store up` has the other end of this channel.
    const request = message as EndpointRequest;
    if (request.ask === 'more') streams.more(request.id);
    else if (request.ask === 'stop') streams.stop(request.id);
    else reply(running, request);
  });
  tell({ kind: 'ready', endpoint: running.endpoint, lakeDir: running.lakeDir });
}

/** Ends the process; what has started is closed before. */
function leave(): void {
  const end = (): void => process.exit(1);
  if (emulator === undefined) end();
  else emulator.close().then(end, end);
}

function reply(emulator: Emulator, request: AnsweredRequest): void {
  answer(emulator, request).then(
    (rows) => {
      tell({ kind: 'done', id: request.id, rows }, () => {
        if (request.ask === 'close') process.exit(0);
      });
    },
    (error: unknown) => {
      if (error instanceof EmulatorError)
        tell({ kind: 'failed', id: request.id, message: error.message, code: error.code });
      else tell({ kind: 'failed', id: request.id, ...wordsOf(error) });
    },
  );
}

async function answer(emulator: Emulator, request: AnsweredRequest): Promise<readonly PlainRow[]> {
  if (request.ask === 'query') {
    const { sql, firstRows } = request;
    return (await emulator.query(sql, firstRows === undefined ? {} : { firstRows })).map(plain);
  }
  if (request.ask === 'stream') {
    const { id } = request;
    await streams.run(emulator, request, {
      columns: (columns) => {
        tell({ kind: 'columns', id, columns });
      },
      rows: (rows) => {
        tell({ kind: 'rows', id, rows });
      },
    });
  } else if (request.ask === 'flush') await emulator.flush();
  else await emulator.close();
  return [];
}

function plain(row: Readonly<Record<string, unknown>>): PlainRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function wordsOf(error: unknown): Pick<Explanation, 'message' | 'fix'> {
  const { message, fix } = explainError(error);
  return { message, ...(fix === undefined ? {} : { fix }) };
}

function tell(reply: EndpointReply, then: () => void = () => undefined): void {
  process.send?.(reply, undefined, undefined, then);
}
