import { checkOptions } from '@store/foundation';
import { invalidOption, WorldError } from '../errors.js';
import { checkReferences } from '../own/check-references.js';
import type { ProductInput, StoreInput, WorldFile } from '../own/world-file.js';
import { calibrateDefaults, calibrateRules, type CalibrateOptions } from './calibrate-options.js';
import { fitPanel } from './fit.js';
import { groupSeries } from './groups.js';
import { leaveOut } from './left-out.js';
import { takeLowerBounds } from './lower-bounds.js';
import { cutTo, makeWorld, seasonOf } from './make-world.js';
import { makePanel } from './panel.js';
import { measureFit, type CalibrationReport, type CalibrationWeek } from './report.js';
import { badRow, readRows, type SalesRow, type SalesTable } from './sales-row.js';
import { ownShares } from './substitution.js';
import { warningsOf } from './warnings.js';

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
 * @throws WorldError `INVALID_HISTORY` with `row` and `column`; `INVALID_OPTION`
 */
export function calibrate(history: Iterable<SalesRow>, options: CalibrateOptions = {}): Calibration {
  checkOptions(options, calibrateRules, invalidOption);
  const base = options.world;
  if (base !== undefined) checkReferences(base);
  if (!isIterable(history))
    throw new WorldError(
      'INVALID_HISTORY',
      'history',
      history,
      'rows, such as a list or a generator of them',
    );
  const stores = new Map(listOf(base?.stores, 'stores').map((store) => [store.store_id, store]));
  const products = new Map(
    listOf(base?.products, 'products').map((product) => [product.product_id, product]),
  );

  const table = readRows(history);
  if (table.rows === 0) {
    const message = 'The history has no row. Hand in one for each store, product and day.';
    throw new WorldError('INVALID_HISTORY', 'history', 0, 'one row at least', message);
  }
  const whole = makePanel(
    table,
    ordered(table.stores, stores, table, 'store_id'),
    ordered(table.products, products, table, 'product_id'),
  );
  const { panel, left } = leaveOut(whole);
  if (panel.store.length === 0) {
    const message = `No series of the history has a sale in its last year: ${left.unsold.slice(0, 5).join(', ')}. Hand in sales.`;
    throw new WorldError('INVALID_HISTORY', 'units_sold', 0, 'above 0 in one row of the last year', message);
  }
  const lowerBounds = takeLowerBounds(panel);
  const groups = groupSeries(panel, stores, products);
  const days = panel.lastDay - panel.firstDay + 1;
  const wanted = options.holdOutDays ?? calibrateDefaults.holdOutDays;
  const holdOutDays = Math.min(wanted, Math.floor(days / 4));
  const first = fitPanel(panel, groups, days - holdOutDays);
  // What is judged is the file's model: a world has a smallest and a largest mean.
  const { weeks, ...measured } = measureFit(
    panel,
    groups,
    first,
    cutTo(seasonOf(panel, groups, first).means),
  );
  const fit = holdOutDays === 0 ? first : fitPanel(panel, groups, days);
  const season = seasonOf(panel, groups, fit);
  const rate = options.substitution ?? calibrateDefaults.substitution;
  const shares = ownShares(panel, groups, fit, products, rate);
  const means = season.means.map((mean, i) => mean * (shares[i] ?? 1));
  const unused = (described: Iterable<string>, used: readonly string[]): string[] => {
    const names = new Set(used);
    return [...described].filter((name) => !names.has(name));
  };
  const world = makeWorld(panel, groups, fit, { ...season, means }, base, stores, products);
  return {
    world,
    report: {
      rows: table.rows,
      series: panel.store.length,
      holdOutDays,
      ...measured,
      warnings: warningsOf({
        table,
        panel,
        fit,
        means,
        elasticity: world.demand?.elasticity,
        left,
        lowerBounds,
        unusedStores: unused(stores.keys(), panel.stores),
        unusedProducts: unused(products.keys(), panel.products),
        described: base !== undefined,
        withdrawn: listOf(world.products, 'products').flatMap(({ product_id, withdrawn }) =>
          withdrawn === undefined || products.get(product_id)?.withdrawn === withdrawn ? [] : [product_id],
        ),
        holdOut: [options.holdOutDays, holdOutDays],
      }),
    },
    weeks,
  };
}

const isIterable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

function listOf<T extends StoreInput | ProductInput>(
  part: number | readonly T[] | undefined,
  name: string,
): readonly T[] {
  if (typeof part !== 'number') return part ?? [];
  const message = `world.${name}: a number has no names; give the list of your ${name}.`;
  throw new WorldError('INVALID_OPTION', `world.${name}`, part, `a list of ${name}`, message);
}

/** Names in the order of a description, which must have all of them; without one, sorted. */
function ordered(
  found: readonly string[],
  described: ReadonlyMap<string, unknown>,
  table: SalesTable,
  column: 'store_id' | 'product_id',
): readonly string[] {
  if (described.size === 0) return [...found].sort();
  const missing = found.findIndex((name) => !described.has(name));
  if (missing >= 0) {
    const places = column === 'store_id' ? table.store : table.product;
    const list = column === 'store_id' ? 'stores' : 'products';
    throw badRow(
      places.indexOf(missing) + 1,
      column,
      found[missing],
      `one of world.${list}`,
      `Add it to \`${list}\`.`,
    );
  }
  const has = new Set(found);
  return [...described.keys()].filter((name) => has.has(name));
}
