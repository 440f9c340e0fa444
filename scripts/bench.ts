/**
 * Runs benchmarks: `npm run bench` all, `npm run bench -- firehose` a package's, `-- firehose/rivals` one.
 * With `--page` the tables are written to docs/performance.md, all from this one run on this one machine.
 */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { benchmarks, root, runFile, select } from './bench-files.js';

const args = process.argv.slice(2);
const page = args.includes('--page');
const chosen = select(
  benchmarks(),
  args.filter((argument) => !argument.startsWith('--')),
);

const sections: string[] = [];
let failures = 0;
for (const file of chosen) {
  const { status, output } = runFile(file, [], page);
  if (status !== 0) failures++;
  if (page) {
    process.stdout.write(output);
    sections.push(
      `## ${file.name}\n\n\`npm run bench -- ${file.name}\` (${relative(root, file.path)})\n\n${output.trim()}\n`,
    );
  }
}

if (page) {
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const head = [
    '# Performance',
    '',
    `Every table below comes from one run of \`npm run bench -- --page\` on one machine: ${machine}.`,
    'The machine is shared and noisy, so figures are CPU time (user and system) and what counts is the ratio inside one table.',
    '',
  ].join('\n');
  writeFileSync(join(root, 'docs', 'performance.md'), `${head}\n${sections.join('\n')}`);
}
process.exit(failures === 0 ? 0 : 1);
