import { WorldError } from '../errors.js';
import { dateOf } from '../model/calendar.js';
import { calibrateLimits } from './calibrate-options.js';
import { badRow, type SalesTable } from './sales-row.js';

/** A year that is mistyped leaves a history of centuries, in which every series was withdrawn. */
export function checkSpan({ day, rows }: SalesTable, firstDay: number, lastDay: number): void {
  const { days } = calibrateLimits;
  if (lastDay - firstDay < days) return;
  const middle = day.toSorted()[rows >> 1] ?? firstDay;
  const far = lastDay - middle > middle - firstDay ? lastDay : firstDay;
  const allowed = `within ${days} days of every other row`;
  throw badRow(
    day.indexOf(far) + 1,
    'date',
    dateOf(far),
    allowed,
    'Look at its year, or leave older rows out.',
  );
}

/** Refuses what one fit could not hold. */
export function checkSize(cells: number, what: string): void {
  if (cells <= calibrateLimits.cells) return;
  const message = `The history has ${cells} ${what}, and one fit takes ${calibrateLimits.cells}. Fit a part of the stores at a time.`;
  throw new WorldError(
    'INVALID_HISTORY',
    'history',
    cells,
    `at most ${calibrateLimits.cells} ${what}`,
    message,
  );
}
