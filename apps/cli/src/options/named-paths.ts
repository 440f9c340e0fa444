import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Argument, Option, type Command } from 'commander';
import { isOpenFile } from '../local/output-file.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';

/** An option that names something to read: where nothing is there, that is wrong usage, found before the command begins. */
export class InputOption extends Option {}

/** An argument that names something to read; `-` and addresses such as `s3://…` are left to the command. */
export class InputArgument extends Argument {}

/**
 * What an option names to be written: a `file` in a folder that is there, a `new path` whose folders are made for it, or a
 * `folder` that is made with those above it.
 */
export type OutputKind = 'file' | 'new path' | 'folder';

/** An option that names something to write: what cannot be written there is wrong usage, found before the command begins. */
export class OutputOption extends Option {
  readonly kind: OutputKind | ((options: Readonly<Record<string, unknown>>) => OutputKind);

  /** @param kind - what is written; a function decides by the values of the command's options */
  constructor(flags: string, description: string, kind: OutputOption['kind'] = 'file') {
    super(flags, description);
    this.kind = kind;
  }
}

/** An argument that names something to write. */
export class OutputArgument extends Argument {
  readonly kind: OutputKind;

  constructor(name: string, description: string, kind: OutputKind = 'file') {
    super(name, description);
    this.kind = kind;
  }
}

/**
 * Checks that no option and no argument is empty, that what a command is told to read is there, and that what it is told to
 * write can be written.
 *
 * @throws CliError `USAGE`
 */
export async function checkPaths(command: Command, cwd: string): Promise<void> {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    const place = option.long ?? option.flags;
    if (option instanceof OutputOption) {
      const { kind } = option;
      await checkOutput(value, place, typeof kind === 'function' ? kind(command.opts()) : kind, cwd);
      continue;
    }
    checkNotEmpty(value, place);
    if (option instanceof InputOption) await checkInput(value, place, cwd);
  }
  for (const [index, argument] of command.registeredArguments.entries()) {
    const value: unknown = command.processedArgs[index];
    checkNotEmpty(value, `<${argument.name()}>`);
    if (argument instanceof InputArgument) await checkInput(value, `<${argument.name()}>`, cwd);
    if (!(argument instanceof OutputArgument)) continue;
    // A folder that is not named is the one where the person stands.
    const named = argument.kind === 'folder' ? (value ?? cwd) : value;
    await checkOutput(named, `<${argument.name()}>`, argument.kind, cwd);
  }
}

/** A variable of a shell that is not set gives an empty word, and that is never meant. */
function checkNotEmpty(value: unknown, place: string): void {
  if ([value].flat().includes(''))
    throw new CliError('USAGE', `Expected ${place} to have a value, got nothing.`);
}

async function checkInput(value: unknown, place: string, cwd: string): Promise<void> {
  if (typeof value !== 'string' || value === '-' || /^\w+:\/\//.test(value)) return;
  const path = resolve(cwd, value);
  if ((await kindOf(path)) !== 'nothing') return;
  throw new CliError('USAGE', `There is no file or folder ${path}, which ${place} names.`, {
    fix: 'Check the path; it is relative to the folder that you are in.',
  });
}

async function checkOutput(value: unknown, place: string, kind: OutputKind, cwd: string): Promise<void> {
  if (typeof value !== 'string' || value === '-') return;
  if (value.trim() === '') throw new CliError('USAGE', `Expected ${place} to name a ${kind}, got nothing.`);
  const path = resolve(cwd, value);
  const there = await kindOf(path);
  // A device, a named pipe, or what the shell has opened.
  if ((there === 'special' || isOpenFile(path)) && kind === 'file') return;
  if (kind === 'folder' && ['file', 'special'].includes(there)) {
    throw new CliError('USAGE', `${path} is no folder, and ${place} needs one.`, {
      fix: 'Name another place.',
    });
  }
  if (kind !== 'folder' && there === 'folder') {
    throw new CliError('USAGE', `${path} is a folder, and ${place} needs a file.`, {
      fix: 'Name a file in it.',
    });
  }
  const folder = there === 'folder' ? path : await folderAbove(path, place, kind);
  const denied = await access(folder, constants.W_OK | constants.X_OK).then(
    () => undefined,
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : 'unknown'),
  );
  if (denied === undefined) return;
  const why = denied === 'EROFS' ? 'it is on a read-only file system' : 'you have no permission';
  throw new CliError(
    'USAGE',
    `Nothing can be written to the folder ${folder}, which ${place} needs: ${why}.`,
    {
      fix: 'Choose a place that you may write to.',
    },
  );
}

/** The folder that takes the file or a new folder: the one above it, or the nearest that is there. */
async function folderAbove(path: string, place: string, kind: OutputKind): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const there = await kindOf(folder);
    if (there === 'folder' || there === 'hidden') return folder;
    if (there !== 'nothing') {
      throw new CliError('USAGE', `${folder} is no folder, and ${place} names a ${kind} below it.`, {
        fix: 'Name another place.',
      });
    }
    if (kind === 'file') {
      throw new CliError('USAGE', `There is no folder ${folder}, in which ${place} names a file.`, {
        fix: `Make it with \`mkdir -p ${shellWord(folder)}\`, or name another place.`,
      });
    }
    if (folder === dirname(folder)) return folder;
  }
}

/** `hidden` is what may not be looked at. */
async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'special' | 'hidden'> {
  const found = await stat(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'hidden';
  });
  if (found === undefined) return 'nothing';
  if (found === 'hidden') return 'hidden';
  if (found.isFile()) return 'file';
  return found.isDirectory() ? 'folder' : 'special';
}
