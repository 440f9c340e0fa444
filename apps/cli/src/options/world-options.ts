import { worldDefaults, worldLimits, type WorldOptions } from '@store/generator';
import type { Command } from 'commander';
import { instant, integer, shard } from './parse.js';

/** The flags that describe a world of stores: the same for every command. */
export interface WorldFlags {
  readonly stores: number;
  readonly products: number;
  readonly days: number;
  readonly start: string;
  readonly seed: number;
  readonly preset?: string;
  readonly shard?: NonNullable<WorldOptions['shard']>;
  readonly chaos?: string | boolean;
}

/** Adds the world options, with the generator's own defaults; `days` replaces its length where a command needs another. */
export function addWorldOptions(
  command: Command,
  { days = worldDefaults.days }: { readonly days?: number } = {},
): Command {
  const { stores, products, start, seed } = worldDefaults;
  return command
    .option('--stores <n>', 'stores in the world', integer(1, worldLimits.stores), stores)
    .option('--products <n>', 'products in each store', integer(1, worldLimits.products), products)
    .option('--days <n>', 'simulated days', integer(1, worldLimits.days), days)
    .option('--start <instant>', 'first instant of the world, UTC', instant, instant(start))
    .option('--seed <n>', 'the same seed gives the same events', integer(0, Number.MAX_SAFE_INTEGER), seed)
    .option('--preset <name>', 'kind of world: m5, fresh, audit, theory; workshop for generate')
    .option('--shard <i/n>', 'only this part of the world, counted from 0', shard)
    .option('--chaos [list]', 'mix in what real feeds do; alone, or as late=0.01,duplicate=0.02');
}
