/** Where a command writes: standard output or standard error, or a stand-in for them. */
export interface Output extends NodeJS.WritableStream {
  /** True on a terminal: only there is progress shown and, by default, colour used. */
  readonly isTTY?: boolean | undefined;
  /** Width in characters, on a terminal. */
  readonly columns?: number | undefined;
}

/** Everything of the outside world that a command may touch; tests hand in their own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths are meant from here. */
  readonly cwd: string;
  /** Aborts at the first Ctrl-C, or whatever else asks a program to stop on this system. */
  readonly signal: AbortSignal;
  /** Does work that blocks, during which Ctrl-C ends the process at once: no listener could run. */
  readonly blocking?: <T>(work: () => T) => T;
}
