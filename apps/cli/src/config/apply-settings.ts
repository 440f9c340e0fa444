import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, type Command, type Option } from 'commander';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import type { StoreConfig } from './define-config.js';

const fileNames = [
  'store.config.ts',
  'store.config.mts',
  'store.config.mjs',
  'store.config.js',
  'store.config.json',
];

/** The configuration file of a folder, if there is one. Apart from its loader, which is loaded only where there is one. */
export function findConfig(folder: string): string | undefined {
  return fileNames.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** A configuration and the file that it stands in. */
export interface LoadedConfig {
  readonly path: string;
  readonly config: StoreConfig;
}

/** Flags that only make sense on the command line. */
const flagsOnly = new Set(['color', 'help', 'version']);

/**
 * Fills in what the command line did not say. What wins: the flag, then `STORE_…` in the environment, then
 * `commands.<name>` in the configuration file, then `all`, then the default.
 */
export function applySettings(
  command: Command,
  env: Terminal['env'],
  loaded: LoadedConfig | undefined,
): void {
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
    if (loaded === undefined || setting === undefined) continue;
    command.setOptionValueWithSource(key, parse(option, setting, `\`${key}\` in ${loaded.path}`), 'config');
  }
}

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
