/**
 * Does memory stay flat when ten times the quota is offered for ten minutes?
 *
 * The minutes are those of a virtual clock, the bytes are real: 3 GB go out, ten times as much is offered.
 * V8 enlarges its young generation once, by 16 MiB, at a minute of its own choosing; that is no growth of the
 * producer's, so a child process runs with the young generation pinned and collects before each measurement.
 * Exits 1 if, after the first tenth, resident memory drifts by more than 4 MiB or the buffers by more than 1 MiB.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { simulateOverload } from '../test/overload.js';

const MIB = 1024 * 1024;
const seconds = Number(process.argv[2] ?? 600);

async function measure(collect: NodeJS.GCFunction): Promise<boolean> {
  const rss: number[] = [];
  const buffers: number[] = [];
  const result = await simulateOverload({
    producers: 1,
    load: 10,
    quotaBytesPerSec: 5 * MIB,
    seconds,
    rate: { bytesPerSec: 5 * MIB },
    eachSecond: () => {
      collect();
      const usage = process.memoryUsage();
      rss.push(usage.rss);
      buffers.push(usage.arrayBuffers);
    },
  });
  const afterTenth = (values: readonly number[]): readonly number[] =>
    values.slice(Math.floor(values.length / 10));
  const drift = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const settled = afterTenth(rss);
  const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
  console.log(
    `${seconds} s at 10x: ${inMib(result.acceptedBytes)} delivered, producer at most ${inMib(result.maxMemoryBytes)}; ` +
      `after a tenth: RSS ${inMib(Math.min(...settled))} to ${inMib(Math.max(...settled))} ` +
      `(+${inMib(drift(settled))}), buffers +${inMib(drift(afterTenth(buffers)))}`,
  );
  return drift(settled) <= 4 * MIB && drift(afterTenth(buffers)) <= MIB;
}

if (globalThis.gc === undefined) {
  const flags = ['--expose-gc', '--min-semi-space-size=16', '--max-semi-space-size=16'];
  const args = [...process.execArgv, ...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
} else {
  process.exitCode = (await measure(globalThis.gc)) ? 0 : 1;
}
