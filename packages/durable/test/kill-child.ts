/**
 * Writes 0, 1, 2 … to a log, a few at a time, and says each number as soon as it is acknowledged, until
 * somebody kills it. Arguments: folder, first number.
 */
import { writeSync } from 'node:fs';
import { openLog } from '../src/index.js';

const [folder = '', first = '0'] = process.argv.slice(2);
const log = openLog(folder, { segmentBytes: 1500 });
for (let next = Number(first); ; next += 3) {
  const group = [next, next + 1, next + 2];
  await Promise.all(group.map((value) => log.commit(1, Buffer.from(String(value)))));
  writeSync(1, `${group.join('\n')}\n`);
}
