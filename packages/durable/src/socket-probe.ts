import { Worker } from 'node:worker_threads';

/** Asking takes a few milliseconds; a machine that is out of breath gets more. */
const PATIENCE_MS = 10_000;
const LIVE = 1;

/**
 * Plain text, since a worker has no way to a bundled file. Whatever is neither refused nor missing is taken for
 * alive: a full queue of connections (EAGAIN) is one of a process that is busy.
 */
const program = `
const { workerData: { paths, answers } } = require('node:worker_threads');
const { connect } = require('node:net');
let left = paths.length;
paths.forEach((path, index) => {
  const socket = connect(path);
  const settle = (alive) => {
    if (answers[index + 1] !== 0) return;
    answers[index + 1] = alive ? ${LIVE} : 2;
    socket.destroy();
    left -= 1;
    if (left > 0) return;
    Atomics.store(answers, 0, 1);
    Atomics.notify(answers, 0);
  };
  socket.on('connect', () => settle(true));
  socket.on('error', ({ code }) => settle(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(code)));
});
`;

/**
 * Says of each socket file whether a living process listens on it: the kernel ends the listening with the process,
 * however that ends. It waits for the answers, which come by way of another thread, so that a lock can be taken
 * where nothing can be awaited.
 */
export function areAlive(paths: readonly string[]): readonly boolean[] {
  if (paths.length === 0) return [];
  const answers = new Int32Array(new SharedArrayBuffer(4 * (paths.length + 1)));
  // Without the options of this process: a loader of modules would wait for the thread that waits here.
  const worker = new Worker(program, { eval: true, workerData: { paths, answers }, execArgv: [], env: {} });
  worker.unref();
  Atomics.wait(answers, 0, 0, PATIENCE_MS);
  void worker.terminate();
  return paths.map((_, index) => answers[index + 1] !== 2);
}
