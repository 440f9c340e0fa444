/**
 * Does memory stay flat when ten times the quota is offered for ten minutes?
 *
 * The minutes are those of a virtual clock, the bytes are real: 3 GB go out, ten times as much is offered.
 * Exits 1 if the resident memory after the first tenth grows by more than one and a half times the producer's
 * memory limit of 16 MiB, or if the second half needs more than the first.
 */
import { simulateOverload } from '../test/overload.js';

const MIB = 1024 * 1024;
const seconds = Number(process.argv[2] ?? 600);
const rss: number[] = [];
const result = await simulateOverload({
  producers: 1,
  load: 10,
  quotaBytesPerSec: 5 * MIB,
  seconds,
  rate: { bytesPerSec: 5 * MIB },
  eachSecond: () => {
    globalThis.gc?.();
    rss.push(process.memoryUsage().rss);
  },
});
const after = rss.slice(Math.floor(rss.length / 10));
const first = after[0] ?? NaN;
const half = Math.floor(rss.length / 2);
const drift = Math.max(...rss.slice(half)) - Math.max(...rss.slice(0, half));
const growth = Math.max(...after) - first;
const inMib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
console.log(
  `${seconds} s at 10x: ${inMib(result.acceptedBytes)} delivered, buffers at most ${inMib(result.maxMemoryBytes)}, ` +
    `RSS ${inMib(first)} after a tenth, at most ${inMib(Math.max(...after))} later (+${inMib(growth)}), second half against first ${inMib(drift)}`,
);
if (!(growth <= 24 * MIB && drift <= 4 * MIB)) process.exit(1);
