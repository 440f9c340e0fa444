import { ALL_TIME, type DayObserver } from '../src/day/day-parts.js';
import { ShardClock } from '../src/day/shard-clock.js';
import { weekdayOf } from '../src/model/calendar.js';
import type { WorldModel } from '../src/model/world-model.js';
import { settle } from '../src/world/options.js';
import { presets } from '../src/world/presets.js';

/** What a simulated world's statistics are, to be held against published ones. */
export interface Realism {
  readonly seriesDays: number;
  /** Shares of intermittent, lumpy, smooth and erratic series (ADI 1.32, CV² 0.49). */
  readonly classes: readonly [intermittent: number, lumpy: number, smooth: number, erratic: number];
  readonly zeroMedian: number;
  readonly zeroThirdQuartile: number;
  /** Sales of each weekday from Monday on over their mean. */
  readonly weekdays: readonly number[];
  readonly outOfStock: number;
  /** Shares of ordering, shelf and supplier among empty shelves. */
  readonly causes: readonly [ordering: number, shelf: number, supplier: number];
  readonly shrink: number;
  /** Units not sold over units wanted, after substitution. */
  readonly lostSales: number;
  /** Share of counts that found another number than the record's. */
  readonly wrongRecords: number;
  readonly dayWithStockout: number;
}

/**
 * Lives a world for some days after a start that is not measured, and measures what an analyst with its sales
 * tables and a walk through its stores would.
 */
export function measureRealism(
  model: WorldModel,
  world: { readonly seed: number; readonly stores: number; readonly products: number; readonly days: number },
  settlingDays = 28,
): Realism {
  const firstDay = Math.floor(Date.UTC(2026, 0, 5) / 86_400_000) + settlingDays;
  const lastDay = firstDay + world.days;
  const { settings } = settle({
    ...world,
    start: '2026-01-05',
    days: settlingDays + world.days + 2,
    preset: { model, format: presets.m5.format },
  });
  const clock = new ShardClock(settings);
  const { length } = clock.state;
  const active = new Int32Array(length);
  const sum = new Float64Array(length);
  const squares = new Float64Array(length);
  const open = new Int32Array(length);
  const weekday = new Float64Array(7);
  const weekdayDays = new Float64Array(7);
  const causes = [0, 0, 0, 0];
  let days = 0;
  let sold = 0;
  let demand = 0;
  let shrunk = 0;
  let counts = 0;
  let wrong = 0;
  let emptied = 0;
  let lastOpen = 0;
  const within = (day: number): boolean => day >= firstDay && day < lastDay;
  const observer: DayObserver = {
    window: ALL_TIME,
    closed(series, day, { demand: wanted, sold: bought, lost, cause }) {
      if (!within(day)) return;
      days++;
      open[series] = (open[series] ?? 0) + 1;
      demand += wanted;
      sold += bought;
      weekday[weekdayOf(day)] = (weekday[weekdayOf(day)] ?? 0) + bought;
      if (day > lastOpen) weekdayDays[weekdayOf(day)] = (weekdayDays[weekdayOf(day)] ?? 0) + 1;
      lastOpen = day;
      causes[cause] = (causes[cause] ?? 0) + 1;
      if (cause !== 0 || lost > 0) emptied++;
      if (bought === 0) return;
      active[series] = (active[series] ?? 0) + 1;
      sum[series] = (sum[series] ?? 0) + bought;
      squares[series] = (squares[series] ?? 0) + bought * bought;
    },
    shrunk(_series, day, units) {
      if (within(day)) shrunk += units;
    },
    counted(_series, day, physical, recorded) {
      if (!within(day)) return;
      counts++;
      if (physical !== recorded) wrong++;
    },
    ordered: () => undefined,
  };
  clock.observe(observer);
  clock.skipTo(settings.endMs);

  const tally = [0, 0, 0, 0];
  const zeros: number[] = [];
  let measured = 0;
  for (let i = 0; i < length; i++) {
    const n = active[i] ?? 0;
    // A product that comes later than all of this.
    if (open[i] === 0) continue;
    zeros.push(1 - n / (open[i] ?? 1));
    const mean = (sum[i] ?? 0) / n;
    const variation = n === 0 ? 0 : (squares[i] ?? 0) / n / (mean * mean) - 1;
    const often = n > 0 && (open[i] ?? 0) / n < 1.32;
    const wild = variation >= 0.49;
    measured++;
    const kind = often ? (wild ? 3 : 2) : wild ? 1 : 0;
    tally[kind] = (tally[kind] ?? 0) + 1;
  }
  zeros.sort((x, y) => x - y);
  const perDay = Array.from(weekday, (units, d) => units / (weekdayDays[d] ?? 1));
  const meanDay = perDay.reduce((x, y) => x + y, 0) / 7;
  const empty = (causes[1] ?? 0) + (causes[2] ?? 0) + (causes[3] ?? 0);
  const part = (n: number | undefined, of: number): number => (n ?? 0) / of;
  return {
    seriesDays: days,
    classes: [
      part(tally[0], measured),
      part(tally[1], measured),
      part(tally[2], measured),
      part(tally[3], measured),
    ],
    zeroMedian: zeros[Math.floor(measured / 2)] ?? 0,
    zeroThirdQuartile: zeros[Math.floor(measured * 0.75)] ?? 0,
    weekdays: perDay.map((units) => units / meanDay),
    outOfStock: empty / days,
    causes: [part(causes[1], empty), part(causes[2], empty), part(causes[3], empty)],
    shrink: shrunk / sold,
    lostSales: 1 - sold / demand,
    wrongRecords: wrong / counts,
    dayWithStockout: emptied / days,
  };
}
