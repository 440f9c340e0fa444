import { tokenHeader } from '@store/page-protocol';
import type {
  FrameMessage,
  NamedQueryMessage,
  StatusMessage,
  WorldMessage,
  ControlRequest,
  ErrorAnswer,
  QueryAnswer,
  SeriesAnswer,
} from '@store/page-protocol';

/** Everything that the server has said so far. */
export interface Feed {
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly world: WorldMessage | undefined;
  readonly status: StatusMessage | undefined;
  readonly queries: readonly NamedQueryMessage[];
}

interface Messages {
  readonly world: WorldMessage;
  readonly queries: readonly NamedQueryMessage[];
  readonly status: StatusMessage;
  readonly frame: FrameMessage;
}

/** Takes the heat map's bytes and the world's time, ten times a second; outside of Preact, since nothing but the canvas and the clock changes. */
export type FrameListener = (cells: Uint8Array, at: string) => void;

/** Follows the server; the browser itself connects again after a break. Returns how to stop. */
export function connect(onChange: (change: Partial<Feed>) => void, onFrame: FrameListener): () => void {
  const source = new EventSource('api/feed');
  // The parse boundary: the messages come from the server that this page was built with.
  const on = <Name extends keyof Messages>(name: Name, take: (message: Messages[Name]) => void): void => {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      take(JSON.parse(event.data) as Messages[Name]);
    });
  };
  on('world', (world) => {
    onChange({ world, connection: 'live' });
  });
  on('queries', (queries) => {
    onChange({ queries });
  });
  on('status', (status) => {
    onChange({ status });
  });
  on('frame', ({ at, cells }) => {
    onFrame(decode(cells), at);
  });
  source.addEventListener('error', () => {
    onChange({ connection: 'lost' });
  });
  return () => {
    source.close();
  };
}

function decode(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Sends a command to the simulation; rejects with the server's message. */
export async function control(request: ControlRequest): Promise<void> {
  await post('api/control', request);
}

/** Runs one statement over the lake. */
export async function query(sql: string): Promise<QueryAnswer> {
  return (await post('api/query', { sql })) as QueryAnswer;
}

/** The history of one shelf. */
export async function series(storeId: string, productId: string, signal: AbortSignal): Promise<SeriesAnswer> {
  const where = new URLSearchParams({ store: storeId, product: productId });
  return (await answer(await fetch(`api/series?${where.toString()}`, { signal }))) as SeriesAnswer;
}

/** What the server wrote into this page, to know it by. */
function token(): string {
  const element = document.querySelector(`meta[name="${tokenHeader}"]`);
  return element?.getAttribute('content') ?? '';
}

async function post(path: string, body: unknown): Promise<unknown> {
  return answer(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [tokenHeader]: token() },
      body: JSON.stringify(body),
    }),
  );
}

// The parse boundary: the server of this page answers in the protocol's shapes.
async function answer(response: Response): Promise<unknown> {
  const body = (await response.json()) as unknown;
  if (!response.ok) throw new Error((body as ErrorAnswer).error);
  return body;
}
