import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandList, printedCommand, shellWord, startedAs } from '../../src/terminal/printed-command.js';
import { bin } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const npmOfRoot = {
  npm_lifecycle_event: 'store',
  npm_package_name: 'store-inventory',
  npm_package_json: join(root, 'package.json'),
};

test('npm is named by its script; outside the clone with its folder; in a pipe without its banner', async () => {
  const elsewhere = await temporaryFolder();
  expect(startedAs({ env: npmOfRoot, cwd: join(root, 'docs'), script: bin })).toEqual({
    command: 'npm run store --',
    inPipe: 'npm run -s store --',
  });
  expect(startedAs({ env: npmOfRoot, cwd: elsewhere, script: bin }).command).toBe(
    `npm run --prefix ${root} store --`,
  );
});

test('a launcher, npx, a program on the PATH and a script of Node are named as they were typed', async () => {
  const cwd = await temporaryFolder();
  const command = (env: Readonly<Record<string, string>>, script = bin): string =>
    startedAs({ env, cwd, script }).command;
  expect(command({ STORE_STARTED_AS: '../my clone/store' })).toBe("'../my clone/store'");
  expect(command({ npm_command: 'exec', npm_lifecycle_event: 'npx' })).toBe('npx store');
  expect(
    command({ npm_lifecycle_event: 'low', npm_package_name: 'shop' }, join(cwd, 'node_modules/.bin/store')),
  ).toBe('npx store');
  await symlink(bin, join(cwd, 'store'));
  expect(command({ PATH: `/nowhere:${cwd}` }, join(cwd, 'store'))).toBe('store');
  expect(command({ PATH: '/nowhere' }, join(cwd, 'bin', 'store.js'))).toBe('node bin/store.js');
});

test('each `store` that starts a command is replaced, and no other', () => {
  const terminal = { started: { command: 'npm run store --', inPipe: 'npm run -s store --' } };
  const printed = (line: string): string => printedCommand(line, terminal);
  expect(printed('store demo')).toBe('npm run store -- demo');
  expect(printed('store generate | head')).toBe('npm run -s store -- generate | head');
  expect(printed('store world init && store world show w.json > out')).toBe(
    'npm run store -- world init && npm run -s store -- world show w.json > out',
  );
  expect(printed('source <(store completion bash)')).toBe('source <(npm run -s store -- completion bash)');
  expect(printed('AWS_REGION=eu-west-1 store doctor')).toBe('AWS_REGION=eu-west-1 npm run store -- doctor');
  expect(printed("store query 'select 1; store x > 1'")).toBe(
    "npm run store -- query 'select 1; store x > 1'",
  );
  expect(printed('aws glue get-table --database-name store')).toBe(
    'aws glue get-table --database-name store',
  );
});

test('a list has two columns; on a terminal too narrow for them, the purpose is below', async () => {
  const { stdout } = process;
  const narrow = Object.assign(Object.create(stdout) as typeof stdout, { isTTY: true, columns: 20 });
  const wide = Object.assign(Object.create(stdout) as typeof stdout, { isTTY: undefined });
  const examples = [
    ['store up', 'watch it'],
    ['store demo', 'run it'],
  ] as const;
  expect(commandList(examples, { stdout: wide })).toBe('  store up    watch it\n  store demo  run it');
  expect(commandList(examples, { stdout: narrow })).toBe(
    '  store up\n      watch it\n  store demo\n      run it',
  );
  expect(shellWord("it's")).toBe(String.raw`'it'\''s'`);
});

test('on a terminal too narrow for a command, it continues behind a backslash, and a shell reads the same words', () => {
  const line = `store query 'select a, b --c from t' --format csv --json > out.csv && store schema ddl --type=Order -o x`;
  const { stdout } = process;
  const narrow = Object.assign(Object.create(stdout) as typeof stdout, { isTTY: true, columns: 44 });
  const list = commandList([[line, 'both']], { stdout: narrow });
  expect(list.split('\n').map((one) => one.replace(/ \\$/, '…'))).toEqual([
    '  store query…',
    "          'select a, b --c from t'…",
    '          --format csv --json > out.csv &&…',
    '          store schema ddl --type=Order…',
    '          -o x',
    '      both',
  ]);
  const [, typed = ''] = /^([^]*)\n {6}both$/.exec(list) ?? [];
  const words = (text: string): string =>
    execFileSync('sh', ['-c', `set -- ${text.replace(/[>&]+/g, 'x')}; printf '%s|' "$@"`], {
      encoding: 'utf8',
    });
  expect(words(typed)).toBe(words(line));
});

test('from a folder below, the project above is used and named; a path on the command line stays here', async () => {
  const project = await temporaryFolder();
  const below = join(project, 'docs', 'guides');
  await mkdir(below, { recursive: true });
  await writeFile(join(project, 'store.config.json'), '{ "all": { "stores": 2, "data": "lake" } }');
  const found = await runStore(['query', 'select 1'], { cwd: below });
  expect(found.stderr).toContain(`Using the project folder ${project}\n`);
  expect(found.stderr).toContain(`There is no folder ${join(project, 'lake')}.`);
  expect(found.stderr).toContain('Fix: Make one with `store demo --out ../../lake`');
  const given = await runStore(['query', 'select 1', '--data', 'lake'], { cwd: below });
  expect(given.stderr).toContain(`There is no folder ${join(below, 'lake')}.`);
  const quiet = await runStore(['query', 'select 1', '--quiet'], { cwd: below });
  expect(quiet.stderr).not.toContain('Using');
});
