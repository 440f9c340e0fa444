import { spawn, type ChildProcess } from 'node:child_process';
import { bin } from '../built-command.js';
import { signedHeaders } from '../authorization.js';

/** The built `store emulator` in a process of its own. */
export interface PoisonedEndpoint {
  readonly port: number;
  /** Calls an action of a service that speaks JSON. Throws when there is no answer. */
  call(target: string, body: unknown): Promise<{ readonly status: number; readonly body: Answer }>;
  /** Calls `POST /_emulator/flush`; resolves with the status. */
  flush(): Promise<number>;
  /** Undefined while it runs; else how it ended, for a report. */
  endedBy(): string | undefined;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<string>;
}

/** Members of an answer that the campaign reads. */
export type Answer = Readonly<Record<string, unknown>>;

/** How long anything may take before it counts as waiting forever; generous, since machines are busy. */
export const patienceMs = 300_000;

/** Starts the endpoint on a folder. Rejects when it ends instead of answering. */
export async function startPoisoned(dataDir: string): Promise<PoisonedEndpoint> {
  const args = [bin, 'emulator', '--json', '--no-setup', '--port', '0', '--data', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  let ended: string | undefined;
  const end = new Promise<string>((resolve) => {
    child.on('close', (code, signal) => {
      ended = signal ?? `exit code ${code}: ${said}`;
      resolve(ended);
    });
  });
  const greeting = await Promise.race([
    greetingOf(child),
    end.then((how) => Promise.reject(new Error(`The endpoint did not start on ${dataDir}: ${how}`))),
    after(patienceMs).then(() =>
      Promise.reject(new Error(`The endpoint does not start on ${dataDir}: ${said}`)),
    ),
  ]);
  // The endpoint wrote it as JSON.
  const { endpoint } = JSON.parse(greeting) as { endpoint: string };
  return {
    port: Number(new URL(endpoint).port),
    call: async (target, body) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': target,
          ...signedHeaders(target),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await response.text();
      // An answer of a JSON protocol is an object, or empty.
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer };
    },
    flush: async () => {
      const response = await fetch(`${endpoint}/_emulator/flush`, {
        method: 'POST',
        signal: AbortSignal.timeout(patienceMs),
      });
      await response.arrayBuffer();
      return response.status;
    },
    endedBy: () => ended,
    kill: async (signal) => {
      child.kill(signal);
      const how = await Promise.race([end, after(patienceMs).then(() => undefined)]);
      if (how !== undefined) return how;
      child.kill('SIGKILL');
      throw new Error(`The endpoint on ${dataDir} does not end at ${signal}: ${said}`);
    },
  };
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/** The JSON document that the command prints when it is ready. */
function greetingOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('}\n')) resolve(text);
    });
  });
}
