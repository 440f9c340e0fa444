/**
 * The commands of this repository, on a machine that has Node and npm and nothing else. Each installs first what is
 * not installed yet.
 *
 *   npm start                 builds and runs `store demo`
 *   npm test [-- vitest args] runs every test, or those of a file or folder; builds only for tests that use built files
 *   npm run watch [-- FILTER] type check and the tests that a change concerns, again after each change
 *   npm run typecheck         checks what changed, and writes declarations
 *   npm run lint [-- FILE…]   lint of a file, or of every package that changed
 *   npm run check             lint, types, formatting, circles, unused code, API reports, website, packed packages
 *   npm run store -- ARGS     builds and runs the store command
 *   npm run format            formats everything
 *   npm run emit              writes what follows from the inventory types and the mapping document
 *   npm run deploy [-- ARGS]  deploys the stacks; also bootstrap, diff, synth, destroy and template
 *   npm run prove [-- ARGS]   deploys a stage to a real account, compares a day of counts, and destroys it
 *   npm run build -- PACKAGE  builds a package and what it needs
 *   npm run pack -- DIR NAME… packs libraries and what they need, as they would be published
 *   npm run docs              docs/support.md, the tables of docs/scale.md, and the API reference as Markdown in docs/api
 *   npm run site              the website: guides, API reference, playground
 *   npm run changeset         notes a change of behavior for the next release
 *   npm run release           publishes what is not published, with provenance; continuous integration runs it
 *   npm run bench -- NAME     one benchmark, or all
 *   npm run campaign -- NAME  one long campaign, whole
 *   npm run loop              what the edit-test loop costs
 *
 * pnpm comes from a pinned npx on the first install only: later runs use the copy in node_modules, since
 * npx waits for the network even when it needs nothing from it.
 */
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environment, npmPath, root, runNode, runProgram, startProgram } from './programs.mjs';

const [command = '', ...given] = process.argv.slice(2);
// npm takes the `--` away; who starts this file without npm leaves it there.
const rest = given[0] === '--' ? given.slice(1) : given;

const say = (text) => void process.stderr.write(`${text}\n`);

/** Ends this process with the exit code of a step that failed. */
function need(status) {
  if (status !== 0) process.exit(status);
}

const step = (text, program, args, options) => {
  say(text);
  need(runProgram(program, args, options));
};
const script = (path, args = rest, options = {}) => need(runNode([join(root, path), ...args], options));
/** A TypeScript file, run from its sources. */
const typeScript = (path, options) =>
  need(runNode(['--import', 'tsx', '--conditions=@store/source', path, ...rest], options));

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  say(`This project needs Node 20.19 or newer (or 22.12); this is ${process.version}.`);
  process.exit(1);
}

/** Installs when the lock file or the workspace file is newer than the last install. */
function install() {
  const marker = join(root, 'node_modules', '.pnpm-workspace-state-v1.json');
  const changed = (name) => statSync(join(root, name)).mtimeMs > statSync(marker).mtimeMs;
  if (existsSync(marker) && !changed('pnpm-lock.yaml') && !changed('pnpm-workspace.yaml')) return;
  say('Installing dependencies (once, about half a minute)…');
  const args = ['install', '--frozen-lockfile', '--prefer-offline'];
  if (existsSync(marker)) return need(runProgram('pnpm', args, { quiet: true }));
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  need(runNode([npmPath('npx'), '--yes', '--prefer-offline', packageManager, ...args], { quiet: true }));
}

async function build(names) {
  const { buildPackages } = await import('./build.mjs');
  need(buildPackages(names, say));
}

async function store(args) {
  await build(['@store/cli']);
  const cwd = process.env.INIT_CWD ?? root;
  script('apps/cli/bin/store.js', args, { cwd, env: { ...environment(), ...ownPath() } });
}

/** The command runs in the path of whoever started it. */
const ownPath = () => Object.fromEntries(Object.entries(process.env).filter(([key]) => /^path$/i.test(key)));

async function typecheck() {
  const { checkTypes } = await import('./build.mjs');
  say('Types…');
  need(checkTypes());
}

function lint() {
  if (rest.length > 0) need(runProgram('eslint', rest, { cwd: process.env.INIT_CWD ?? root }));
  else step('Lint…', 'turbo', ['run', 'lint', '//#lint:root', '--output-logs=errors-only']);
}

/** Vitest has the terminal; the type check only speaks. The end of vitest, or of this process, ends both. */
async function watch() {
  const { watchTypes } = await import('./watch.mjs');
  const stop = watchTypes();
  const vitest = startProgram('vitest', ['watch', '--project', 'source', '--standalone', ...rest]);
  vitest.on('exit', (code) => {
    stop();
    process.exitCode = code ?? 0;
  });
  // Ctrl-C reaches all of a terminal's processes, and this one waits for vitest; other signals are passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => vitest.kill(signal));
}

const cdk = (action) => script('apps/lambda/scripts/cdk.mjs', [action, ...rest]);

const commands = {
  start: () => store(['demo', ...rest]),
  store: () => store(rest),
  test: () => need(runProgram('vitest', ['run', ...rest])),
  watch,
  typecheck,
  lint,
  async check() {
    // Beside the rest, and one program for everything: half the CPU of one for each package (123 s, not 235 s).
    say('Lint, beside what follows…');
    const lint = startProgram('eslint', ['*.{mjs,ts}', 'scripts', 'test', 'examples', 'packages', 'apps']);
    process.on('exit', () => lint.kill());
    const lintEnds = once(lint, 'exit');
    await typecheck();
    step('Import graph…', 'depcruise', ['--config', 'dependency-cruiser.config.mjs', 'packages', 'apps']);
    step('Formatting…', 'prettier', ['--check', '--log-level', 'warn', '.']);
    step('Unused files, exports and dependencies…', 'knip', ['--no-progress']);
    await build(['./packages/*']);
    say('API reports…');
    script('scripts/api.mjs');
    say('Website, with the API reference…');
    script('apps/site/scripts/build.mjs', []);
    say('Packed packages…');
    script('scripts/pack-check.mjs', []);
    say('Lint…');
    const [status] = await lintEnds;
    need(status ?? 1);
  },
  emit() {
    for (const name of ['schema', 'intake'])
      typeScript('scripts/emit.ts', { cwd: join(root, 'packages', name) });
  },
  bootstrap: () => cdk('bootstrap'),
  synth: () => cdk('synth'),
  diff: () => cdk('diff'),
  deploy: () => cdk('deploy'),
  destroy: () => cdk('destroy'),
  template: () => cdk('template'),
  prove: () => typeScript('scripts/prove.ts'),
  build: () => build(rest),
  pack: () => script('scripts/pack.mjs'),
  changeset: () => need(runProgram('changeset', rest)),
  async release() {
    await build(['./packages/*']);
    // npm signs where a package was built; outside of continuous integration it refuses, and nothing is published.
    need(runProgram('changeset', ['publish'], { env: environment({ NPM_CONFIG_PROVENANCE: 'true' }) }));
  },
  format: () => need(runProgram('prettier', ['--write', '--log-level', 'warn', '.'])),
  docs() {
    say('What the endpoint serves, in docs/support.md…');
    typeScript('packages/emulator/scripts/write-support.ts');
    say('The plan, its bill, quotas and prices, in docs/scale.md…');
    typeScript('apps/cli/scripts/write-scale-tables.ts');
    say('A heading for each error code, in docs/troubleshooting.md…');
    script('scripts/troubleshooting.mjs', []);
    step('API reference in docs/api…', 'typedoc', ['--options', 'typedoc.config.mjs']);
  },
  site: () => script('apps/site/scripts/build.mjs'),
  bench: () => typeScript('scripts/bench.ts'),
  campaign: () => typeScript('scripts/campaign.ts'),
  loop: () => script('scripts/measure-loop.mjs'),
};

if (!Object.hasOwn(commands, command)) {
  say(`Expected one of ${Object.keys(commands).join(', ')}, got ${command || 'nothing'}.`);
  process.exit(2);
}
requireNode();
install();
await commands[command]();
