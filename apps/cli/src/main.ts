import { runCli } from './cli.js';
import { ReaderGoneError } from './terminal/errors.js';

/** The edge: everything of the process that the command may touch is handed in here, and nowhere else. */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time the person means it: no more flushing.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}
// Unhandled, this would end the process with a stack trace; the writer sees the closed stream and ends quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  stop.abort(new ReaderGoneError());
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
});
