/** Settings that a project keeps in `store.config.ts`: any flag of any command, under its long name in camel case. */
export interface StoreSettings {
  readonly stores?: number;
  readonly products?: number;
  readonly days?: number;
  /** First instant of the world: a day or ISO 8601 in UTC. */
  readonly start?: string;
  readonly seed?: number;
  readonly preset?: string;
  /** `0/4` is the first of four. */
  readonly shard?: string;
  readonly chaos?: string | boolean;
  readonly [flag: string]: string | number | boolean | undefined;
}

/** The names of the commands that take settings of their own. */
export type ConfigurableCommand =
  | 'benchmark'
  | 'demo'
  | 'doctor'
  | 'emulator'
  | 'estimate'
  | 'generate'
  | 'ingest'
  | 'invoke'
  | 'query'
  | 'replay'
  | 'restock'
  | 'sql'
  | 'stream'
  | 'up';

/** What `store.config.ts` exports: settings for every command, and settings for one command, which win. */
export interface StoreConfig {
  readonly all?: StoreSettings;
  readonly commands?: Readonly<Partial<Record<ConfigurableCommand, StoreSettings>>>;
}

/**
 * Returns the settings as they are, and gives the editor the types of `store.config.ts`.
 *
 * @example
 * ```ts
 * import { defineConfig } from '@store/cli';
 *
 * export default defineConfig({ all: { seed: 7 }, commands: { demo: { stores: 200 } } });
 * ```
 */
export function defineConfig(config: StoreConfig): StoreConfig {
  return config;
}
