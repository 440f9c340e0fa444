import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '../local/folder.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { packLibraries } from './pack-libraries.js';
import { projectFiles } from './templates.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store init`. */
export interface InitFlags extends CommonFlags {
  readonly force?: boolean;
}

/** Runs `store init`. */
export async function runInit(folder: string, flags: InitFlags, terminal: Terminal): Promise<void> {
  const target = resolve(terminal.cwd, folder);
  await makeFolder(target);
  const present = (await readdir(target)).filter((name) => name !== '.git');
  if (present.length > 0 && flags.force !== true) {
    throw new CliError('NOT_EMPTY', `The folder ${target} is not empty.`, {
      fix: 'Name another one, or write into it with --force (files of the same name are replaced).',
    });
  }
  const progress = createProgress(terminal, flags);
  progress.step('Packing the libraries');
  const dependencies = await packLibraries(target);
  progress.end();
  const files = projectFiles(projectName(basename(target)), dependencies);
  for (const [path, content] of files) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), content);
  }
  if (flags.json === true) {
    await writeJson(terminal.stdout, { folder: target, files: [...files.keys()], dependencies });
    return;
  }
  const where = folder === '.' ? '' : `cd ${folder} && `;
  await writeOut(
    terminal.stdout,
    `Wrote ${files.size} files to ${target}, and the libraries beside them.\nNext: ${where}npm install && npm start\n`,
  );
}

/** What npm takes as a name: lower case, no spaces. */
function projectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'my-stores' : name;
}
