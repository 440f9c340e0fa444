import type { WorldFile } from '../own/world-file.js';
import { type CalibrateOptions } from './calibrate-options.js';
import { type CalibrationReport, type CalibrationWeek } from './report.js';
import { type SalesRow } from './sales-row.js';
/** What a fit gives. */
export interface Calibration {
    /** A world that sells as the history did, for `createWorld` and for a file. */
    readonly world: WorldFile;
    /** How well it does on days that it was not fitted to, and what the history cannot tell. */
    readonly report: CalibrationReport;
    /** Units of each week of the history, sold and as the reported model has them. */
    readonly weeks: readonly CalibrationWeek[];
}
/**
 * Fits a world to a sales history, and returns it with a report. Days that ran out count as at least what they sold; a
 * mean is what was wanted, without those who came because a neighbour was empty. The same rows in any order give the
 * same file, on every engine.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 * import { calibrate, type SalesRow } from '@store/generator/calibrate';
 *
 * const history: SalesRow[] = [];
 * for (let day = 1; day <= 28; day++) {
 *   const date = `2026-02-${String(day).padStart(2, '0')}`;
 *   history.push({ store_id: 'lx-1', product_id: 'oats', date, units_sold: 2 + (day % 3), on_hand: 9 - (day % 3) });
 * }
 * const { world, report } = calibrate(history, { holdOutDays: 7 });
 * console.log(world.demand?.series?.[0]?.mean, report.totals, report.warnings);
 * for (const event of createWorld({ ...world, days: 7 }).events()) console.log(event.product_id);
 * ```
 *
 * @param history - rows in any order, one for each store, product and local day
 * @throws WorldError `INVALID_HISTORY` with `row` and `option`, the column; `INVALID_OPTION`
 */
export declare function calibrate(history: Iterable<SalesRow>, options?: CalibrateOptions): Calibration;
//# sourceMappingURL=calibrate.d.ts.map