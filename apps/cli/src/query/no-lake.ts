import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { findProject } from '../config/find-project.js';
import { defaultDataDir } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';

/** @throws CliError `NO_LAKE` where a lake's folder is not there */
export async function assertFolder(folder: string, cwd: string): Promise<void> {
  const present = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!present) throw noLake(`There is no folder ${folder}.`, folder, cwd);
}

/** A lake that is not there; `cwd` is where the person stands, who is told how to make one. */
export function noLake(message: string, folder: string, cwd: string): CliError {
  const isUsual = folder === join(findProject(cwd).folder, defaultDataDir);
  const out = isUsual ? '' : ` --out ${shellWord(relative(cwd, folder) || '.')}`;
  return new CliError('NO_LAKE', message, {
    fix: `Make one with \`store demo${out}\`, or name another with --data.`,
  });
}
