/**
 * Runs benchmarks: `npm run bench` all, `npm run bench -- firehose` a package's, `-- firehose/rivals` one.
 * With `--page` the tables are written to docs/performance.md: all of them, or, where names are given, those
 * again and the others as they stand. `-- NAME --against DIR` runs NAME of this checkout and of the one in
 * DIR by turns and compares their figures; `--as` says how it is called there.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { benchmarks, root, runFile, select } from './bench-files.js';
import { compare } from './compare.js';

const args = process.argv.slice(2);
const page = args.includes('--page');
const all = benchmarks();
const after = (flag: string): string | undefined =>
  args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined;
const [against, as] = [after('--against'), after('--as')];
const chosen = select(
  all,
  args.filter((argument) => !argument.startsWith('--') && argument !== against && argument !== as),
);
if (against !== undefined) {
  process.exit(Math.max(...chosen.map((file) => compare(file, against, as ?? file.name))));
}

const pagePath = join(root, 'docs', 'performance.md');
const sections = page ? sectionsOf(pagePath) : new Map<string, string>();
let failures = 0;
for (const file of chosen) {
  const { status, output } = runFile(file, [], page);
  if (status !== 0) failures++;
  if (page) {
    process.stdout.write(output);
    // What failed says so, with what it printed: the table of an earlier run would pass for this one's.
    const verdict = status === 0 ? '' : `\n\nIt ended with exit code ${status}.`;
    sections.set(
      file.name,
      `## ${file.name}\n\n\`npm run bench -- ${file.name}\` (${relative(root, file.path)})\n\n${output.trim()}${verdict}\n`,
    );
  }
}

if (page) {
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const head = [
    '# Performance',
    '',
    `The tables come from \`npm run bench -- --page\` on one machine: ${machine}.`,
    'The machine is shared and noisy, so figures are CPU time (user and system) and what counts is the ratio inside one table.',
    '',
  ].join('\n');
  const tables = all.flatMap(({ name }) => sections.get(name) ?? []);
  writeFileSync(pagePath, `${head}\n${tables.join('\n')}`);
}
process.exit(failures === 0 ? 0 : 1);

/** The tables that the page holds, by benchmark. */
function sectionsOf(path: string): Map<string, string> {
  if (!existsSync(path)) return new Map();
  const [, ...parts] = readFileSync(path, 'utf8').split(/^## /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')).trim(), `## ${part.trim()}\n`]));
}
