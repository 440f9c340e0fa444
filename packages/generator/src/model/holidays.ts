import { civilFromDays, nthWeekday } from './calendar.js';

const MONDAY = 0;
const THURSDAY = 3;
const SUNDAY = 6;

/**
 * Sales factor of a day's holiday, 1 on other days and 0 where stores are closed: the effects found in the M5 rows
 * named at `m5Weekdays` (28 items: the small ones are noisy).
 */
export function holidayFactor(day: number): number {
  const { year, month, day: date } = civilFromDays(day);
  if (month === 12 && date === 25) return 0;
  if (month === 1 && date === 1) return 0.72;
  if (month === 10 && date === 31) return 0.82;
  if (month === 11 && day === nthWeekday(year, 11, THURSDAY, 4)) return 0.9;
  if (month === 9 && day === nthWeekday(year, 9, MONDAY, 1)) return 1.23;
  if (month === 6 && day === nthWeekday(year, 6, SUNDAY, 3)) return 1.26;
  if (month === 2 && day === nthWeekday(year, 2, SUNDAY, year >= 2022 ? 2 : 1)) return 1.08;
  return 1;
}
