import { worldDefaults, worldLimits, type WorldFile, type WorldOptions } from '@store/generator';
import type { Command } from 'commander';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { instant, integer, shard } from './parse.js';

/** The flags that describe a world of stores: the same for every command. */
export interface WorldFlags {
  readonly stores: number;
  readonly products: number;
  readonly days: number;
  /** Of the commands that take `--max-events`. */
  readonly maxEvents?: number;
  readonly start: string;
  readonly seed: number;
  readonly preset?: string;
  readonly shard?: NonNullable<WorldOptions['shard']>;
  readonly chaos?: string | boolean;
  /** Path of a world file, and what it holds: read before the command begins. */
  readonly world?: string;
  readonly worldFile?: WorldFile;
}

/** Adds the world options, with the generator's own defaults; `days` replaces its length where a command needs another. */
export function addWorldOptions(
  command: Command,
  { cwd }: Pick<Terminal, 'cwd'>,
  { days = worldDefaults.days }: { readonly days?: number } = {},
): Command {
  const { stores, products, start, seed } = worldDefaults;
  command.hook('preAction', (_, action) => readWorldOption(action, cwd));
  return command
    .option('--world <file>', 'a world file: stores, products, calendar and demand of your own')
    .option('--stores <n>', 'stores in the world', integer(1, worldLimits.stores), stores)
    .option('--products <n>', 'products in each store', integer(1, worldLimits.products), products)
    .option('--days <n>', 'simulated days', integer(1, worldLimits.days), days)
    .option('--start <instant>', 'first instant of the world, UTC', instant, instant(start))
    .option('--seed <n>', 'the same seed gives the same events', integer(0, Number.MAX_SAFE_INTEGER), seed)
    .option('--preset <name>', 'kind of world: m5, fresh, audit, theory; workshop for generate')
    .option('--shard <i/n>', 'only this part of the world, counted from 0', shard)
    .option('--chaos [list]', 'mix in what real feeds do; alone, or as late=0.01,duplicate=0.02');
}

/** Adds `--max-events`, for commands that read a world to its end. */
export function addMaxEvents(command: Command): Command {
  return command.option(
    '--max-events <n>',
    'stop after so many events, of each shard (default: all that the days have)',
    integer(1, Number.MAX_SAFE_INTEGER),
  );
}

/** Reads the file of `--world`; its stores and products are as many as its lists have. */
async function readWorldOption(command: Command, cwd: string): Promise<void> {
  const path: unknown = command.getOptionValue('world');
  if (typeof path !== 'string') return;
  const { loadWorldFile } = await import('../inventory/world-file.js');
  const file = await loadWorldFile(path, cwd);
  command.setOptionValue('worldFile', file);
  for (const name of ['stores', 'products'] as const) {
    const given = file[name];
    if (given === undefined) continue;
    if (command.getOptionValueSource(name) === 'cli') {
      throw new CliError('USAGE', `--${name} and --world ${path}: the file has ${name} of its own.`, {
        fix: `Leave out --${name}, or take ${name} out of the file.`,
      });
    }
    command.setOptionValueWithSource(name, typeof given === 'number' ? given : given.length, 'config');
  }
}
