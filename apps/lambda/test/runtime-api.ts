import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';

const ric = join(import.meta.dirname, '..', '.ric', 'node_modules', 'aws-lambda-ric', 'index.mjs');

/** Whether scripts/prepare-ric.mjs has put the official runtime client where the tests find it. */
export const ricIsThere: boolean = existsSync(ric);

/** Lambda's own Node 24, where scripts/prepare-runtimes.mjs has put it; else the one that runs the tests. */
const runtimes = fileURLToPath(new URL('../../../.runtimes', import.meta.url));
const lambdaNode = join(runtimes, 'node_modules', 'node24', 'bin', 'node');
const node = existsSync(lambdaNode) ? lambdaNode : process.execPath;

/** How an invocation ended. */
export type InvocationEnd =
  | { readonly kind: 'response'; readonly payload: unknown }
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string };

/** A function under the official runtime client, behind a Runtime API server of our own. */
export interface RunningFunction {
  readonly pid: number;
  /** Runs one invocation. `onEnd` is called in the very moment of the answer, before anything else happens. */
  invoke(
    event: unknown,
    options?: { readonly timeoutMs?: number; readonly onEnd?: () => void },
  ): Promise<InvocationEnd>;
  /** Everything the function has written to its log. */
  log(): string;
  close(): Promise<void>;
}

interface Pending {
  readonly id: string;
  readonly event: unknown;
  readonly timeoutMs: number;
  readonly onEnd: (() => void) | undefined;
  readonly resolve: (end: InvocationEnd) => void;
}

/**
 * Starts the bundle in a folder as Lambda would: the runtime client loads `index.handler`, asks the Runtime
 * API for the next event, and posts its answer (AWS Lambda Developer Guide, "Using the Lambda runtime API").
 */
export async function startFunction(
  folder: string,
  env: Readonly<Record<string, string>>,
  handler = 'index.handler',
): Promise<RunningFunction> {
  const waiting: Pending[] = [];
  const running = new Map<string, Pending>();
  let idle: ServerResponse | undefined;
  let invocations = 0;

  const give = (): void => {
    const next = waiting[0];
    if (idle === undefined || next === undefined) return;
    waiting.shift();
    running.set(next.id, next);
    idle.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': String(Date.now() + next.timeoutMs),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:test',
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    });
    idle.end(JSON.stringify(next.event));
    idle = undefined;
  };

  const server = createServer((request, response) => {
    const [id = '', what = ''] = (request.url ?? '').split('/').slice(-2);
    if (what === 'next') {
      idle = response;
      give();
      return;
    }
    const pending = running.get(id);
    text(request).then(
      (body) => {
        // The whole answer is here, and the function still waits for its acknowledgement.
        pending?.onEnd?.();
        response.writeHead(202).end();
        running.delete(id);
        const payload: unknown = body === '' ? null : JSON.parse(body);
        if (what === 'response') pending?.resolve({ kind: 'response', payload });
        else {
          const told = payload as { readonly errorType: string; readonly errorMessage: string };
          if (pending !== undefined) pending.resolve({ kind: 'error', ...told });
          else log += `init error: ${body}\n`;
        }
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  let log = '';
  const child: ChildProcess = spawn(node, [ric, handler], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'test',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/test',
      AWS_LAMBDA_LOG_STREAM_NAME: 'test',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      log += piece.toString('utf8');
    });
  }
  // A dead runtime must fail its invocations: without this it would look like a hang.
  child.once('exit', (code) => {
    const errorMessage = `The runtime exited with ${code ?? 'a signal'}:\n${log}`;
    for (const { resolve } of [...running.values(), ...waiting]) {
      resolve({ kind: 'error', errorType: 'RuntimeExit', errorMessage });
    }
  });

  return {
    pid: child.pid ?? 0,
    invoke: async (event, { timeoutMs = 300_000, onEnd } = {}) =>
      new Promise((resolve) => {
        const id = `00000000-0000-0000-0000-${String(++invocations).padStart(12, '0')}`;
        if (child.exitCode !== null) {
          resolve({ kind: 'error', errorType: 'RuntimeExit', errorMessage: log });
          return;
        }
        waiting.push({ id, event, timeoutMs, onEnd, resolve });
        give();
      }),
    log: () => log,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Ids of the messages that a batch gave back, in order. */
export function failuresIn(end: object): readonly string[] {
  const { payload } = end as { payload: { batchItemFailures: readonly { itemIdentifier: string }[] } };
  return payload.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();
}
