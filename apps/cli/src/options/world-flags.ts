import type { WorldFile, WorldOptions } from '@store/generator';

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
