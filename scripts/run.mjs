/**
 * The commands of this repository, on a machine that has Node and npm and nothing else.
 *
 *   npm start                 install, build, run `store demo`
 *   npm test [-- vitest args] install, build, run every test
 *   npm run store -- ARGS     install, build, run the store command
 *   npm run check             lint, type check, formatting, API reports and reference, packed packages
 *   npm run docs              the API reference as Markdown in docs/api
 *   npm run bench -- NAME     one benchmark, or all
 *   npm run campaign -- NAME  one long campaign, whole
 *
 * pnpm comes from a pinned npx on the first install only: later runs use the copy in node_modules, since
 * npx waits for the network even when it needs nothing from it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [command, ...rest] = process.argv.slice(2);
const env = {
  ...process.env,
  PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? ''),
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Runs one program in the root; a failure ends this process with the program's own exit code. */
function run(program, args, { say, quiet = false, cwd = root } = {}) {
  if (say !== undefined) process.stderr.write(`${say}\n`);
  const result = spawnSync(program, args, {
    cwd,
    env,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error !== undefined) {
    process.stderr.write(`Cannot run ${program}: ${result.error.message}\n`);
    process.exit(1);
  }
  if (result.status === 0) return;
  if (quiet) process.stderr.write(result.stdout + result.stderr);
  process.exit(result.status ?? 1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  process.stderr.write(`This project needs Node 20.19 or newer (or 22.12); this is ${process.version}.\n`);
  process.exit(1);
}

/** Installs when the lock file or the workspace file is newer than the last install. */
function install() {
  const marker = join(root, 'node_modules', '.pnpm-workspace-state-v1.json');
  const changed = (name) => statSync(join(root, name)).mtimeMs > statSync(marker).mtimeMs;
  if (existsSync(marker) && !changed('pnpm-lock.yaml') && !changed('pnpm-workspace.yaml')) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const args = [
    '--yes',
    '--prefer-offline',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
  ];
  run('npx', args, { say: 'Installing dependencies (once, about half a minute)…', quiet: true });
}

function build(tasks, filters = []) {
  const args = ['run', ...tasks, '--output-logs=errors-only', ...filters.map((name) => `--filter=${name}`)];
  run('turbo', args, { say: `Building ${filters.join(', ') || 'everything'}…`, quiet: true });
}

function store(args) {
  build(['build'], ['@store/cli']);
  run(process.execPath, [join(root, 'apps', 'cli', 'bin', 'store.js'), ...args], {
    cwd: process.env.INIT_CWD ?? root,
  });
}

const commands = {
  start: () => store(['demo', ...rest]),
  store: () => store(rest),
  test() {
    // With the declarations: tests pack the libraries, some of them at the same time.
    build(['build', 'types']);
    run('vitest', ['run', ...rest], { say: 'Running the tests…' });
  },
  check() {
    run('turbo', ['run', '//#lint', '//#typecheck', '--output-logs=errors-only'], {
      say: 'Lint and type check…',
    });
    run('prettier', ['--check', '--log-level', 'warn', '.'], { say: 'Formatting…' });
    run('knip', ['--no-progress'], { say: 'Unused files, exports and dependencies…' });
    run('turbo', ['run', 'types', '--output-logs=errors-only'], { say: 'Declarations…' });
    run(process.execPath, ['scripts/api.mjs', ...rest], { say: 'API reports…' });
    run('typedoc', ['--options', 'typedoc.config.mjs', '--emit', 'none'], { say: 'API reference…' });
    run(process.execPath, ['scripts/pack-check.mjs'], { say: 'Packed packages…' });
  },
  docs: () => run('typedoc', ['--options', 'typedoc.config.mjs'], { say: 'API reference in docs/api…' }),
  bench: () => run(process.execPath, ['--import', 'tsx', 'scripts/bench.ts', ...rest]),
  campaign: () => run(process.execPath, ['--import', 'tsx', 'scripts/campaign.ts', ...rest]),
};

if (!Object.hasOwn(commands, command ?? '')) {
  process.stderr.write(`Expected one of ${Object.keys(commands).join(', ')}, got ${command ?? 'nothing'}.\n`);
  process.exit(2);
}
requireNode();
install();
commands[command]();
