import { flag, mapOf, type OptionRules, text } from '@store/foundation';
import { modeRule } from '../check-compatibility.js';
import type { CompatibilityMode } from '../compatibility/change.js';

/** What a change of the table may do. */
export interface PlanOptions {
  /**
   * What must stay readable.
   *
   * @defaultValue 'BACKWARD'
   */
  readonly compatibility?: CompatibilityMode;
  /**
   * Takes changes whose effect depends on the readers, such as a wider integer, for compatible.
   *
   * @defaultValue false
   */
  readonly allowConditional?: boolean;
  /**
   * Removes columns that the catalog has and the manifest has not.
   *
   * @defaultValue false: they stay where they are, and new columns come behind them
   */
  readonly prune?: boolean;
  /**
   * Takes the registered partitions along: each gets the table's columns after the table has them.
   *
   * @defaultValue false: they keep the columns that they were registered with
   */
  readonly cascade?: boolean;
  /** Columns that have another name now: new name to old name. */
  readonly renames?: Readonly<Record<string, string>>;
}

/** How each of {@link PlanOptions} is checked. */
export const planRules: OptionRules<PlanOptions> = {
  compatibility: modeRule,
  allowConditional: flag(),
  prune: flag(),
  cascade: flag(),
  renames: mapOf(text()),
};
