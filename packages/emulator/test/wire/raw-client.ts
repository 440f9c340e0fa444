import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A signature that nobody checks: the endpoint has no secret. */
export const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;

/** A connection whose bytes a test writes itself. */
export interface RawClient {
  readonly socket: Socket;
  write(bytes: string | Buffer): void;
  /** All that came so far. */
  readonly received: () => string;
  /** Waits until what came so far matches. */
  until(pattern: RegExp): Promise<string>;
  /** Waits until this many bytes have come. */
  untilBytes(count: number): Promise<void>;
  /** Waits until the connection is closed; gives all that came. */
  closed(): Promise<string>;
}

/** Connects to an endpoint; resolves when connected. */
export async function rawClient(endpoint: string): Promise<RawClient> {
  const { port } = new URL(endpoint);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  const lookers = new Set<() => void>();
  const look = (): void => {
    for (const looker of lookers) looker();
  };
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    look();
  });
  // A reset is one way to be refused.
  socket.on('error', () => undefined);
  socket.on('close', look);
  await once(socket, 'connect');
  return {
    socket,
    write: (bytes) => socket.write(bytes),
    received: () => text,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const looker = (): void => {
          if (pattern.test(text)) resolve(text);
          else if (socket.closed)
            reject(new Error(`Closed before ${String(pattern)} came; got ${text.slice(0, 300)}`));
          else return;
          lookers.delete(looker);
        };
        lookers.add(looker);
        looker();
      }),
    untilBytes: (count) =>
      new Promise((resolve) => {
        const looker = (): void => {
          if (text.length < count) return;
          lookers.delete(looker);
          resolve();
        };
        lookers.add(looker);
        looker();
      }),
    async closed() {
      // Not by `once` of node:events, to which a reset is a failure.
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
      return text;
    },
  };
}

/** Headers as they are written, some perhaps twice. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** Writes the head of a request; `Host` is there unless it is given. */
export function head(line: string, headers: HeaderList | Readonly<Record<string, string>> = {}): string {
  const pairs = isList(headers) ? headers : Object.entries(headers);
  const all = pairs.some(([name]) => name.toLowerCase() === 'host')
    ? pairs
    : [['host', '127.0.0.1'] as const, ...pairs];
  return `${line} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function isList(headers: HeaderList | Readonly<Record<string, string>>): headers is HeaderList {
  return Array.isArray(headers);
}

/** Sends one request by itself and gives its status and body. */
export async function exchange(
  endpoint: string,
  bytes: string,
): Promise<{ readonly status: number; readonly body: string; readonly head: string }> {
  const client = await rawClient(endpoint);
  client.write(bytes);
  const text = await client.until(/^HTTP\/1\.1 (?!100)\d{3}[\s\S]*?\r\n\r\n/);
  const isHead = bytes.startsWith('HEAD ');
  const [, length = '0'] = isHead ? [] : (/content-length: (\d+)/i.exec(text) ?? []);
  const start = text.indexOf('\r\n\r\n') + 4;
  const whole = await client.until(new RegExp(`^[\\s\\S]{${start + Number(length)},}`));
  client.socket.destroy();
  return {
    status: Number(whole.slice(9, 12)),
    head: whole.slice(0, start),
    body: Buffer.from(whole.slice(start), 'latin1').toString(),
  };
}
