/**
 * Does memory stay flat when ten times the quota is offered for ten minutes?
 *
 * The minutes are those of a virtual clock, the bytes are real: 3 GB go out, ten times as much is offered.
 * Exits 1 if the resident memory after the first tenth grows by more than one and a half times the producer's
 * memory limit of 16 MiB (V8's own heap grows for some minutes), or if its buffers grow at all.
 */
import { simulateOverload } from '../test/overload.js';

const MIB = 1024 * 1024;
const seconds = Number(process.argv[2] ?? 600);
const rss: number[] = [];
const buffers: number[] = [];
const result = await simulateOverload({
  producers: 1,
  load: 10,
  quotaBytesPerSec: 5 * MIB,
  seconds,
  rate: { bytesPerSec: 5 * MIB },
  eachSecond: () => {
    globalThis.gc?.();
    const usage = process.memoryUsage();
    rss.push(usage.rss);
    buffers.push(usage.arrayBuffers);
  },
});
const after = rss.slice(Math.floor(rss.length / 10));
const first = after[0] ?? NaN;
const settled = buffers.slice(Math.floor(buffers.length / 10));
const drift = Math.max(...settled) - Math.min(...settled);
const growth = Math.max(...after) - first;
const inMib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
console.log(
  `${seconds} s at 10x: ${inMib(result.acceptedBytes)} delivered, buffers at most ${inMib(result.maxMemoryBytes)}, ` +
    `RSS ${inMib(first)} after a tenth, at most ${inMib(Math.max(...after))} later (+${inMib(growth)}), buffers +${inMib(drift)}`,
);
if (!(growth <= 24 * MIB && drift <= MIB)) process.exit(1);
