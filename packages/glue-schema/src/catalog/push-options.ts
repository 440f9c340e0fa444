import {
  abortSignal,
  callback,
  type Clock,
  flag,
  having,
  type OptionRules,
  required,
  satisfying,
  text,
} from '@store/foundation';
import type { GlueTableInput } from '../table-input.js';
import { type PlanOptions, planRules } from './plan-options.js';

/** The wanted table, and where. */
export interface DiffTableOptions extends PlanOptions {
  /** Glue database. */
  readonly databaseName: string;
  /** What `toTableInput` gives. */
  readonly table: GlueTableInput;
  /**
   * Id of the Data Catalog.
   *
   * @defaultValue the account's own catalog
   */
  readonly catalogId?: string;
  /** Ends the calls, and the waits between them. */
  readonly signal?: AbortSignal;
}

/** How each of {@link DiffTableOptions} is checked. */
export const diffTableRules: OptionRules<DiffTableOptions> = {
  ...planRules,
  databaseName: required(text()),
  table: required(
    satisfying(
      'what `toTableInput` gives',
      (value) => typeof value === 'object' && value !== null && 'StorageDescriptor' in value,
    ),
  ),
  catalogId: text(),
  signal: abortSignal(),
};

/** Settings of {@link pushTable}. */
export interface PushTableOptions extends DiffTableOptions {
  /**
   * Plans and checks, and changes nothing.
   *
   * @defaultValue false
   */
  readonly dryRun?: boolean;
  /**
   * Updates without an archived version, which cannot be rolled back to.
   *
   * @defaultValue false
   */
  readonly skipArchive?: boolean;
  /**
   * Makes the database where the catalog has none of that name.
   *
   * @defaultValue false
   */
  readonly createDatabase?: boolean;
  /**
   * Number from 0 to 1 that spreads the waits between attempts.
   *
   * @defaultValue Math.random
   */
  readonly random?: () => number;
  /**
   * Clock of the waits between attempts.
   *
   * @defaultValue the machine's own
   */
  readonly clock?: Clock;
}

/** How each of {@link PushTableOptions} is checked. */
export const pushTableRules: OptionRules<PushTableOptions> = {
  ...diffTableRules,
  dryRun: flag(),
  skipArchive: flag(),
  createDatabase: flag(),
  random: callback(),
  clock: having('now', 'schedule'),
};
