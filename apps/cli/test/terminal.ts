import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { runCli } from '../src/cli.js';
import type { Started } from '../src/terminal/terminal.js';

/** What a command said, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  /** Standard output as it came, for what is no text. */
  readonly bytes: Buffer;
  readonly stderr: string;
}

/** The outside world of a command under test. */
export interface TestTerminalOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is there immediately, or a stream that is written to. */
  readonly stdin?: string | Uint8Array | PassThrough;
  readonly signal?: AbortSignal;
  readonly started?: Started;
  /** Standard output is a terminal of this width. @defaultValue a pipe */
  readonly columns?: number;
}

/** Runs the command in this process, with streams of our own that nobody has to wait for. */
export async function runStore(args: readonly string[], options: TestTerminalOptions = {}): Promise<Outcome> {
  const stdin = options.stdin instanceof PassThrough ? options.stdin : new PassThrough().end(options.stdin);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const { columns } = options;
  if (columns !== undefined) Object.assign(stdout, { isTTY: true, columns });
  const written = Promise.all([buffer(stdout), buffer(stderr)]);
  const code = await runCli(args, {
    stdin,
    stdout,
    stderr,
    env: { ...options.env },
    cwd: options.cwd ?? '/',
    signal: options.signal ?? new AbortController().signal,
    ...(options.started === undefined ? {} : { started: options.started }),
  });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, bytes: out, stdout: out.toString('utf8'), stderr: err.toString('utf8') };
}
