import type { Command } from 'commander';
import { instant, integer, shard, type Shard } from './parse.js';

/** The flags that describe a world of stores: the same for every command. */
export interface WorldFlags {
  readonly stores: number;
  readonly products: number;
  readonly days: number;
  readonly start: string;
  readonly seed: number;
  readonly preset?: string;
  readonly shard?: Shard;
  readonly chaos?: string | boolean;
}

/** What the world options are when nobody says otherwise. */
export const worldDefaults: { stores: number; products: number; days: number; start: string; seed: number } =
  Object.freeze({ stores: 50, products: 200, days: 1, start: '2026-01-05T00:00:00.000Z', seed: 42 });

/** Adds the world options; `defaults` replaces the shared ones where a command needs others. */
export function addWorldOptions(command: Command, defaults: Partial<typeof worldDefaults> = {}): Command {
  const { stores, products, days, start, seed } = { ...worldDefaults, ...defaults };
  return command
    .option('--stores <n>', 'stores in the world', integer(1, 1_000_000), stores)
    .option('--products <n>', 'products in each store', integer(1, 1_000_000), products)
    .option('--days <n>', 'simulated days', integer(1, 36_500), days)
    .option('--start <instant>', 'first instant of the world, UTC', instant, start)
    .option('--seed <n>', 'the same seed gives the same events', integer(0, Number.MAX_SAFE_INTEGER), seed)
    .option('--preset <name>', 'kind of world: m5, fresh, theory; workshop for generate')
    .option('--shard <i/n>', 'only this part of the world, counted from 0', shard)
    .option('--chaos [list]', 'mix in what real feeds do; alone, or as late=0.01,duplicate=0.02');
}
