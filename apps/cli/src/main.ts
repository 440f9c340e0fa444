import { runCli } from './cli.js';
import { writeFailure } from './output/write-out.js';
import { startedAs } from './terminal/printed-command.js';
import { termination } from './terminal/errors.js';
import { stopSignals } from './terminal/platform.js';

// Read by the AWS SDK when it makes a client: its notice about Node 20 is for developers, not for users of the command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** The edge: everything of the process that the command may touch is handed in here, and nowhere else. */
const stop = new AbortController();
const heard = new Set<NodeJS.Signals>();
const onStop = (signal: NodeJS.Signals): void => {
  heard.add(signal);
  // The second time the person means it: no more flushing. Of a terminal that closes, the system and the shell both tell,
  // and nobody is there to mean anything.
  if (stop.signal.aborted && signal === 'SIGHUP') return;
  if (stop.signal.aborted) process.exit(130);
  stop.abort(signal === 'SIGTERM' ? termination : undefined);
};
for (const signal of stopSignals()) process.on(signal, onStop);
// Unhandled, this would end the process with a stack trace; the writer hears of it too, and says so.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const failure = writeFailure(error);
  if (failure.exitCode !== 0) process.exitCode = failure.exitCode;
  stop.abort(failure);
});
// Nobody could be told of it, and what the command did stands.
process.stderr.on('error', () => undefined);

const cwd = currentFolder();
const exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd,
  started: startedAs({ env: process.env, cwd, script: process.argv[1] ?? '' }),
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
// Node aborts at an exit without the terminal that it began with: what a closing terminal stopped ends by its signal.
if (heard.has('SIGHUP')) {
  process.off('SIGHUP', onStop);
  process.kill(process.pid, 'SIGHUP');
}

/** Where the person stands. A shell stays in a folder that was removed, and nothing can be found from there. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    process.stderr.write(
      'Error: The folder that you are in was removed.\nFix: Change to another one with `cd`.\n',
    );
    process.exit(1);
  }
}
