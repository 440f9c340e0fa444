import type { FrameMessage, NamedQueryMessage, StatusMessage, WorldMessage } from '@store/page-protocol';

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
