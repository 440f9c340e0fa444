import { nested, numberBetween, wholeNumber, type OptionRules } from '@store/foundation';
import type { WorldFile } from '../own/world-file.js';
import { worldFileRules } from '../own/world-rules.js';
import { presets } from '../world/presets.js';

/** What a fit may be told. */
export interface CalibrateOptions {
  /**
   * Stores and products as you describe them, as lists: time zones, clusters, categories, holidays, prices, and extra
   * columns. What a sales history says of calendar and demand replaces what this says of them. Without it, stores have
   * the time zone UTC and the currency USD, and products have one category.
   */
  readonly world?: WorldFile;
  /**
   * Last days of the history that are kept from a first fit, for the report, 0 to 3650; at most a quarter of the history
   * is taken. The world is then fitted to all days. With 0 the report is on the days that were fitted. @defaultValue 28
   */
  readonly holdOutDays?: number;
  /**
   * Share of buyers of a missing product who took the next one of its category, 0 to 1. They are in the sales of that one,
   * and a world sends them there again; so they are taken out of its mean. With 0 a mean is that of everyone who came to
   * the shelf. @defaultValue 0.6, as in the presets
   */
  readonly substitution?: number;
}

/** What is taken where options say nothing. */
export const calibrateDefaults: { readonly holdOutDays: number; readonly substitution: number } =
  Object.freeze({
    holdOutDays: 28,
    substitution: presets.m5.model.substitutionRate,
  });

/** Bounds of a fit. */
export const calibrateLimits: {
  /** A series without a sale in this many last days of the history was withdrawn, and is left out. */
  readonly lastSaleDays: number;
  /** A series with fewer units than this is named in a warning. */
  readonly fewUnits: number;
  /** Days from the first row to the last, both included: 50 years. */
  readonly days: number;
  /** Days between the first row and the last, of all series together, and of all stores together. */
  readonly cells: number;
} = Object.freeze({ lastSaleDays: 365, fewUnits: 20, days: 18_263, cells: 100_000_000 });

export const calibrateRules: OptionRules<CalibrateOptions> = {
  world: nested(worldFileRules),
  holdOutDays: wholeNumber(0, 3650),
  substitution: numberBetween(0, 1),
};
