/**
 * Measures the edit-test loop in CPU seconds (user and system), as ratios within one run: `npm run loop`, and with
 * `-- DIR` the same in another checkout, for what is there. Edits are made and taken back.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const checkout = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const test = 'packages/restock/test/detect-low-stock.test.ts';
const edited = join(checkout, 'packages/glue-schema/src/errors.ts');
const isOld = !existsSync(join(checkout, 'scripts/programs.mjs'));
const folder = mkdtempSync(join(tmpdir(), 'store-loop-'));

/** CPU seconds of a command and all its children, as the shell's `times` counts them. */
function cpuOf(command) {
  const file = join(folder, 'times');
  const script = `( ${command} ) >/dev/null 2>&1; code=$?; times >"${file}"; exit $code`;
  const { status } = spawnSync('bash', ['-c', script], { cwd: checkout });
  const [user, system] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .at(-1) // of the children
    .split(' ')
    .map((time) => {
      const [minutes, seconds] = time.replace('s', '').split('m').map(Number);
      return minutes * 60 + seconds;
    });
  return { seconds: user + system, status };
}

function row(name, command) {
  const { seconds, status } = cpuOf(command);
  console.log(`| ${name} | ${seconds.toFixed(1)} | ${status === 0 ? '' : `exit code ${status}`} |`);
}

/** Runs a measurement with a line added to a file of another package. */
function withEdit(line, measure) {
  const before = readFileSync(edited);
  appendFileSync(edited, `${line}\n`);
  try {
    measure();
  } finally {
    writeFileSync(edited, before);
  }
}

const typecheck = 'npm run typecheck';
const forget = 'find packages apps . -maxdepth 4 -path "*/node_modules/.cache/*.tsbuildinfo" -delete';
const lint = isOld ? 'node node_modules/eslint/bin/eslint.js' : 'npm run lint --';

console.log(`${checkout}\n\n| what | s CPU | |\n| --- | --: | --- |`);
row('once, to fill caches', `npm test -- ${test}; npm run typecheck`);
row('vitest alone', `node node_modules/vitest/vitest.mjs run ${test}`);
withEdit('// An edit.', () => row('test of a file, after an edit in another package', `npm test -- ${test}`));
row('types, cold', `${forget}; ${typecheck}`);
row('types, nothing changed', typecheck);
withEdit('// An edit.', () => row('types, after a comment in glue-schema', typecheck));
row('types, after taking it back', typecheck);
withEdit('export const anEdit: number = 1;', () =>
  row('types, after a new export in glue-schema', typecheck),
);
row('types, after taking it back', typecheck);
row('lint of one file', `${lint} packages/restock/src/index.ts`);
rmSync(folder, { recursive: true });
