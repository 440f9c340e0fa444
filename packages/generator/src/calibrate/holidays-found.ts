import { civilFromDays, dateOf, weekdayOf } from '../model/calendar.js';
import { exp } from '../model/exact-math.js';
import type { HolidayFactors } from '../own/world-file.js';
import type { HolidayKey } from './groups.js';
import type { HolidayEffects } from './holiday-effects.js';
import type { Panel } from './panel.js';
import { OPEN_SHARE, ROWS } from './quiet-days.js';

/** Years after a history for which days that move are written as dates. */
const YEARS_AHEAD = 10;

/**
 * The factors of a calendar's stores, with 0 for days on which all of them were closed; days that move are dates of each
 * year up to ten years on. The country's name where its table says the same; false where no day differs.
 */
export function holidaysFound(panel: Panel, effects: HolidayEffects): HolidayFactors | string | false {
  const factors = new Map<HolidayKey, number>();
  for (const { key, effect } of effects.found) factors.set(key, round(exp(effect)));
  const seen = new Set<string>();
  const closed = new Map<string, { readonly key: HolidayKey; shut: number; days: number }>();
  const { firstDay, lastDay } = panel;
  for (let day = firstDay; day <= lastDay; day++) {
    const key = effects.group.keyOf(day);
    seen.add(key.key);
    const state = stateOf(panel, effects.group.stores, day);
    if (state === undefined) continue;
    const count = closed.get(key.key) ?? { key, shut: 0, days: 0 };
    closed.set(key.key, { key, shut: count.shut + (state ? 0 : 1), days: count.days + 1 });
  }
  const counts = [...closed.values()];
  const shutDays = counts.reduce((sum, { shut }) => sum + shut, 0);
  const isKept = shutDays <= (1 - OPEN_SHARE) * counts.reduce((sum, { days }) => sum + days, 0);
  // A day that no calendar names must have been one of no sales twice: one alone may be a gap in the data.
  for (const { key, shut, days } of counts)
    if (isKept && shut === days && (key.named || days > 1)) factors.set(key, 0);
  for (const key of effects.group.usual)
    if (!seen.has(key.key) && key.usual !== undefined && key.usual !== 1) factors.set(key, key.usual);

  // What its country's table says needs no dates, and holds for every year.
  const { country, usual } = effects.group;
  const differs = [...factors.keys()].some((key) => factors.get(key) !== (key.usual ?? 1));
  if (country !== undefined && !differs && usual.every((key) => factors.has(key))) return country;

  const dates: [string, number][] = [];
  const [from, to] = [civilFromDays(firstDay).year, civilFromDays(lastDay).year + YEARS_AHEAD];
  for (const [key, factor] of factors) {
    if (factor === 1) continue;
    if (key.dayIn === undefined) dates.push([key.key, factor]);
    else for (let year = from; year <= to; year++) dates.push([dateOf(key.dayIn(year)), factor]);
  }
  dates.sort(([a], [b]) => (a < b ? -1 : 1));
  return dates.length === 0 ? false : Object.fromEntries(dates);
}

/** Whether one of these stores was open on a day; undefined where none of them was to be open. */
function stateOf(panel: Panel, stores: readonly number[], day: number): boolean | undefined {
  const days = panel.lastDay - panel.firstDay + 1;
  const t = day - panel.firstDay;
  let expected = false;
  for (const s of stores) {
    if (panel.shut[s]?.[weekdayOf(day)] === true) continue;
    if ((panel.open[s * days + t] ?? 0) !== 0) return true;
    const own = panel.open.subarray(s * days, (s + 1) * days);
    if (own.indexOf(ROWS) < t && own.lastIndexOf(ROWS) > t) expected = true;
  }
  return expected ? false : undefined;
}

const round = (factor: number): number => Number(factor.toFixed(3));
