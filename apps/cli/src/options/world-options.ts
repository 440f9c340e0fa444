import { worldDefaults, worldLimits, type PresetName } from '@store/generator';
import type { InventoryEvent } from '@store/schema';
import type { Command } from 'commander';
import type { WorldFlags } from './world-flags.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { choice, instant, integer, shard } from './parse.js';

/** Presets by name: the types hold these lists to the generator's table, which is too heavy to load for a help text. */
const ofInventoryEvents = { m5: 1, fresh: 1, highLow: 1, audit: 1, theory: 1 } satisfies Record<
  PresetName<InventoryEvent>,
  1
>;
const ofAnyEvents = { ...ofInventoryEvents, workshop: 1 } satisfies Record<PresetName, 1>;
/** Names of the presets whose events are inventory events. */
const inventoryPresets: readonly string[] = Object.keys(ofInventoryEvents);
/** Names of every preset, for a command that takes events of any type. */
export const everyPreset: readonly string[] = Object.keys(ofAnyEvents);

/** What differs between the commands that simulate a world. */
export interface WorldOptionsSetup {
  /** Length of the world, in days. @defaultValue 1 */
  readonly days?: number;
  /** Presets that the command takes. @defaultValue those of inventory events */
  readonly presets?: readonly string[];
}

/** Adds the world options, with the generator's own defaults; `days` replaces its length where a command needs another. */
export function addWorldOptions(
  command: Command,
  { cwd }: Pick<Terminal, 'cwd'>,
  { days = worldDefaults.days, presets = inventoryPresets }: WorldOptionsSetup = {},
): Command {
  const { stores, products, start, seed } = worldDefaults;
  // Commands below this one (`store stream create`) have no world.
  command.hook('preAction', async (_, action) => {
    if (action === command) await settleWorld(action, cwd);
  });
  return command
    .option('--world <file>', 'a world file: stores, products, calendar and demand of your own')
    .option('--stores <n>', 'stores in the world', integer(1, worldLimits.stores), stores)
    .option('--products <n>', 'products in each store', integer(1, worldLimits.products), products)
    .option('--days <n>', 'simulated days', integer(1, worldLimits.days), days)
    .option('--start <instant>', 'first instant of the world, UTC', instant, instant(start))
    .option('--seed <n>', 'the same seed gives the same events', integer(0, Number.MAX_SAFE_INTEGER), seed)
    .addOption(choice('--preset <name>', 'kind of world', presets))
    .option('--shard <i/n>', 'only this part of the world, counted from 0', shard)
    .option('--chaos [list]', 'mix in what real feeds do; alone, or as late=0.01,duplicate=0.02');
}

/** Adds `--max-events`, for commands that read a world to its end. */
export function addMaxEvents(command: Command): Command {
  return command.option(
    '--max-events <n>',
    'stop after this many events, of each shard (default: all that the days have)',
    integer(1, Number.MAX_SAFE_INTEGER),
  );
}

/** Reads the file of `--world` and checks the whole world, before the command begins. */
async function settleWorld(command: Command, cwd: string): Promise<void> {
  await readWorldOption(command, cwd);
  const { checkWorld } = await import('../inventory/world.js');
  checkWorld(command.opts<WorldFlags>());
}

/** The stores and products of a world file are as many as its lists have. */
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
