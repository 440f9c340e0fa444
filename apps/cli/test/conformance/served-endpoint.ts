import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { signedHeaders } from '../authorization.js';
import { start } from '../built-command.js';

/** The built `store emulator` in a process of its own, asked over HTTP: what users talk to. */
export interface ServedEndpoint {
  readonly endpoint: string;
  /** Folder it was started in; its data is in `data` below. */
  readonly folder: string;
  /** Calls an action of a service that speaks JSON, such as `AmazonSQS.SendMessage`. */
  json(target: string, input: unknown): Promise<ServedAnswer>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** Ends it, by a signal that leaves it no time if need be, and leaves its folder. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** An answer as it came: nothing of it is read on the way. */
export interface ServedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Starts `store emulator` on an empty folder, or on one that an earlier one has left, without the inventory names, and
 * resolves when it takes requests.
 */
export async function serveEndpoint(flags: readonly string[] = [], left?: string): Promise<ServedEndpoint> {
  const folder = left ?? (await mkdtemp(join(tmpdir(), 'store-conformance-')));
  const args = ['emulator', '--json', '--no-setup', '--port', '0', '--data', 'data', ...flags];
  const child = start(args, folder);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const closed = new Promise<void>((resolve) =>
    child.on('close', () => {
      resolve();
    }),
  );
  let greeting = '';
  for await (const line of createInterface({ input: child.stdout })) {
    greeting += line;
    if (line === '}' || line.endsWith('}')) break;
  }
  if (greeting === '') throw new Error(`The endpoint did not start: ${said}`);
  // The command wrote it as JSON.
  const { endpoint } = JSON.parse(greeting) as { endpoint: string };
  const end = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await closed;
  };
  return {
    endpoint,
    folder,
    json: async (target, input) => {
      const response = await fetch(`${endpoint}/`, {
        method: 'POST',
        headers: {
          'content-type': target.startsWith('AmazonSQS.')
            ? 'application/x-amz-json-1.0'
            : 'application/x-amz-json-1.1',
          'x-amz-target': target,
          ...signedHeaders(target),
        },
        body: JSON.stringify(input),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    end,
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
