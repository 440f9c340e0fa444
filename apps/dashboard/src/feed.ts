import { applyChanges, tokenHeader } from '@store/page-protocol';
import type {
  ControlRequest,
  DeltaMessage,
  FrameMessage,
  HistoryMessage,
  LogEntry,
  LowAnswer,
  NamedQueryMessage,
  SampleMessage,
  SeriesAnswer,
  SqlErrorAnswer,
  StatusMessage,
  WorldMessage,
} from '@store/page-protocol';
import { HistoryStore } from './history/history-store.js';

/** Everything that the server has said so far. */
export interface Feed {
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly world: WorldMessage | undefined;
  readonly status: StatusMessage | undefined;
  /** When the status came, by `performance.now()`: from there the page ages it by its own clock. */
  readonly statusAt: number;
  readonly queries: readonly NamedQueryMessage[];
  /** What happened, the newest first. */
  readonly log: readonly LogEntry[];
  readonly history: HistoryStore;
}

/** Before the server has said anything. */
export const nothingYet = (): Feed => ({
  connection: 'connecting',
  world: undefined,
  status: undefined,
  statusAt: 0,
  queries: [],
  log: [],
  history: new HistoryStore(),
});

interface Messages {
  readonly world: WorldMessage;
  readonly queries: readonly NamedQueryMessage[];
  readonly status: StatusMessage;
  readonly history: HistoryMessage;
  readonly sample: SampleMessage;
  readonly log: LogEntry;
  readonly frame: FrameMessage;
  readonly delta: DeltaMessage;
}

/** Takes the bytes of all shelves, ten times a second. Outside of Preact, since only the canvas and the clock change. */
export type FrameListener = (cells: Uint8Array, at: string) => void;

/** Entries of the log that the page keeps. */
const maxLog = 500;

/** Follows the server; the browser itself connects again after a break. Returns how to stop. */
export function connect(
  onChange: (change: (before: Feed) => Partial<Feed>) => void,
  onFrame: FrameListener,
): () => void {
  const source = new EventSource('api/feed');
  const history = new HistoryStore();
  let cells = new Uint8Array();
  // The parse boundary: the messages come from the server that this page was built with.
  const on = <Name extends keyof Messages>(name: Name, take: (message: Messages[Name]) => void): void => {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      take(JSON.parse(event.data) as Messages[Name]);
    });
  };
  on('world', (world) => {
    onChange(() => ({ world, history, connection: 'live' }));
  });
  on('queries', (queries) => {
    onChange(() => ({ queries }));
  });
  on('status', (status) => {
    onChange(() => ({ status, statusAt: performance.now(), connection: 'live' }));
  });
  on('history', (message) => {
    history.replace(message);
  });
  on('sample', (sample) => {
    history.add(sample);
  });
  on('log', (entry) => {
    onChange(({ log }) => {
      // A server that was started again counts from 1.
      const before = entry.id <= (log[0]?.id ?? 0) ? [] : log;
      return { log: [entry, ...before].slice(0, maxLog) };
    });
  });
  on('frame', ({ at, cells: packed }) => {
    cells = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    onFrame(cells, at);
  });
  on('delta', ({ at, changes }) => {
    applyChanges(cells, changes);
    onFrame(cells, at);
  });
  source.addEventListener('error', () => {
    onChange(() => ({ connection: 'lost' }));
  });
  return () => {
    source.close();
  };
}

/** Asks for a change; the outcome is the caller's no more. */
export type Ask = (request: ControlRequest) => void;

/** Sends a command to the simulation; rejects with the server's message. */
export async function control(request: ControlRequest): Promise<void> {
  await post('api/control', request);
}

/** The history of one shelf. */
export async function series(storeId: string, productId: string, signal: AbortSignal): Promise<SeriesAnswer> {
  return (await getJson('api/series', { store: storeId, product: productId }, signal)) as SeriesAnswer;
}

/** A part of the low-stock list. */
export async function lowStock(
  where: { readonly sort: string; readonly q: string; readonly from: number; readonly count: number },
  signal: AbortSignal,
): Promise<LowAnswer> {
  const { sort, q, from, count } = where;
  return (await getJson(
    'api/low',
    { sort, q, from: String(from), count: String(count) },
    signal,
  )) as LowAnswer;
}

/** Reads what one of the server's routes answers; rejects with the server's message. */
export async function getJson(
  path: string,
  params: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  return answer(await fetch(`${path}?${new URLSearchParams(params).toString()}`, { signal }));
}

/** What the server wrote into this page, to know it by. */
function token(): string {
  const element = document.querySelector(`meta[name="${tokenHeader}"]`);
  return element?.getAttribute('content') ?? '';
}

/** Posts to one of the server's routes; rejects with the server's message. */
export async function post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  return answer(await postBody(path, body, signal));
}

/** Posts to one of the server's routes, with the token of this page, whatever it answers. */
export async function postBody(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    ...(signal === undefined ? {} : { signal }),
    headers: { 'content-type': 'application/json', [tokenHeader]: token() },
    body: JSON.stringify(body),
  });
}

/** What the server could not do, in its words. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly answer: SqlErrorAnswer;

  constructor(said: SqlErrorAnswer) {
    super(said.error);
    this.answer = said;
  }
}

/** What was wrong, in words: a browser reports a server that does not answer as a TypeError, in words of its own. */
export const messageOf = (error: unknown): string =>
  error instanceof TypeError
    ? 'The server does not answer'
    : error instanceof Error
      ? error.message
      : String(error);

/** Reads what the server answers; rejects with its message. */
export async function answer(response: Response): Promise<unknown> {
  // The parse boundary: the server of this page answers in the protocol's shapes.
  const body = (await response.json()) as unknown;
  if (!response.ok) throw new ServerError(body as SqlErrorAnswer);
  return body;
}
