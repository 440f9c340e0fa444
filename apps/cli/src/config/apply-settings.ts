import { dirname, isAbsolute, join, relative } from 'node:path';
import { InvalidArgumentError, type Command, type Option } from 'commander';
import { CliError } from '../terminal/errors.js';
import type { Project } from './find-project.js';
import type { Terminal } from '../terminal/terminal.js';
import type { StoreConfig } from './define-config.js';

/** A configuration and the file that it is in. */
export interface LoadedConfig {
  readonly path: string;
  readonly config: StoreConfig;
}

/** Flags that only make sense on the command line. */
const flagsOnly = new Set(['color', 'help', 'version']);

/**
 * Fills in what the command line did not say. What wins: the flag, then `STORE_…` in the environment, then
 * `commands.<name>` in the configuration file, then `all`, then the default. A path in the configuration file is meant
 * from the folder of that file, a default path from the project's folder, every other from where the person stands.
 *
 * @returns whether a value depends on the project's folder.
 */
export function applySettings(
  command: Command,
  { env, cwd }: Pick<Terminal, 'env' | 'cwd'>,
  project: Project,
  loaded: LoadedConfig | undefined,
): boolean {
  let depends = false;
  const fromHere = (folder: string, path: string): string =>
    folder === cwd || isAbsolute(path) || path === '-' ? path : relative(cwd, join(folder, path)) || '.';
  for (const option of command.options) {
    const key = option.attributeName();
    if (flagsOnly.has(key) || command.getOptionValueSource(key) === 'cli') continue;
    const name = environmentName(option);
    const fromEnv = env[name];
    if (fromEnv !== undefined && fromEnv !== '') {
      command.setOptionValueWithSource(key, parse(option, fromEnv, name), 'env');
      continue;
    }
    const own = new Map(Object.entries(loaded?.config.commands ?? {})).get(topName(command));
    const setting = own?.[key] ?? loaded?.config.all?.[key];
    if (loaded !== undefined && setting !== undefined) {
      const given =
        isPath(option) && typeof setting === 'string' ? fromHere(dirname(loaded.path), setting) : setting;
      command.setOptionValueWithSource(key, parse(option, given, `\`${key}\` in ${loaded.path}`), 'config');
      depends = true;
    } else if (isPath(option) && typeof option.defaultValue === 'string' && option.defaultValue !== '-') {
      command.setOptionValueWithSource(key, fromHere(project.folder, option.defaultValue), 'default');
      depends = true;
    }
  }
  return depends;
}

/** Whether an option names a file or a folder: its help says so. */
const isPath = (option: Option): boolean => /<(?:dir|file)>/.test(option.flags);

/** `store restock plan` takes the settings of `restock`. */
function topName(command: Command): string {
  const { parent } = command;
  return parent?.parent ? topName(parent) : command.name();
}

/** `--max-rate` is `STORE_MAX_RATE`. */
export function environmentName(option: Option): string {
  return `STORE_${(option.long ?? option.flags)
    .replace(/^--(no-)?/, '')
    .replaceAll('-', '_')
    .toUpperCase()}`;
}

function parse(option: Option, setting: string | number | boolean, place: string): unknown {
  if (option.isBoolean() || (option.optional && typeof setting === 'boolean')) return truth(setting, place);
  try {
    return option.parseArg === undefined
      ? String(setting)
      : option.parseArg<unknown>(String(setting), undefined);
  } catch (error) {
    if (error instanceof InvalidArgumentError)
      throw new CliError('USAGE', `${place}: ${error.message}`, { cause: error });
    throw error;
  }
}

function truth(setting: string | number | boolean, place: string): boolean {
  if (typeof setting === 'boolean') return setting;
  if (setting === '1' || setting === 'true' || setting === 1) return true;
  if (setting === '0' || setting === 'false' || setting === 0) return false;
  throw new CliError('USAGE', `${place}: expected true or false, got ${setting}.`);
}
