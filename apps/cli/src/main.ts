import { runCli } from './cli.js';
import { readerGone, termination } from './terminal/errors.js';
import { stopSignals } from './terminal/platform.js';

/** The edge: everything of the process that the command may touch is handed in here, and nowhere else. */
const stop = new AbortController();
const onStop = (signal: NodeJS.Signals): void => {
  // The second time the person means it: no more flushing.
  if (stop.signal.aborted) process.exit(130);
  stop.abort(signal === 'SIGTERM' ? termination : undefined);
};
for (const signal of stopSignals()) process.on(signal, onStop);
// Unhandled, this would end the process with a stack trace; the writer hears of it too, and says so.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = 1;
  stop.abort(error.code === 'EPIPE' ? readerGone() : error);
});

const exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
  blocking: (work) => {
    // Without a listener the system's own way is left, which waits for nobody.
    for (const signal of stopSignals()) process.off(signal, onStop);
    try {
      return work();
    } finally {
      for (const signal of stopSignals()) process.on(signal, onStop);
    }
  },
});
// What could not be written is no success, whenever it turned out.
if (exitCode !== 0 || process.exitCode === undefined) process.exitCode = exitCode;
