import { Worker } from 'node:worker_threads';

/** How often memory is looked at; DuckDB allocates about a megabyte a millisecond. */
const LOOK_MS = 20;

/**
 * Kills this process once it takes more memory than allowed, or when its parent is gone. A thread of its own does it,
 * since the first thread may be busy for seconds with one huge value, and it works where there is no /proc.
 */
export function startWatchdog(residentBytes: number): void {
  const worker = new Worker(source, {
    eval: true,
    workerData: { residentBytes, parent: process.ppid, lookMs: LOOK_MS },
  });
  worker.unref();
}

const source = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.residentBytes || process.ppid !== workerData.parent) {
    process.kill(process.pid, 'SIGKILL');
  }
}, workerData.lookMs);
`;
