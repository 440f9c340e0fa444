import { makeFolder } from '@store/durable';
import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { textIfThere } from '../local/folder.js';
import type { CommonFlags } from '../options/common-options.js';
import { plural } from '../output/format.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { packLibraries } from './pack-libraries.js';
import { ignored, manifest, projectFiles } from './templates.js';

/** Flags of `store init`. */
export interface InitFlags extends CommonFlags {
  readonly force?: boolean;
  readonly here?: boolean;
}

/** Runs `store init`. */
export async function runInit(
  folder: string | undefined,
  flags: InitFlags,
  terminal: Terminal,
): Promise<void> {
  const isHere = flags.here === true;
  if (isHere && (folder !== undefined || flags.force === true))
    throw new CliError('USAGE', 'Expected --here alone: it adds to the project in this folder.');
  const target = resolve(terminal.cwd, folder ?? '.');
  makeFolder(target);
  const present = (await readdir(target)).filter((name) => name !== '.git');
  if (isHere && !present.includes('package.json')) {
    throw new CliError('USAGE', `There is no package.json in ${target}.`, {
      fix: 'Leave --here out to begin a project: `store init`.',
    });
  }
  if (present.length > 0 && flags.force !== true && !isHere) {
    throw new CliError('NOT_EMPTY', `The folder ${target} is not empty.`, {
      fix: 'Name another one, add to a project with --here, or write into it with --force (files of the same name are replaced).',
    });
  }
  // Read before anything is written: what cannot be merged is left alone.
  const { text, manifest: before } = await packageOf(join(target, 'package.json'));
  const manager = managerOf(before, present);
  const progress = createProgress(terminal, flags);
  progress.step('Packing the command and the libraries');
  const packed = await packLibraries(target, terminal.signal);
  progress.end();
  const name = projectName(basename(target));
  const kept = await writeFiles(target, projectFiles(name, `${manager} install`), isHere);
  const after = mergedPackage(before ?? newPackage(name), packed);
  // As its owner indents it.
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  await writeFile(join(target, 'package.json'), `${JSON.stringify(after, null, indent)}\n`);
  await ignore(join(target, '.gitignore'));
  const files = ['package.json', '.gitignore', ...projectFiles('').keys()].filter(
    (path) => !kept.includes(path),
  );
  if (flags.json === true) {
    await writeJson(terminal.stdout, { folder: target, files, kept, dependencies: packed });
    return;
  }
  const where =
    folder === undefined || folder === '.' ? '' : `cd ${shellWord(folder.replace(/^-/, './-'))} && `;
  const left = kept.length === 0 ? '' : ` Left as they were: ${kept.join(', ')}.`;
  const isOurs = isPackage(after.scripts) && after.scripts.start === manifest.scripts.start;
  const next = `${manager} install && ${isOurs ? `${manager} start` : 'npx tsx src/simulate.mts'}`;
  await writeOut(
    terminal.stdout,
    `Wrote ${plural(files.length, 'file')} to ${target}, and the command and its libraries to vendor/.${left}\nNext: ${where}${next}\n`,
  );
}

/** Writes files; returns those that were there and stay as they are. */
async function writeFiles(
  target: string,
  files: ReadonlyMap<string, string>,
  keep: boolean,
): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const [path, content] of files) {
    makeFolder(dirname(join(target, path)));
    try {
      await writeFile(join(target, path), content, { flag: keep ? 'wx' : 'w' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      kept.push(path);
    }
  }
  return kept;
}

type Package = Readonly<Record<string, unknown>>;

const newPackage = (name: string): Package => ({
  name,
  private: true,
  type: 'module',
  engines: { node: '>=20.19' },
});

/** Package managers and their lock files. */
const managers = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['npm', 'package-lock.json'],
] as const;

/** The package manager of a project: the one that its package.json names, or else its lock file. */
function managerOf(manifest: Package | undefined, present: readonly string[]): 'npm' | 'pnpm' | 'yarn' {
  const wanted = manifest?.packageManager;
  const named = managers.find(([name]) => typeof wanted === 'string' && wanted.startsWith(`${name}@`));
  const [manager] = named ?? managers.find(([, lock]) => present.includes(lock)) ?? ['npm'];
  return manager;
}

/** A package.json as text and as a value; nothing of both where there is none. */
async function packageOf(
  path: string,
): Promise<{ readonly text: string; readonly manifest: Package | undefined }> {
  const text = await textIfThere(path);
  if (text === undefined) return { text: '', manifest: undefined };
  try {
    const found: unknown = JSON.parse(text);
    if (isPackage(found)) return { text, manifest: found };
  } catch (cause) {
    throw new CliError('USAGE', `${path} is not JSON.`, { cause });
  }
  throw new CliError('USAGE', `Expected ${path} to be a JSON object.`);
}

const isPackage = (value: unknown): value is Package =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a package.json says already stays; only where our packages come from is always as they were just packed. */
function mergedPackage(before: Package, packed: Readonly<Record<string, string>>): Package {
  const part = (name: keyof typeof manifest): Package => {
    const there = before[name];
    return { ...manifest[name], ...(isPackage(there) ? there : {}) };
  };
  return {
    ...before,
    scripts: part('scripts'),
    dependencies: { ...part('dependencies'), ...packed },
    devDependencies: part('devDependencies'),
  };
}

async function ignore(path: string): Promise<void> {
  const there = (await textIfThere(path)) ?? '';
  const lines = there.split('\n').map((line) => line.trim().replace(/^\//, '').replace(/\/$/, ''));
  const missing = ignored.filter((line) => !lines.includes(line.replace(/\/$/, '')));
  if (missing.length === 0) return;
  const gap = there === '' || there.endsWith('\n') ? '' : '\n';
  await writeFile(path, `${there}${gap}${missing.join('\n')}\n`);
}

/** What npm takes as a name: lower case, no spaces. */
function projectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'my-stores' : name;
}
