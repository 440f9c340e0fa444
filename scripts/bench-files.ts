/** The benchmarks and campaigns of the repository, found by file name, each run in a process of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** Root of the repository. */
export const root: string = join(import.meta.dirname, '..');

/** One file that `npm run bench` or `npm run campaign` can run. */
export interface BenchFile {
  /** `firehose/rivals` for `packages/firehose/bench/rivals.bench.ts`. */
  readonly name: string;
  readonly path: string;
}

function* benchFolders(): Generator<{ owner: string; folder: string }> {
  for (const group of ['packages', 'apps']) {
    for (const owner of readdirSync(join(root, group)).sort()) {
      const folder = join(root, group, owner, 'bench');
      if (existsSync(folder)) yield { owner, folder };
    }
  }
}

/** Every `*.bench.ts`. */
export function benchmarks(): readonly BenchFile[] {
  return filesThat((file) => (file.endsWith('.bench.ts') ? basename(file, '.bench.ts') : undefined));
}

/** Every `campaign-*.ts`. */
export function campaigns(): readonly BenchFile[] {
  return filesThat((file) => /^campaign-(.+)\.ts$/.exec(file)?.[1]);
}

function filesThat(nameOf: (file: string) => string | undefined): readonly BenchFile[] {
  const found: BenchFile[] = [];
  for (const { owner, folder } of benchFolders()) {
    for (const file of readdirSync(folder).sort()) {
      const name = nameOf(file);
      if (name !== undefined) found.push({ name: `${owner}/${name}`, path: join(folder, file) });
    }
  }
  return found;
}

/** Those whose whole name, package or own name is asked for; all when nothing is asked. Ends the process with 2 when a name fits none. */
export function select(files: readonly BenchFile[], names: readonly string[]): readonly BenchFile[] {
  if (names.length === 0) return files;
  return names.flatMap((name) => {
    const fitting = files.filter((file) => file.name === name || file.name.split('/').includes(name));
    if (fitting.length > 0) return fitting;
    console.error(`No such name: ${name}. There are: ${files.map((file) => file.name).join(', ')}`);
    process.exit(2);
  });
}

/** Runs one file, in this checkout or another; its standard output is returned and, unless stated otherwise, shown as it comes. */
export function runFile(
  file: BenchFile,
  args: readonly string[],
  capture: boolean,
  checkout: string = root,
): { status: number; output: string } {
  console.error(`${file.name} (${relative(root, file.path)})`);
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=@store/source', '--expose-gc', file.path, ...args],
    {
      cwd: checkout,
      stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
      encoding: 'utf8',
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    },
  );
  return { status: result.status ?? 1, output: capture ? result.stdout : '' };
}
