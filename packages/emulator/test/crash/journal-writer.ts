/**
 * Appends 0, 1, 2 … to a journal, a few at a time, and says each number as soon as it is acknowledged, until
 * somebody kills it. Arguments: file, first number.
 */
import { openJournal } from '../../src/journal.js';
import { Numbers } from './numbers.js';

const [path = '', first = '0'] = process.argv.slice(2);
const journal = await openJournal({ path, state: new Numbers(), compactAtBytes: 2_000 });
for (let next = Number(first); ; next += 3) {
  const group = [next, next + 1, next + 2];
  await Promise.all(group.map((value) => journal.append(value)));
  process.stdout.write(`${group.join('\n')}\n`);
}
