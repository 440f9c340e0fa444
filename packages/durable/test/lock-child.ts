/**
 * Takes folders for a process of its own and says which it got. Arguments: `hold FOLDER` says `held` or the code of
 * the error, and keeps it until it is killed; `race ROUNDS FOLDER` takes FOLDER/0, FOLDER/1 and so on, each at a
 * moment that all racers share, from the one that it reads from its input, and says the numbers of those it has.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { DurableError, lockFolder } from '../src/index.js';

const [task = '', ...words] = process.argv.slice(2);

function take(folder: string): string {
  try {
    lockFolder(folder);
    return 'held';
  } catch (error) {
    return error instanceof DurableError ? `${error.code} ${error.holder ?? ''}` : String(error);
  }
}

if (task === 'hold') {
  writeSync(1, `${take(words[0] ?? '')}\n`);
} else {
  const [rounds = '', folder = ''] = words;
  const mine: number[] = [];
  writeSync(1, 'ready\n');
  process.stdin.once('data', (start) => {
    for (let round = 0; round < Number(rounds); round++) {
      while (Date.now() < Number(start) + round * 60) {
        // All racers leave this loop in the same millisecond.
      }
      if (take(join(folder, String(round))) === 'held') mine.push(round);
    }
    writeSync(1, `${mine.join(' ')}\n`);
  });
}
setInterval(() => undefined, 1000);
