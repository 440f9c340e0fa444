/**
 * An endpoint in a process of its own that kills itself, SIGKILL, at the Nth step it takes towards the disk, or
 * lives until somebody else kills it. Arguments: data folder, step (0: never).
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dataDir = '', stepText = '0'] = process.argv.slice(2);
let left = Number(stepText);

function step(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Counts each call as two steps: one before anything is done, one after all is done and nobody knows. */
function counted<T extends object>(owner: T, names: readonly (keyof T & string)[]): void {
  for (const name of names) {
    const original: unknown = owner[name];
    if (typeof original !== 'function') throw new Error(`No function ${name}`);
    const replacement = function (this: unknown, ...args: unknown[]): unknown {
      step();
      const callback = args.at(-1);
      if (typeof callback === 'function') {
        args[args.length - 1] = (...results: unknown[]): unknown => {
          step();
          const answer: unknown = Reflect.apply(callback, undefined, results);
          return answer;
        };
        return Reflect.apply(original, this, args);
      }
      const result: unknown = Reflect.apply(original, this, args);
      if (!(result instanceof Promise)) {
        step();
        return result;
      }
      return result.then((value: unknown) => {
        step();
        return value;
      });
    };
    // `promisify` reads these off the original.
    Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
    Reflect.set(owner, name, replacement);
  }
}

const { startEmulator } = await (async () => {
  const probe = await fs.promises.open(import.meta.filename, 'r');
  // The prototype of file handles has no public name.
  const handles = Object.getPrototypeOf(probe) as typeof probe;
  await probe.close();
  counted(fs, ['writev', 'fdatasync', 'writeSync', 'openSync', 'renameSync', 'rmSync']);
  counted(fs.promises, ['rename', 'rm', 'mkdir', 'open']);
  counted(handles, ['datasync', 'sync', 'writeFile']);
  syncBuiltinESMExports();
  return import('../../src/index.js');
})();

const emulator = await startEmulator({
  dataDir,
  // Small, so that segments, checkpoints and deliveries are everywhere.
  logSegmentBytes: 48 * 1024,
  conversionBlockBytes: 24 * 1024,
});
process.stdout.write(`${emulator.endpoint}\n`);
process.stdin.on('data', () => {
  // A line from outside asks for a flush; the process may well die in it.
  emulator.flush().catch(() => undefined);
});
