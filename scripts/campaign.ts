/**
 * Runs long campaigns whole: `npm run campaign` lists them, `npm run campaign -- NAME [arguments]` runs one.
 * The tests run a bounded share of each with fresh seeds.
 */
import { campaigns, runFile, select } from './bench-files.js';

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  console.log(
    campaigns()
      .map((file) => file.name)
      .join('\n'),
  );
} else {
  const statuses = select(campaigns(), [name]).map((file) => runFile(file, args, false).status);
  process.exit(statuses.every((status) => status === 0) ? 0 : 1);
}
