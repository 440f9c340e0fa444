import { log } from '../model/exact-math.js';
import type { HolidayGroup, HolidayKey } from './groups.js';

/** Evidence for a day that a calendar names, and for another: standard errors, and how much it moves at least. */
const NAMED_EVIDENCE = 3;
const OTHER_EVIDENCE = 4.5;
const LEAST_OTHER = 0.05;
/** Standard deviation of the logarithm of holidays' factors. */
const SPREAD = 0.3;
/** Median of the square of a standard normal variable. */
const MEDIAN_SQUARE = 0.4549;

/** A day of the year as a history shows it. */
interface Found {
  readonly key: HolidayKey;
  readonly days: number[];
  effect: number;
}

/** Effects of holidays on the stores of one calendar. */
export class HolidayEffects {
  readonly group: HolidayGroup;
  /** Logarithm of each day's factor. */
  readonly effect: Float64Array;
  readonly #keys = new Map<string, Found>();

  constructor(group: HolidayGroup, firstDay: number, width: number) {
    this.group = group;
    this.effect = new Float64Array(width);
    for (let t = 0; t < width; t++) {
      const key = group.keyOf(firstDay + t);
      const found = this.#keys.get(key.key);
      if (found === undefined) this.#keys.set(key.key, { key, days: [t], effect: priorOf(key) });
      else found.days.push(t);
    }
    this.#spread();
  }

  /** Keys with a factor of their own. */
  get found(): readonly { readonly key: HolidayKey; readonly effect: number }[] {
    return [...this.#keys.values()].filter(({ effect }) => effect !== 0);
  }

  /** Moves the effects by the scores of days; while `searching`, every day of the year may become a holiday. */
  move(score: Float64Array, information: Float64Array, searching: boolean): void {
    // Days differ by more than sales alone: weather moves whole stores.
    const squares = score
      .map((s, t) => ((information[t] ?? 0) > 0 ? (s * s) / (information[t] ?? 1) : -1))
      .filter((square) => square >= 0)
      .sort();
    const scale = Math.max(1, (squares[squares.length >> 1] ?? 0) / MEDIAN_SQUARE);
    for (const found of this.#keys.values()) {
      if (!searching && found.effect === 0) continue;
      let [s, weight] = [0, 0];
      const signs: number[] = [];
      for (const t of found.days) {
        const info = information[t] ?? 0;
        if (info === 0) continue;
        s += score[t] ?? 0;
        weight += info;
        signs.push(found.effect + (score[t] ?? 0) / info);
      }
      if (weight === 0) continue;
      const raw = found.effect + s / weight;
      const evidence = Math.abs(raw) * Math.sqrt(weight / scale);
      const agreed = signs.length > 1 && signs.every((sign) => sign > 0 === raw > 0);
      // A factor that the calendar of a country gives stays until the history says another.
      const kept =
        found.key.usual !== undefined ||
        (found.key.named
          ? evidence > NAMED_EVIDENCE
          : evidence > OTHER_EVIDENCE && agreed && Math.abs(raw) > LEAST_OTHER);
      const doubt = scale / (SPREAD * SPREAD);
      const drawn = (raw * weight + priorOf(found.key) * doubt) / (weight + doubt);
      found.effect = searching && !kept ? 0 : Math.max(-3, Math.min(3, drawn));
    }
    this.#spread();
  }

  #spread(): void {
    for (const { days, effect } of this.#keys.values()) for (const t of days) this.effect[t] = effect;
  }
}

/** Logarithm of a holiday's factor before any history; of a day that is closed elsewhere and open here, none. */
const priorOf = ({ usual = 1 }: HolidayKey): number => (usual > 0 ? log(usual) : 0);
