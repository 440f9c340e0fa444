import { addAbortSignal, type Readable } from 'node:stream';

/** Where a command writes: standard output or standard error, or a stand-in for them. */
export interface Output extends NodeJS.WritableStream {
  /** True on a terminal: only there is progress shown and, by default, colour used. */
  readonly isTTY?: boolean | undefined;
  /** Width in characters, on a terminal. */
  readonly columns?: number | undefined;
}

/** Characters of a line, on a terminal that says it: a pseudo-terminal without a size says 0. */
export function lineWidthOf({ columns = 0 }: Output): number | undefined {
  return columns > 0 ? columns : undefined;
}

/** How the person started the command. */
export interface Started {
  /** The beginning of each command line: `store`, `npx store`, `npm run store --`. */
  readonly command: string;
  /** The same where another program reads the output: npm prints two lines of its own unless it is told not to. */
  readonly inPipe: string;
}

/** Everything of the outside world that a command may touch; tests hand in their own. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths are meant from here. */
  readonly cwd: string;
  /** How the person started the command: commands are printed so that they run there. @defaultValue `store` on the PATH */
  readonly started?: Started;
  /** Aborts at the first Ctrl-C, or whatever else asks a program to stop on this system. */
  readonly signal: AbortSignal;
  /** Does work that blocks, during which Ctrl-C ends the process immediately: no listener could run. */
  readonly blocking?: <T>(work: () => T) => T;
}

/** Standard input, whose reading ends with an `AbortError` when the command is stopped: nobody waits for a pipe that is idle. */
export function inputOf({ stdin, signal }: Pick<Terminal, 'stdin' | 'signal'>): NodeJS.ReadableStream {
  return addAbortSignal(signal, stdin);
}
