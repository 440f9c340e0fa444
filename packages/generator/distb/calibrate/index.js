import {
  checkReferences,
  civilFromDays,
  currencyFor,
  dateOf,
  daysFromCivil,
  exp,
  holidayRules,
  log,
  monthOf,
  ownDispersions,
  ownLimits,
  presets,
  threefry2x32,
  weekdayOf,
  withoutHundredths,
  worldFileRules
} from "../chunk-XMUMF5LL.js";
import {
  WorldError,
  invalidOption
} from "../chunk-RECR2M4S.js";

// src/calibrate/calibrate.ts
import { checkOptions } from "@store/foundation";

// src/calibrate/calibrate-options.ts
import { nested, numberBetween, wholeNumber } from "@store/foundation";
var calibrateDefaults = Object.freeze({
  holdOutDays: 28,
  substitution: presets.m5.model.substitutionRate
});
var calibrateLimits = Object.freeze({ lastSaleDays: 365, fewUnits: 20, cells: 1e8 });
var calibrateRules = {
  world: nested(worldFileRules),
  holdOutDays: wholeNumber(0, 3650),
  substitution: numberBetween(0, 1)
};

// src/calibrate/holiday-effects.ts
var NAMED_EVIDENCE = 3;
var OTHER_EVIDENCE = 4.5;
var LEAST_OTHER = 0.05;
var SPREAD = 0.3;
var MEDIAN_SQUARE = 0.4549;
var HolidayEffects = class {
  group;
  /** Logarithm of each day's factor. */
  effect;
  #keys = /* @__PURE__ */ new Map();
  constructor(group, firstDay, width, begin) {
    this.group = group;
    this.effect = new Float64Array(width);
    for (let t = 0; t < width; t++) {
      const key = group.keyOf(firstDay + t);
      const found = this.#keys.get(key.key);
      if (found === void 0) this.#keys.set(key.key, { key, days: [t], effect: begin?.of(key.key) ?? 0 });
      else found.days.push(t);
    }
    this.#spread();
  }
  /** Logarithm of the factor of a key; 0 where none was found. */
  of(key) {
    return this.#keys.get(key)?.effect ?? 0;
  }
  /** Keys with a factor of their own. */
  get found() {
    return [...this.#keys.values()].filter(({ effect }) => effect !== 0);
  }
  /** Moves the effects by the scores of days; while `searching`, every day of the year may become a holiday. */
  move(score, information, searching) {
    const squares = score.map((s, t) => (information[t] ?? 0) > 0 ? s * s / (information[t] ?? 1) : -1).filter((square) => square >= 0).sort();
    const scale = Math.max(1, (squares[squares.length >> 1] ?? 0) / MEDIAN_SQUARE);
    for (const found of this.#keys.values()) {
      if (!searching && found.effect === 0) continue;
      let [s, weight] = [0, 0];
      const signs = [];
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
      const kept = found.key.named ? evidence > NAMED_EVIDENCE : evidence > OTHER_EVIDENCE && agreed && Math.abs(raw) > LEAST_OTHER;
      const drawn = raw * weight / (weight + scale / (SPREAD * SPREAD));
      if (searching) found.effect = kept ? Math.max(-3, Math.min(3, drawn)) : 0;
      else found.effect = Math.max(-3, Math.min(3, drawn));
    }
    this.#spread();
  }
  #spread() {
    for (const { days, effect } of this.#keys.values()) for (const t of days) this.effect[t] = effect;
  }
};

// src/calibrate/trend.ts
var TREND_DAYS = 700;
var BLOCK_DAYS = 28;
var EVIDENCE = 4;
var Trend = class {
  /** Logarithm of each day's factor. */
  effect;
  #days;
  #slope;
  #found;
  constructor(width, days, begin) {
    this.effect = new Float64Array(width);
    this.#days = days;
    this.#slope = begin?.slope ?? 0;
    this.#found = begin?.found ?? false;
    this.#draw();
  }
  /** Logarithm of growth a day. */
  get slope() {
    return this.#slope;
  }
  get found() {
    return this.#found;
  }
  /** Moves the slope; with `searching` decides first whether there is one. Returns what levels are to be moved by. */
  move(score, information, searching) {
    if (searching) this.#found = this.#days >= TREND_DAYS && this.#isLine(score, information);
    if (!this.#found) {
      if (this.#slope === 0) return 0;
      this.#slope = 0;
      this.#draw();
      return 0;
    }
    const [by, middle] = line(score, information, this.#days);
    this.#slope = Math.max(-0.01, Math.min(0.01, this.#slope + by));
    this.#draw();
    return by * (this.#days - 1 - middle);
  }
  /** Whether the means of blocks lie on a line that is not flat. */
  #isLine(score, information) {
    const [by, middle] = line(score, information, this.#days);
    let [blocks, squares, across] = [0, 0, 0];
    for (let from = 0; from + BLOCK_DAYS <= this.#days; from += BLOCK_DAYS) {
      let [s, info] = [0, 0];
      for (let t = from; t < from + BLOCK_DAYS; t++) {
        s += score[t] ?? 0;
        info += information[t] ?? 0;
      }
      if (info === 0) continue;
      const x = from + BLOCK_DAYS / 2 - middle;
      const off = s / info - by * x;
      blocks++;
      squares += info * off * off;
      across += info * x * x;
    }
    const variance = squares / Math.max(1, blocks - 2) / across;
    return across > 0 && (by + this.#slope) * (by + this.#slope) > EVIDENCE * EVIDENCE * variance;
  }
  #draw() {
    for (let t = 0; t < this.effect.length; t++)
      this.effect[t] = this.#slope * Math.min(0, t - (this.#days - 1));
  }
};
function line(score, information, days) {
  let [weight, moment] = [0, 0];
  for (let t = 0; t < days; t++) {
    weight += information[t] ?? 0;
    moment += (information[t] ?? 0) * t;
  }
  const middle = weight === 0 ? 0 : moment / weight;
  let [s, across] = [0, 0];
  for (let t = 0; t < days; t++) {
    s += (score[t] ?? 0) * (t - middle);
    across += (information[t] ?? 0) * (t - middle) * (t - middle);
  }
  return [across === 0 ? 0 : s / across, middle];
}

// src/calibrate/calendar-effects.ts
var MONTH_DAYS = 330;
var WEEKDAY_SPREAD = 1;
var MONTH_SPREAD = 0.15;
var OWN_SPREAD = 0.1;
var FIRST_SEARCH = 4;
var LAST_SEARCH = 9;
var CalendarEffects = class {
  /** Days of the panel, the width of each group's part. */
  width;
  /** Factor of each group on each day, and its logarithm. */
  factor;
  logFactor;
  /** Score and information of each group's days, gathered over a round. */
  score;
  information;
  /** Logarithms of weekday factors of the chain and of each cluster; of months, of the chain and of each category. */
  #weekdays;
  #months;
  holidays;
  trend;
  #groups;
  #weekday;
  #month;
  monthsKnown;
  constructor(panel, groups, days, begin) {
    const width = this.width = panel.lastDay - panel.firstDay + 1;
    const size = groups.cluster.length * width;
    this.factor = new Float64Array(size);
    this.logFactor = new Float64Array(size);
    this.score = new Float64Array(size);
    this.information = new Float64Array(size);
    this.#groups = groups;
    const copies = (count, length, from) => Array.from({ length: count }, (_, n) => from?.[n]?.slice() ?? new Float64Array(length));
    this.#weekdays = copies(groups.clusters.length + 1, 7, begin === void 0 ? void 0 : begin.#weekdays);
    this.#months = copies(groups.categories.length + 1, 12, begin === void 0 ? void 0 : begin.#months);
    this.#weekday = Uint8Array.from({ length: width }, (_, t) => weekdayOf(panel.firstDay + t));
    this.#month = Uint8Array.from({ length: width }, (_, t) => monthOf(panel.firstDay + t));
    this.holidays = groups.holidays.map(
      (group, h) => new HolidayEffects(group, panel.firstDay, width, begin?.holidays[h])
    );
    this.trend = new Trend(width, days, begin?.trend);
    this.monthsKnown = days >= MONTH_DAYS;
  }
  /** Logarithm of a cluster's weekday factors. */
  weekdays(cluster) {
    const own = this.#weekdays[cluster + 1];
    return Float64Array.from(this.#weekdays[0] ?? [], (chain, d) => chain + (own?.[d] ?? 0));
  }
  /** Logarithm of a category's month factors. */
  months(category) {
    const own = this.#months[category + 1];
    return Float64Array.from(this.#months[0] ?? [], (chain, m) => chain + (own?.[m] ?? 0));
  }
  /** Computes the factors of every group's days, and empties what a round gathers. */
  begin() {
    const { width, factor, logFactor } = this;
    this.score.fill(0);
    this.information.fill(0);
    const days = this.holidays.map(({ effect }) => effect.map((one, t) => one + (this.trend.effect[t] ?? 0)));
    const dayFactors = days.map((effects) => effects.map(exp));
    for (const [g, cluster] of this.#groups.cluster.entries()) {
      const weekdays = this.weekdays(cluster);
      const months = this.months(this.#groups.category[g] ?? 0);
      const [byWeekday, byMonth] = [weekdays.map(exp), months.map(exp)];
      const h = this.#groups.holiday[g] ?? 0;
      for (let t = 0; t < width; t++) {
        const d = this.#weekday[t] ?? 0;
        const m = this.#month[t] ?? 0;
        factor[g * width + t] = (byWeekday[d] ?? 1) * (byMonth[m] ?? 1) * (dayFactors[h]?.[t] ?? 1);
        logFactor[g * width + t] = (weekdays[d] ?? 0) + (months[m] ?? 0) + (days[h]?.[t] ?? 0);
      }
    }
  }
  /** Moves all factors by what a round gathered; returns what the levels of each group are to be moved by. */
  move(round2) {
    const { category, cluster } = this.#groups;
    const shift = new Float64Array(cluster.length);
    this.#moveBlock(this.#weekdays, cluster, this.#weekday, WEEKDAY_SPREAD, shift);
    if (this.monthsKnown) this.#moveBlock(this.#months, category, this.#month, MONTH_SPREAD, shift);
    const searching = round2 >= FIRST_SEARCH && round2 <= LAST_SEARCH;
    for (const [h, holidays] of this.holidays.entries()) {
      const [scores, information] = this.#byDay((g) => this.#groups.holiday[g] === h);
      holidays.move(scores, information, searching);
    }
    if (round2 >= FIRST_SEARCH) {
      const [scores, information] = this.#byDay(() => true);
      const by = this.trend.move(scores, information, round2 === LAST_SEARCH);
      for (let g = 0; g < shift.length; g++) shift[g] = (shift[g] ?? 0) + by;
    }
    return shift;
  }
  /** Moves the chain's factors of one kind, and then those of its parts around them. */
  #moveBlock(effects, partOf, kindOf, spread, shift) {
    for (const [n, effect] of effects.entries()) {
      if (n > 0 && effects.length === 2) break;
      const has = (g) => n === 0 || partOf[g] === n - 1;
      this.#moveOne(effect, has, kindOf, n === 0 ? spread : OWN_SPREAD);
      const middle = centred(effect);
      for (let g = 0; g < shift.length; g++) if (has(g)) shift[g] = (shift[g] ?? 0) + middle;
    }
  }
  #moveOne(effect, has, kindOf, spread) {
    const { width, score, information } = this;
    const sums = new Float64Array(effect.length);
    const weights = new Float64Array(effect.length);
    const parts = Array.from(this.#groups.cluster.keys()).filter(has);
    for (const g of parts) {
      for (let t = 0, at = g * width; t < width; t++, at++) {
        const kind = kindOf[t] ?? 0;
        sums[kind] = (sums[kind] ?? 0) + (score[at] ?? 0);
        weights[kind] = (weights[kind] ?? 0) + (information[at] ?? 0);
      }
    }
    const precision = 1 / (spread * spread);
    const moves = effect.map((now, n) => {
      const step = ((sums[n] ?? 0) - now * precision) / ((weights[n] ?? 0) + precision);
      return (weights[n] ?? 0) === 0 ? 0 : Math.max(-1, Math.min(1, step));
    });
    for (let n = 0; n < effect.length; n++) effect[n] = (effect[n] ?? 0) + (moves[n] ?? 0);
    for (const g of parts) {
      for (let t = 0, at = g * width; t < width; t++, at++)
        score[at] = (score[at] ?? 0) - (information[at] ?? 0) * (moves[kindOf[t] ?? 0] ?? 0);
    }
  }
  #byDay(has) {
    const { width } = this;
    const scores = new Float64Array(width);
    const information = new Float64Array(width);
    for (const g of this.#groups.cluster.keys()) {
      if (!has(g)) continue;
      for (let t = 0, at = g * width; t < width; t++, at++) {
        scores[t] = (scores[t] ?? 0) + (this.score[at] ?? 0);
        information[t] = (information[t] ?? 0) + (this.information[at] ?? 0);
      }
    }
    return [scores, information];
  }
};
function centred(effect) {
  const seen = effect.filter((one) => one !== 0);
  const middle = seen.reduce((sum, one) => sum + one, 0) / Math.max(1, seen.length);
  for (let n = 0; n < effect.length; n++) if (effect[n] !== 0) effect[n] = (effect[n] ?? 0) - middle;
  return middle;
}

// src/calibrate/everyday-price.ts
var PROMOTION_DAYS = 56;
var LEAST_REDUCTION = 0.99;
var STEPS = 1e3;
var LEAST_STEP = -3e3;
var EverydayPrices = class {
  /** Price of each day, filled in where no row says it; 0 where none does. */
  paid = new Float64Array(0);
  everyday = new Float64Array(0);
  /** Logarithm of paid over everyday, thousandths, 0 to `LEAST_STEP`. */
  step = new Int16Array(0);
  #queue = new Int32Array(0);
  /** Makes room for a series of so many days, with no price known. */
  open(days) {
    if (this.paid.length < days) {
      this.paid = new Float64Array(days);
      this.everyday = new Float64Array(days);
      this.step = new Int16Array(days);
      this.#queue = new Int32Array(days);
    }
    this.paid.fill(0, 0, days);
  }
  /** Finds the everyday prices behind the prices paid: the lower of the highest of eight weeks before, and after. */
  find(days) {
    const { paid, everyday, step } = this;
    this.#fill(days);
    this.#highest(days, 1);
    for (let t = 0; t < days; t++) step[t] = 0;
    const before = everyday.slice(0, days);
    this.#highest(days, -1);
    for (let t = 0; t < days; t++) {
      const usual = Math.min(before[t] ?? 0, everyday[t] ?? 0);
      everyday[t] = usual;
      const ratio = usual > 0 ? (paid[t] ?? 0) / usual : 1;
      step[t] = ratio >= LEAST_REDUCTION ? 0 : Math.max(LEAST_STEP, Math.round(log(ratio) * STEPS));
    }
  }
  /** Between two rows with one price it is that price; between two prices, the higher. */
  #fill(days) {
    const { paid } = this;
    let before = 0;
    for (let t = 0; t < days; ) {
      const price = paid[t] ?? 0;
      if (price > 0) {
        before = price;
        t++;
        continue;
      }
      let next = t;
      while (next < days && !((paid[next] ?? 0) > 0)) next++;
      const fill = Math.max(before, next < days ? paid[next] ?? 0 : 0);
      paid.fill(fill, t, next);
      t = next;
    }
  }
  /** The highest price of the last eight weeks at each day; backwards, of the next. */
  #highest(days, direction) {
    const { paid, everyday } = this;
    const queue = this.#queue;
    let head = 0;
    let tail = 0;
    for (let n = 0; n < days; n++) {
      const t = direction === 1 ? n : days - 1 - n;
      const price = paid[t] ?? 0;
      while (tail > head && (paid[queue[tail - 1] ?? 0] ?? 0) <= price) tail--;
      queue[tail++] = t;
      while (Math.abs((queue[head] ?? 0) - t) >= PROMOTION_DAYS) head++;
      everyday[t] = paid[queue[head] ?? 0] ?? 0;
    }
  }
};

// src/calibrate/sales-row.ts
import { nearestNames, shown } from "@store/foundation";
var salesColumns = Object.freeze([
  "store_id",
  "product_id",
  "date",
  "units_sold",
  "on_hand",
  "in_stock",
  "price",
  "promotion"
]);
var EMPTY = 1;
var STOCK_KNOWN = 2;
var ON_HAND_ZERO = 4;
var PROMOTED = 8;
var FLAG_KNOWN = 16;
var MOST_UNITS = 1e6;
var MOST_ON_HAND = 1e9;
var MOST_PRICE = 2e7;
function badRow(row, column, value, allowed, fix) {
  const message = `Row ${row}: expected \`${column}\` to be ${allowed}, got ${shown(value)}. ${fix}`;
  return new WorldError("INVALID_HISTORY", column, value, allowed, message, { row });
}
function readRows(history) {
  const stores = new Names("store_id");
  const products = new Names("product_id");
  const days = /* @__PURE__ */ new Map();
  let room = 65536;
  let store = new Int32Array(room);
  let product = new Int32Array(room);
  let day = new Int32Array(room);
  let units = new Int32Array(room);
  let price = new Float64Array(room);
  let flags = new Uint8Array(room);
  let n = 0;
  for (const row of history) {
    if (n === room) {
      room *= 2;
      store = grown(store, new Int32Array(room));
      product = grown(product, new Int32Array(room));
      day = grown(day, new Int32Array(room));
      units = grown(units, new Int32Array(room));
      price = grown(price, new Float64Array(room));
      flags = grown(flags, new Uint8Array(room));
    }
    const at = n + 1;
    checkColumns(row, at);
    store[n] = stores.of(row.store_id, at);
    product[n] = products.of(row.product_id, at);
    let known2 = days.get(row.date);
    if (known2 === void 0) days.set(row.date, known2 = dayOf(row.date, at));
    day[n] = known2;
    units[n] = unitsOf(row.units_sold, at);
    price[n] = priceOf(row.price, at);
    flags[n] = flagsOf(row, at);
    n++;
  }
  return {
    rows: n,
    stores: stores.list,
    products: products.list,
    store: store.subarray(0, n),
    product: product.subarray(0, n),
    day: day.subarray(0, n),
    units: units.subarray(0, n),
    price: price.subarray(0, n),
    flags: flags.subarray(0, n)
  };
}
function grown(from, to) {
  to.set(from);
  return to;
}
var Names = class {
  list = [];
  #places = /* @__PURE__ */ new Map();
  #column;
  constructor(column) {
    this.#column = column;
  }
  of(id, row) {
    const known2 = this.#places.get(id);
    if (known2 !== void 0) return known2;
    if (typeof id !== "string" || !/^[^]{1,200}$/u.test(id) || new RegExp("\\p{Cs}", "u").test(id))
      throw badRow(row, this.#column, id, "text of 1 to 200 characters", "Write the identifier as text.");
    const place = this.list.length;
    this.list.push(id);
    this.#places.set(id, place);
    return place;
  }
};
function checkColumns(row, at) {
  if (typeof row !== "object" || row === null || Array.isArray(row))
    throw badRow(
      at,
      "row",
      row,
      "an object",
      "Hand in objects such as { store_id, product_id, date, units_sold }."
    );
  for (const name in row) {
    if (salesColumns.includes(name)) continue;
    const [nearest] = nearestNames(name, salesColumns);
    const hint = nearest === void 0 ? "Leave it out." : `Did you mean \`${nearest}\`?`;
    const allowed = `one of ${salesColumns.join(", ")}`;
    const message = `Row ${at}: unknown column \`${name}\`; known are ${salesColumns.join(", ")}. ${hint}`;
    throw new WorldError("INVALID_HISTORY", name, Reflect.get(row, name), allowed, message, { row: at });
  }
}
function dayOf(date, row) {
  const match = typeof date === "string" ? /^([1-8]\d{3})-(\d\d)-(\d\d)$/.exec(date) : null;
  const [, year, month, day] = (match ?? []).map(Number);
  const found = year === void 0 || month === void 0 || day === void 0 || month < 1 || month > 12 || day < 1 ? Number.NaN : daysFromCivil(year, month, day);
  const next = month === 12 ? daysFromCivil((year ?? 0) + 1, 1, 1) : daysFromCivil(year ?? 0, (month ?? 0) + 1, 1);
  if (found >= 10 && found < next) return found;
  throw badRow(
    row,
    "date",
    date,
    "a local day such as '2026-01-05', from 1970-01-11 to 8999",
    "Write the store's own day, without a time."
  );
}
function unitsOf(units, row) {
  if (typeof units === "number" && units >= 0 && units <= MOST_UNITS && Number.isInteger(units)) return units;
  throw badRow(
    row,
    "units_sold",
    units,
    `a whole number from 0 to ${MOST_UNITS}`,
    "Leave returns out of sales, and round weights to units."
  );
}
function priceOf(price, row) {
  if (price === void 0 || price === null) return 0;
  if (typeof price === "number" && price > 0 && price <= MOST_PRICE) return price;
  throw badRow(
    row,
    "price",
    price,
    `above 0 and at most ${MOST_PRICE}`,
    "Leave out a price that is not known."
  );
}
function flagsOf(row, at) {
  let flags = truth(row.promotion, "promotion", at) === 1 ? PROMOTED : 0;
  const { on_hand } = row;
  if (on_hand !== void 0 && on_hand !== null) {
    if (typeof on_hand !== "number" || !Number.isInteger(on_hand) || Math.abs(on_hand) > MOST_ON_HAND)
      throw badRow(at, "on_hand", on_hand, "a whole number", "Leave out stock that is not known.");
    flags |= STOCK_KNOWN | (on_hand <= 0 ? EMPTY | ON_HAND_ZERO : 0);
  }
  const inStock = truth(row.in_stock, "in_stock", at);
  if (inStock < 0) return flags;
  return flags & ~EMPTY | STOCK_KNOWN | FLAG_KNOWN | (inStock === 0 ? EMPTY : 0);
}
function truth(value, column, row) {
  if (value === void 0 || value === null) return -1;
  if (value === true || value === 1) return 1;
  if (value === false || value === 0) return 0;
  throw badRow(row, column, value, "true, false, 1 or 0", "Leave out what is not known.");
}

// src/calibrate/panel.ts
var CLOSED = 0;
var BARE = 1;
var WHOLE = 2;
var CENSORED = 3;
function makePanel(table, storeNames, productNames) {
  const { rows, day, units, price, flags } = table;
  const storeOf = places(table.stores, storeNames);
  const productOf = places(table.products, productNames);
  const [firstDay, lastDay] = range(day);
  const days = lastDay - firstDay + 1;
  checkSize(storeNames.length * days, "days of stores");
  const series = orderSeries(table, storeOf, productOf, productNames.length);
  const { seriesOf, first, last, offset, length } = series;
  const cells = offset[length] ?? 0;
  checkSize(cells, "days of series");
  const rowOf = new Int32Array(cells);
  const open = new Uint8Array(storeNames.length * days);
  for (let row = 0; row < rows; row++) {
    const i = seriesOf[row] ?? 0;
    const cell = (offset[i] ?? 0) + (day[row] ?? 0) - (first[i] ?? 0);
    const before = rowOf[cell] ?? 0;
    if (before > 0) {
      const date = dateOf(day[row] ?? 0);
      const allowed = "a day that stands once for each store and product";
      throw badRow(
        row + 1,
        "date",
        date,
        allowed,
        `Row ${before} is the same day of the same series; add their units up.`
      );
    }
    rowOf[cell] = row + 1;
    open[(series.store[i] ?? 0) * days + (day[row] ?? 0) - firstDay] = 1;
  }
  const panel = {
    stores: storeNames,
    products: productNames,
    rows,
    firstDay,
    lastDay,
    store: series.store,
    product: series.product,
    first,
    offset,
    units: new Int32Array(cells),
    kind: new Uint8Array(cells),
    step: new Int16Array(cells),
    promoted: new Uint8Array(cells),
    price: new Float64Array(length),
    shut: shutDays(open, storeNames.length, firstDay, days),
    open
  };
  const prices = new EverydayPrices();
  for (let i = 0; i < length; i++) {
    const from = offset[i] ?? 0;
    const size = (last[i] ?? 0) - (first[i] ?? 0) + 1;
    const storeDays = (series.store[i] ?? 0) * days + (first[i] ?? 0) - firstDay;
    prices.open(size);
    let leftEmpty = false;
    for (let t = 0; t < size; t++) {
      const row = (rowOf[from + t] ?? 0) - 1;
      if (row < 0) {
        panel.kind[from + t] = open[storeDays + t] === 0 ? CLOSED : leftEmpty ? BARE : WHOLE;
        continue;
      }
      const flag = flags[row] ?? 0;
      const sold = units[row] ?? 0;
      panel.units[from + t] = sold;
      panel.kind[from + t] = (flag & EMPTY) === 0 ? WHOLE : sold === 0 ? BARE : CENSORED;
      panel.promoted[from + t] = (flag & PROMOTED) === 0 ? 0 : 1;
      prices.paid[t] = price[row] ?? 0;
      leftEmpty = (flag & ON_HAND_ZERO) !== 0;
    }
    prices.find(size);
    panel.step.set(prices.step.subarray(0, size), from);
    panel.price[i] = prices.everyday[size - 1] ?? 0;
  }
  return panel;
}
function cellsOf(panel, i, days) {
  const from = panel.offset[i] ?? 0;
  const end = panel.offset[i + 1] ?? from;
  return [from, Math.max(from, Math.min(end, from + panel.firstDay + days - (panel.first[i] ?? 0)))];
}
function checkSize(cells, what) {
  if (cells <= calibrateLimits.cells) return;
  const message = `The history has ${cells} ${what}, and one fit takes ${calibrateLimits.cells}. Fit a part of the stores at a time.`;
  throw new WorldError(
    "INVALID_HISTORY",
    "history",
    cells,
    `at most ${calibrateLimits.cells} ${what}`,
    message
  );
}
function places(names, ordered2) {
  const at = new Map(ordered2.map((name, place) => [name, place]));
  return Int32Array.from(names, (name) => at.get(name) ?? -1);
}
function range(days) {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}
function orderSeries({ rows, store, product, day }, storeOf, productOf, products) {
  const found = /* @__PURE__ */ new Map();
  const seriesOf = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const pair = (storeOf[store[row] ?? 0] ?? 0) * products + (productOf[product[row] ?? 0] ?? 0);
    let known2 = found.get(pair);
    if (known2 === void 0) found.set(pair, known2 = found.size);
    seriesOf[row] = known2;
  }
  const pairs = Float64Array.from(found.keys());
  const sorted = pairs.slice().sort();
  const length = sorted.length;
  const place = new Int32Array(length);
  for (let i = 0; i < length; i++) place[found.get(sorted[i] ?? 0) ?? 0] = i;
  const first = new Int32Array(length).fill(2147483647);
  const last = new Int32Array(length);
  for (let row = 0; row < rows; row++) {
    const i = place[seriesOf[row] ?? 0] ?? 0;
    seriesOf[row] = i;
    const at = day[row] ?? 0;
    if (at < (first[i] ?? 0)) first[i] = at;
    if (at > (last[i] ?? 0)) last[i] = at;
  }
  const offset = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) offset[i + 1] = (offset[i] ?? 0) + (last[i] ?? 0) - (first[i] ?? 0) + 1;
  return {
    length,
    seriesOf,
    store: Int32Array.from(sorted, (pair) => Math.floor(pair / products)),
    product: Int32Array.from(sorted, (pair) => pair % products),
    first,
    last,
    offset
  };
}
function shutDays(open, stores, firstDay, days) {
  return Array.from({ length: stores }, (_, s) => {
    const own = open.subarray(s * days, (s + 1) * days);
    const [from, to] = [own.indexOf(1), own.lastIndexOf(1)];
    const came = new Int32Array(7);
    const had = new Int32Array(7);
    for (let t = Math.max(0, from); t <= to; t++) {
      const weekday = weekdayOf(firstDay + t);
      came[weekday] = (came[weekday] ?? 0) + 1;
      had[weekday] = (had[weekday] ?? 0) + (own[t] ?? 0);
    }
    return Array.from(came, (times, weekday) => times >= 3 && had[weekday] === 0);
  });
}

// src/calibrate/dispersions.ts
var CLASSES_A_UNIT = 128;
var LEAST_LOG = -9;
var CLASSES = 17 * CLASSES_A_UNIT;
var TABLE_UNITS = 256;
var MIXING = 30;
var known;
function fitDispersions(panel, groups, fit) {
  const tables = known ??= makeTables();
  const { dispersions } = tables;
  const size = dispersions.length;
  const series = panel.store.length;
  const chance = new Float64Array(series * size);
  const likelihood = new Float64Array(size);
  for (let i = 0; i < series; i++) {
    likelihood.fill(0);
    seriesLikelihood(panel, groups, fit, i, tables, likelihood);
    const most = likelihood.reduce((a, b) => Math.max(a, b), -Infinity);
    for (let g = 0; g < size; g++) chance[i * size + g] = exp(Math.max(-60, (likelihood[g] ?? 0) - most));
  }
  const share = mix(chance, series, size);
  for (let i = 0; i < series; i++) {
    let [sum, inverse, best] = [0, 0, 0];
    for (let g = 0; g < size; g++) {
      const weight = (chance[i * size + g] ?? 0) * (share[g] ?? 0);
      sum += weight;
      inverse += weight / (dispersions[g] ?? 1);
      if (weight > (chance[i * size + best] ?? 0) * (share[best] ?? 0)) best = g;
    }
    fit.dispersion[i] = sum / inverse;
    fit.bounded[i] = best === 0 || best === size - 1 ? 1 : 0;
  }
}
function mix(chance, series, size) {
  let share = new Float64Array(size).fill(1 / size);
  for (let round2 = 0; round2 < MIXING; round2++) {
    const next = new Float64Array(size).fill(0.5);
    for (let i = 0; i < series; i++) {
      let sum = 0;
      for (let g = 0; g < size; g++) sum += (chance[i * size + g] ?? 0) * (share[g] ?? 0);
      for (let g = 0; g < size; g++)
        next[g] = (next[g] ?? 0) + (chance[i * size + g] ?? 0) * (share[g] ?? 0) / sum;
    }
    share = next.map((count) => count / (series + 0.5 * size));
  }
  return share;
}
function seriesLikelihood(panel, groups, fit, i, { dispersions, spread, units }, likelihood) {
  const size = dispersions.length;
  const [from, to] = cellsOf(panel, i, fit.days);
  const { logFactor, width } = fit.effects;
  const base = (groups.ofSeries[i] ?? 0) * width + (panel.first[i] ?? 0) - panel.firstDay - from;
  for (let cell = from; cell < to; cell++) {
    const kind = panel.kind[cell] ?? CLOSED;
    if (kind < WHOLE) continue;
    const reduction = -fit.elasticity * (panel.step[cell] ?? 0) / STEPS;
    const lift = panel.promoted[cell] === 1 ? fit.lift : 0;
    const logMean = (fit.level[i] ?? 0) + (logFactor[base + cell] ?? 0) + reduction + lift;
    const place = Math.round((logMean - LEAST_LOG) * CLASSES_A_UNIT);
    const row = Math.max(0, Math.min(CLASSES - 1, place)) * size;
    const sold = panel.units[cell] ?? 0;
    if (kind === WHOLE) {
      const column = Math.min(sold, TABLE_UNITS) * size;
      for (let g = 0; g < size; g++) {
        const k = dispersions[g] ?? 1;
        const sum = sold > TABLE_UNITS ? growth(k, sold) : units[column + g] ?? 0;
        likelihood[g] = (likelihood[g] ?? 0) + sum - (sold + k) * (spread[row + g] ?? 0);
      }
    } else {
      const mean = exp(logMean);
      for (let g = 0; g < size; g++)
        likelihood[g] = (likelihood[g] ?? 0) + atLeast(mean, dispersions[g] ?? 1, spread[row + g] ?? 0, sold);
    }
  }
}
function atLeast(mean, k, spread, sold) {
  const q = mean / (k + mean);
  let chance = exp(-k * spread);
  let head = 0;
  for (let n = 0; n < sold; n++) {
    head += chance;
    chance *= (n + k) / (n + 1) * q;
  }
  return log(Math.max(1e-12, 1 - head));
}
function growth(k, n) {
  return logGamma(k + n) - logGamma(k) - n * log(k);
}
function logGamma(x) {
  let [z, shift] = [x, 0];
  for (; z < 8; z++) shift += log(z);
  const square = 1 / (z * z);
  const series = (1 / 12 - square * (1 / 360 - square / 1260)) / z;
  return (z - 0.5) * log(z) - z + 0.9189385332046727 + series - shift;
}
function makeTables() {
  const dispersions = ownDispersions();
  const size = dispersions.length;
  const spread = new Float64Array(CLASSES * size);
  for (let c = 0; c < CLASSES; c++) {
    const mean = exp(LEAST_LOG + c / CLASSES_A_UNIT);
    for (let g = 0; g < size; g++) spread[c * size + g] = log(1 + mean / (dispersions[g] ?? 1));
  }
  const units = new Float64Array((TABLE_UNITS + 1) * size);
  for (let n = 1; n <= TABLE_UNITS; n++) {
    for (let g = 0; g < size; g++)
      units[n * size + g] = (units[(n - 1) * size + g] ?? 0) + log(1 + (n - 1) / (dispersions[g] ?? 1));
  }
  return { dispersions, spread, units };
}

// src/calibrate/fitted.ts
function priceFactors({ elasticity, lift }) {
  const width = 1 - LEAST_STEP;
  return Float64Array.from(
    { length: 2 * width },
    (_, n) => exp(elasticity * (n % width) / STEPS + (n >= width ? lift : 0))
  );
}
var priceIndex = (step, promoted) => promoted * (1 - LEAST_STEP) - step;

// src/calibrate/level-priors.ts
var LEAST_VARIANCE = 0.01;
var LevelPriors = class {
  #panel;
  #level;
  #information;
  #middle = 0;
  #store;
  #product;
  #variance = 0.5;
  constructor(panel, level) {
    this.#panel = panel;
    this.#level = level;
    this.#information = new Float64Array(level.length);
    this.#store = { effect: new Float64Array(panel.stores.length), of: panel.store, variance: 0.1 };
    this.#product = { effect: new Float64Array(panel.products.length), of: panel.product, variance: 0.5 };
    for (let n = 0; n < 8; n++) this.update();
  }
  /** The level of a series after one step by its score and information. */
  moved(i, score, information, shrink) {
    this.#information[i] = information;
    const level = this.#level[i] ?? 0;
    const precision = shrink ? 1 / this.#variance : 0;
    const step = (score - (level - this.#mean(i)) * precision) / (information + precision + 1e-9);
    return level + Math.max(-1, Math.min(1, step));
  }
  #mean(i) {
    const store = this.#store.effect[this.#panel.store[i] ?? 0] ?? 0;
    return this.#middle + store + (this.#product.effect[this.#panel.product[i] ?? 0] ?? 0);
  }
  /** Finds middle, effects and variances behind the levels. */
  update() {
    const { length } = this.#level;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (this.#level[i] ?? 0) - this.#mean(i);
    this.#middle += sum / Math.max(1, length);
    this.#effects(this.#store);
    this.#effects(this.#product);
    let squares = 0;
    for (let i = 0; i < length; i++) {
      const off = (this.#level[i] ?? 0) - this.#mean(i);
      squares += off * off + 1 / ((this.#information[i] ?? 0) + 1 / this.#variance);
    }
    this.#variance = Math.max(LEAST_VARIANCE, squares / Math.max(1, length));
  }
  #effects(side) {
    const sums = new Float64Array(side.effect.length);
    const counts = new Float64Array(side.effect.length);
    for (let i = 0; i < this.#level.length; i++) {
      const at = side.of[i] ?? 0;
      sums[at] = (sums[at] ?? 0) + (this.#level[i] ?? 0) - this.#mean(i) + (side.effect[at] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    let squares = 0;
    let used = 0;
    for (let at = 0; at < sums.length; at++) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const precision = count / this.#variance + 1 / side.variance;
      const effect = (sums[at] ?? 0) / this.#variance / precision;
      side.effect[at] = effect;
      squares += effect * effect + 1 / precision;
      used++;
    }
    side.variance = Math.max(LEAST_VARIANCE, squares / Math.max(1, used));
  }
};

// src/calibrate/negative-binomial.ts
var THIN = 1e-6;
var MOST_TERMS = 2e4;
function censoredMean(mean, dispersion, sold) {
  if (sold <= 0) return mean;
  const p = dispersion / (dispersion + mean);
  const q = 1 - p;
  let chance = exp(dispersion * log(p));
  let head = 0;
  let otherHead = 0;
  for (let n = 0; n < sold; n++) {
    head += chance;
    if (n < sold - 1) otherHead += chance * p * (n + dispersion) / dispersion;
    chance *= (n + dispersion) / (n + 1) * q;
  }
  const tail = 1 - head;
  if (tail > THIN) return Math.max(sold, mean * (1 - otherHead) / tail);
  let weight = 1;
  let sum = 1;
  let units = 0;
  for (let n = sold, turn = 0; turn < MOST_TERMS && weight > 1e-12 * sum; turn++, n++) {
    weight *= (n + dispersion) / (n + 1) * q;
    sum += weight;
    units += weight * (turn + 1);
  }
  return sold + units / sum;
}
function cumulative(mean, dispersion, n) {
  const q = mean / (dispersion + mean);
  let chance = exp(dispersion * log(1 - q));
  let below = 0;
  for (let m = 0; m < n; m++) {
    below += chance;
    chance *= (m + dispersion) / (m + 1) * q;
  }
  return [Math.min(1, below), chance];
}
function quantile(mean, dispersion, u, most) {
  const q = mean / (dispersion + mean);
  let chance = exp(dispersion * log(1 - q));
  let n = 0;
  for (let below = chance; below <= u && n < most; below += chance) {
    chance *= (n + dispersion) / (n + 1) * q;
    n++;
  }
  return n;
}

// src/calibrate/fit.ts
var ROUNDS = 25;
var dispersionRounds = [2, 5, 9, 14, 19, ROUNDS - 1];
var USUAL_ELASTICITY = 2;
var ELASTICITY_SPREAD = 1;
var LIFT_SPREAD = 0.5;
function fitPanel(panel, groups, days, begin) {
  const series = panel.store.length;
  const fit = {
    level: begin?.level.slice() ?? firstLevels(panel, days),
    dispersion: begin?.dispersion.slice() ?? new Float64Array(series).fill(1.5),
    bounded: new Uint8Array(series),
    effects: new CalendarEffects(panel, groups, days, begin?.effects),
    elasticity: begin?.elasticity ?? USUAL_ELASTICITY,
    lift: begin?.lift ?? 0,
    days
  };
  const priors = new LevelPriors(panel, fit.level);
  const first = begin === void 0 ? 0 : ROUNDS - 12;
  for (let round2 = first; round2 < ROUNDS; round2++) {
    runRound(panel, groups, fit, priors, round2 - first);
    if (dispersionRounds.includes(round2)) fitDispersions(panel, groups, fit);
  }
  return fit;
}
function firstLevels(panel, days) {
  return Float64Array.from(panel.store, (_, i) => {
    const [from, to] = cellsOf(panel, i, days);
    let [units, counted] = [0, 0];
    for (let cell = from; cell < to; cell++) {
      if ((panel.kind[cell] ?? CLOSED) < WHOLE) continue;
      units += panel.units[cell] ?? 0;
      counted++;
    }
    return log(Math.max(units, 0.5) / Math.max(counted, 1));
  });
}
function runRound(panel, groups, fit, priors, round2) {
  const { units, kind, step, promoted } = panel;
  const { level, dispersion, effects } = fit;
  effects.begin();
  const { factor, score, information, width } = effects;
  const prices = priceFactors(fit);
  let [se, sl, iee, ill, iel] = [0, 0, 0, 0, 0];
  for (let i = 0; i < level.length; i++) {
    const [from, to] = cellsOf(panel, i, fit.days);
    if (from === to) continue;
    const k = dispersion[i] ?? 1;
    const base = (groups.ofSeries[i] ?? 0) * width + (panel.first[i] ?? 0) - panel.firstDay - from;
    let mean = exp(level[i] ?? 0);
    let [s, info] = [0, 0];
    for (let cell = from; cell < to; cell++) {
      const one = kind[cell] ?? CLOSED;
      if (one < WHOLE) continue;
      let m = mean * (factor[base + cell] ?? 0);
      const at = priceIndex(step[cell] ?? 0, promoted[cell] ?? 0);
      if (at > 0) m *= prices[at] ?? 1;
      const sold = units[cell] ?? 0;
      const weight = k / (k + m);
      s += weight * ((one === WHOLE ? sold : censoredMean(m, k, sold)) - m);
      info += weight * m;
    }
    mean = exp(level[i] = priors.moved(i, s, info, round2 > 1));
    for (let cell = from; cell < to; cell++) {
      const one = kind[cell] ?? CLOSED;
      if (one < WHOLE) continue;
      const place = base + cell;
      let m = mean * (factor[place] ?? 0);
      const at = priceIndex(step[cell] ?? 0, promoted[cell] ?? 0);
      if (at > 0) m *= prices[at] ?? 1;
      const sold = units[cell] ?? 0;
      const weight = k / (k + m);
      const residual = weight * ((one === WHOLE ? sold : censoredMean(m, k, sold)) - m);
      const wm = weight * m;
      score[place] = (score[place] ?? 0) + residual;
      information[place] = (information[place] ?? 0) + wm;
      if (at === 0) continue;
      const x = -(step[cell] ?? 0) / STEPS;
      const z = promoted[cell] ?? 0;
      se += residual * x;
      sl += residual * z;
      iee += wm * x * x;
      ill += wm * z;
      iel += wm * x * z;
    }
  }
  movePrices(fit, [se, sl, iee, ill, iel]);
  const shift = effects.move(round2);
  for (let i = 0; i < level.length; i++) level[i] = (level[i] ?? 0) + (shift[groups.ofSeries[i] ?? 0] ?? 0);
  priors.update();
}
function movePrices(fit, [se, sl, iee, ill, iel]) {
  if (iee + ill === 0) return;
  const pe = 1 / ELASTICITY_SPREAD ** 2;
  const pl = 1 / LIFT_SPREAD ** 2;
  const a = iee + pe;
  const d = ill + pl;
  const ge = se - (fit.elasticity - USUAL_ELASTICITY) * pe;
  const gl = sl - fit.lift * pl;
  const det = a * d - iel * iel;
  const most = (by) => Math.max(-0.5, Math.min(0.5, by));
  fit.elasticity += iee === 0 ? 0 : most((d * ge - iel * gl) / det);
  fit.lift += ill === 0 ? 0 : most((a * gl - iel * ge) / det);
}

// src/calibrate/groups.ts
var anywhere = ["E-3", "E-2", "E+0", "E+1", "E+39", "E+50"];
function groupSeries(panel, stores, products) {
  const clusters = /* @__PURE__ */ new Map();
  const categories = /* @__PURE__ */ new Map();
  const holidayKeys = /* @__PURE__ */ new Map();
  const number = (of, name) => {
    const known2 = of.get(name);
    if (known2 === void 0) of.set(name, of.size);
    return known2 ?? of.size - 1;
  };
  const storeFacts = panel.stores.map((id, s) => {
    const store = stores.get(id);
    const key = JSON.stringify(store?.holidays ?? store?.location?.country ?? null);
    const members = holidayKeys.get(key);
    if (members === void 0) holidayKeys.set(key, [s]);
    else members.push(s);
    return { cluster: number(clusters, store?.cluster ?? ""), holiday: [...holidayKeys.keys()].indexOf(key) };
  });
  const productCategory = panel.products.map(
    (id) => number(categories, products.get(id)?.category ?? "General")
  );
  const groups = /* @__PURE__ */ new Map();
  const cluster = [];
  const category = [];
  const holiday = [];
  const ofSeries = Int32Array.from(panel.store, (s, i) => {
    const facts = storeFacts[s] ?? { cluster: 0, holiday: 0 };
    const ofProduct = productCategory[panel.product[i] ?? 0] ?? 0;
    const size = groups.size;
    const group = number(groups, `${facts.cluster} ${ofProduct} ${facts.holiday}`);
    if (group === size) {
      cluster.push(facts.cluster);
      category.push(ofProduct);
      holiday.push(facts.holiday);
    }
    return group;
  });
  return {
    clusters: [...clusters.keys()],
    categories: [...categories.keys()],
    holidays: [...holidayKeys.values()].map(
      (members) => holidayGroup(members, stores.get(panel.stores[members[0] ?? 0] ?? ""))
    ),
    ofSeries,
    cluster,
    category,
    holiday
  };
}
function holidayGroup(members, store) {
  const given = store?.holidays;
  const country = typeof given === "string" ? given : given === void 0 ? store?.location?.country : void 0;
  const known2 = country === void 0 ? [] : holidayRules(country);
  const rules = (known2.length > 0 || given !== void 0 ? known2 : holidayRules("US")).map(
    ({ rule, dayIn, factor }) => ({
      key: rule,
      named: true,
      usual: known2.length > 0 ? factor : void 0,
      dayIn: /^\d\d-\d\d$/.test(rule) ? void 0 : dayIn
    })
  );
  if (country === void 0 && given === void 0) {
    const easter = holidayRules("DE").find(({ rule }) => rule === "E+1");
    for (const rule of anywhere) {
      const dayIn = (year) => (easter?.dayIn(year) ?? 0) - 1 + Number(rule.slice(1));
      rules.push({ key: rule, named: true, usual: void 0, dayIn });
    }
  }
  if (typeof given === "object") {
    const entries = Array.isArray(given) ? given.map(
      ({ date, factor }) => [date, factor]
    ) : Object.entries(given);
    for (const [date, usual] of entries) rules.push({ key: date, named: true, usual, dayIn: void 0 });
  }
  const fixed = new Map(rules.filter(({ dayIn }) => dayIn === void 0).map((rule) => [rule.key, rule]));
  const moving = rules.filter(({ dayIn }) => dayIn !== void 0);
  const years = /* @__PURE__ */ new Map();
  return {
    stores: members,
    usual: rules.filter(({ usual }) => usual !== void 0),
    keyOf(day) {
      const date = dateOf(day);
      const { year } = civilFromDays(day);
      let ofYear = years.get(year);
      if (ofYear === void 0) {
        ofYear = new Map(moving.map((rule) => [rule.dayIn?.(year) ?? 0, rule]));
        years.set(year, ofYear);
      }
      const short = date.slice(5);
      return fixed.get(date) ?? ofYear.get(day) ?? fixed.get(short) ?? { key: short, named: false, usual: void 0, dayIn: void 0 };
    }
  };
}

// src/calibrate/left-out.ts
function leaveOut(panel) {
  const from = panel.lastDay - calibrateLimits.lastSaleDays + 1;
  const kept = [];
  const left = [];
  for (const [i, s] of panel.store.entries()) {
    const [begin, end] = cellsOf(panel, i, Infinity);
    const recent = Math.max(begin, begin + from - (panel.first[i] ?? 0));
    const sold = recent < end && panel.units.subarray(recent, end).some((units) => units > 0);
    if (sold) kept.push(i);
    else left.push(`${panel.stores[s] ?? ""}/${panel.products[panel.product[i] ?? 0] ?? ""}`);
  }
  return { panel: left.length === 0 ? panel : select(panel, kept), left };
}
function select(panel, kept) {
  const days = panel.lastDay - panel.firstDay + 1;
  const stores = [...new Set(kept.map((i) => panel.store[i] ?? 0))].sort((a, b) => a - b);
  const products = [...new Set(kept.map((i) => panel.product[i] ?? 0))].sort((a, b) => a - b);
  const storeAt = new Map(stores.map((s, place) => [s, place]));
  const productAt = new Map(products.map((p, place) => [p, place]));
  const offset = new Float64Array(kept.length + 1);
  for (const [n, i] of kept.entries())
    offset[n + 1] = (offset[n] ?? 0) + (panel.offset[i + 1] ?? 0) - (panel.offset[i] ?? 0);
  const cells = offset[kept.length] ?? 0;
  const units = new Int32Array(cells);
  const kind = new Uint8Array(cells);
  const step = new Int16Array(cells);
  const promoted = new Uint8Array(cells);
  for (const [n, i] of kept.entries()) {
    const [from, to] = [panel.offset[i] ?? 0, panel.offset[i + 1] ?? 0];
    const at = offset[n] ?? 0;
    units.set(panel.units.subarray(from, to), at);
    kind.set(panel.kind.subarray(from, to), at);
    step.set(panel.step.subarray(from, to), at);
    promoted.set(panel.promoted.subarray(from, to), at);
  }
  const open = new Uint8Array(stores.length * days);
  for (const [n, s] of stores.entries()) open.set(panel.open.subarray(s * days, (s + 1) * days), n * days);
  return {
    ...panel,
    stores: stores.map((s) => panel.stores[s] ?? ""),
    products: products.map((p) => panel.products[p] ?? ""),
    store: Int32Array.from(kept, (i) => storeAt.get(panel.store[i] ?? 0) ?? 0),
    product: Int32Array.from(kept, (i) => productAt.get(panel.product[i] ?? 0) ?? 0),
    first: Int32Array.from(kept, (i) => panel.first[i] ?? 0),
    offset,
    ...{ units, kind, step, promoted, open },
    price: Float64Array.from(kept, (i) => panel.price[i] ?? 0),
    shut: stores.map((s) => panel.shut[s] ?? [])
  };
}

// src/calibrate/holidays-found.ts
var YEARS_AHEAD = 10;
function holidaysFound(panel, effects) {
  const factors = /* @__PURE__ */ new Map();
  for (const { key, effect } of effects.found) factors.set(key, round(exp(effect)));
  const seen = /* @__PURE__ */ new Set();
  const closed = /* @__PURE__ */ new Map();
  const { firstDay, lastDay } = panel;
  for (let day = firstDay; day <= lastDay; day++) {
    const key = effects.group.keyOf(day);
    seen.add(key.key);
    const state = stateOf(panel, effects.group.stores, day);
    if (state === void 0) continue;
    const count = closed.get(key.key) ?? { key, shut: 0, days: 0 };
    closed.set(key.key, { key, shut: count.shut + (state ? 0 : 1), days: count.days + 1 });
  }
  for (const { key, shut, days } of closed.values())
    if (shut === days && (key.named || days > 1)) factors.set(key, 0);
  for (const key of effects.group.usual)
    if (!seen.has(key.key) && key.usual !== void 0 && key.usual !== 1) factors.set(key, key.usual);
  const dates = [];
  const [from, to] = [civilFromDays(firstDay).year, civilFromDays(lastDay).year + YEARS_AHEAD];
  for (const [key, factor] of factors) {
    if (factor === 1) continue;
    if (key.dayIn === void 0) dates.push([key.key, factor]);
    else for (let year = from; year <= to; year++) dates.push([dateOf(key.dayIn(year)), factor]);
  }
  dates.sort(([a], [b]) => a < b ? -1 : 1);
  return dates.length === 0 ? false : Object.fromEntries(dates);
}
function stateOf(panel, stores, day) {
  const days = panel.lastDay - panel.firstDay + 1;
  const t = day - panel.firstDay;
  let expected = false;
  for (const s of stores) {
    if (panel.shut[s]?.[weekdayOf(day)] === true) continue;
    if (panel.open[s * days + t] === 1) return true;
    const own = panel.open.subarray(s * days, (s + 1) * days);
    if (own.indexOf(1) < t && own.lastIndexOf(1) > t) expected = true;
  }
  return expected ? false : void 0;
}
var round = (factor) => Number(factor.toFixed(3));

// src/calibrate/promotions-found.ts
function findPromotions(panel, fitted) {
  const offers = /* @__PURE__ */ new Map();
  const sellers = /* @__PURE__ */ new Map();
  for (const i of fitted) {
    const product = panel.product[i] ?? 0;
    const store = panel.store[i] ?? 0;
    sellers.set(product, (sellers.get(product) ?? 0) + 1);
    const [from, end] = cellsOf(panel, i, Infinity);
    const firstDay = panel.first[i] ?? 0;
    for (let cell = from; cell < end; ) {
      const step = panel.step[cell] ?? 0;
      let next = cell + 1;
      while (next < end && panel.step[next] === step) next++;
      if (step < 0) {
        const [first, last] = [firstDay + cell - from, firstDay + next - 1 - from];
        const key = [product, first, last, step].join();
        const known2 = offers.get(key);
        if (known2 === void 0) offers.set(key, { product, from: first, to: last, step, stores: [store] });
        else known2.stores.push(store);
      }
      cell = next;
    }
  }
  return [...offers.values()].sort((a, b) => a.product - b.product || a.from - b.from || a.to - b.to || a.step - b.step).map(({ product, from, to, step, stores }) => ({
    product_id: panel.products[product] ?? "",
    ...stores.length === sellers.get(product) ? {} : { stores: stores.map((store) => panel.stores[store] ?? "") },
    from: dateOf(from),
    to: dateOf(to),
    price: Number(exp(step / STEPS).toFixed(3))
  }));
}

// src/calibrate/make-world.ts
var weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
var EXPECTED_UNITS = 8;
function seasonOf(panel, groups, fit) {
  const part = (logs, count) => {
    const factors = Array.from(logs, exp);
    const counted = factors.filter((_, n) => count(n));
    const mean = counted.reduce((sum, factor) => sum + factor, 0) / Math.max(1, counted.length) || 1;
    return [factors.map((factor, n) => count(n) ? factor / mean : 1), mean];
  };
  const openDays = groups.clusters.map(
    (_, c) => weekdayNames.map(
      (_name, d) => panel.stores.some((_id, s) => clusterOf(panel, groups, s) === c && panel.shut[s]?.[d] !== true)
    )
  );
  const weekdays = groups.clusters.map(
    (_, c) => part(fit.effects.weekdays(c), (d) => openDays[c]?.[d] !== false)
  );
  const months = groups.categories.map((_, c) => part(fit.effects.months(c), () => true));
  const means = Float64Array.from(fit.level, (level, i) => {
    const g = groups.ofSeries[i] ?? 0;
    const [, weekday] = weekdays[groups.cluster[g] ?? 0] ?? [[], 1];
    const [, month] = months[groups.category[g] ?? 0] ?? [[], 1];
    return exp(level) * weekday * month;
  });
  return {
    weekdays: weekdays.map(([factors]) => factors),
    months: months.map(([factors]) => factors),
    means
  };
}
function clusterOf(panel, groups, s) {
  const i = panel.store.indexOf(s);
  return groups.cluster[groups.ofSeries[i] ?? 0] ?? 0;
}
function makeWorld(panel, groups, fit, season, base, stores, products) {
  const fitted = Array.from(panel.store.keys());
  const promotions = findPromotions(panel, fitted);
  const { policy, extra } = base ?? {};
  const byCluster = Object.fromEntries(
    groups.clusters.flatMap(
      (name, c) => name === "" ? [] : [[name, { weekdays: rounded(season.weekdays[c]) }]]
    )
  );
  const oneCategory = groups.categories.length === 1;
  const byCategory = Object.fromEntries(
    groups.categories.map((name, c) => [name, { months: rounded(season.months[c]) }])
  );
  const plain = groups.clusters.indexOf("");
  const weekdays = rounded(season.weekdays[Math.max(0, plain)]);
  const months = oneCategory ? rounded(season.months[0]) : Array.from({ length: 12 }, () => 1);
  return {
    worldFile: 1,
    stores: storesFound(panel, fit, groups, stores),
    products: productsFound(panel, season.means, products, stores),
    calendar: {
      weekdays,
      months,
      holidays: false,
      ...oneCategory ? {} : { byCategory },
      ...Object.keys(byCluster).length === 0 ? {} : { byCluster },
      promotions
    },
    demand: {
      series: seriesFound(panel, fit, season.means),
      ...promotions.length === 0 ? {} : { elasticity: fileElasticity(panel, fit) }
    },
    ...policy === void 0 ? {} : { policy },
    ...extra === void 0 ? {} : { extra }
  };
}
var rounded = (factors = []) => factors.map((factor) => Math.min(100, Number(factor.toFixed(3))));
function seriesFound(panel, fit, means) {
  const within = ([least, most], value, digits) => Math.min(most, Math.max(least, Number(value.toPrecision(digits))));
  return Array.from(panel.store, (s, i) => ({
    store_id: panel.stores[s] ?? "",
    product_id: panel.products[panel.product[i] ?? 0] ?? "",
    mean: within(ownLimits.mean, means[i] ?? 0, 4),
    dispersion: within(ownLimits.dispersion, fit.dispersion[i] ?? 1, 3)
  }));
}
function fileElasticity(panel, fit) {
  let [across, both] = [0, 0];
  for (const [cell, step] of panel.step.entries()) {
    if (step === 0) continue;
    const x = -step / 1e3;
    across += x * x;
    if (panel.promoted[cell] === 1) both += x;
  }
  const extra = across === 0 ? 0 : fit.lift * both / across;
  return Number(Math.min(10, Math.max(0, fit.elasticity + extra)).toFixed(2));
}
function storesFound(panel, fit, groups, given) {
  const ofStore = panel.stores.map(() => []);
  for (const [i, s] of panel.store.entries()) ofStore[s]?.push(panel.products[panel.product[i] ?? 0] ?? "");
  const holidays = fit.effects.holidays.map((effects) => holidaysFound(panel, effects));
  const holidayOf = new Map(groups.holidays.flatMap(({ stores }, h) => stores.map((s) => [s, holidays[h]])));
  return panel.stores.map((store_id, s) => {
    const base = given.get(store_id) ?? { store_id, timeZone: "UTC", currency: "USD" };
    const shut = weekdayNames.filter((_, d) => panel.shut[s]?.[d] === true);
    const opens = { ...Object.fromEntries(shut.map((name) => [name, null])), ...base.opens };
    const assortment = ofStore[s] ?? [];
    return {
      ...base,
      ...Object.keys(opens).length === 0 ? {} : { opens },
      holidays: holidayOf.get(s) ?? false,
      ...assortment.length === panel.products.length && base.assortment === void 0 ? {} : { assortment }
    };
  });
}
function productsFound(panel, means, given, stores) {
  const size = panel.products.length;
  const prices = panel.products.map(() => /* @__PURE__ */ new Map());
  const currencies = panel.stores.map((id, s) => {
    const store = stores.get(id);
    return store === void 0 ? "USD" : currencyFor(store, s);
  });
  const total = new Float64Array(size);
  const first = new Float64Array(size).fill(Infinity);
  const last = new Float64Array(size).fill(-Infinity);
  for (const [i, p] of panel.product.entries()) {
    const price = panel.price[i] ?? 0;
    const currency = currencies[panel.store[i] ?? 0] ?? "";
    if (price > 0) prices[p]?.set(currency, [...prices[p].get(currency) ?? [], price]);
    total[p] = (total[p] ?? 0) + (means[i] ?? 0);
    const begins = panel.first[i] ?? 0;
    first[p] = Math.min(first[p] ?? 0, begins);
    last[p] = Math.max(last[p] ?? 0, begins + (panel.offset[i + 1] ?? 0) - (panel.offset[i] ?? 0) - 1);
  }
  return panel.products.map((product_id, p) => {
    const sold = total[p] ?? 0;
    const began = ((first[p] ?? 0) - panel.firstDay) * sold > EXPECTED_UNITS;
    const ended = (panel.lastDay - (last[p] ?? 0)) * sold > EXPECTED_UNITS;
    return {
      product_id,
      ...priceIn(prices[p] ?? /* @__PURE__ */ new Map(), new Set(currencies)),
      ...began ? { launched: dateOf(first[p] ?? 0) } : {},
      ...ended ? { withdrawn: dateOf(last[p] ?? 0) } : {},
      ...given.get(product_id)
    };
  });
}
function priceIn(prices, currencies) {
  const all = [...prices.values()].flat();
  if (all.length === 0) return {};
  const within = [...currencies].map((currency) => {
    const whole = withoutHundredths.includes(currency);
    const price = median(prices.get(currency) ?? all);
    return [currency, Math.max(whole ? 1 : 0.01, Number(price.toFixed(whole ? 0 : 2)))];
  });
  const [[, only] = ["", 0]] = within;
  return { unit_price: within.length === 1 ? only : Object.fromEntries(within) };
}
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
var yearlyGrowth = (slope) => exp(365.25 * slope) - 1;

// src/calibrate/report.ts
var keys = ["0.05", "0.25", "0.5", "0.75", "0.9", "0.95"];
var MOST_DRAWN = 1e5;
function measureFit(panel, groups, fit) {
  const width = panel.lastDay - panel.firstDay + 1;
  const heldFrom = fit.days === width ? 0 : fit.days;
  const prices = priceFactors(fit);
  const covered = keys.map(() => 0);
  const sold = new Float64Array(width);
  const expected = new Float64Array(width);
  let [days, zeros, zeroChance] = [0, 0, 0];
  const out = new Uint32Array(2);
  const history = new ClassCount();
  const model = new ClassCount();
  for (let i = 0; i < panel.store.length; i++) {
    const [from, to] = cellsOf(panel, i, Infinity);
    const t0 = (panel.first[i] ?? 0) - panel.firstDay - from;
    if (from + t0 >= fit.days) continue;
    const k = fit.dispersion[i] ?? 1;
    const level = exp(fit.level[i] ?? 0);
    const base = (groups.ofSeries[i] ?? 0) * width;
    for (let cell = from; cell < to; cell++) {
      if ((panel.kind[cell] ?? CLOSED) < WHOLE) continue;
      const t = cell + t0;
      const at = priceIndex(panel.step[cell] ?? 0, panel.promoted[cell] ?? 0);
      const mean = level * (fit.effects.factor[base + t] ?? 0) * (prices[at] ?? 1);
      const units = panel.units[cell] ?? 0;
      const ranOut = panel.kind[cell] === CENSORED;
      threefry2x32(out, 1667329129, 1651663220, i, t);
      const drawn = quantile(mean, k, (out[0] ?? 0) / 4294967296, MOST_DRAWN);
      history.add(units);
      model.add(ranOut ? Math.min(units, drawn) : drawn);
      sold[t] = (sold[t] ?? 0) + units;
      const lost = ranOut ? censoredMean(mean, k, units) - units : 0;
      expected[t] = (expected[t] ?? 0) + mean - lost;
      if (t < heldFrom) continue;
      const [below, chance] = cumulative(mean, k, units);
      const rank = below + (out[1] ?? 0) / 4294967296 * (ranOut ? 1 - below : chance);
      for (const [n, key] of keys.entries()) if (rank <= Number(key)) covered[n] = (covered[n] ?? 0) + 1;
      days++;
      if (units === 0) zeros++;
      zeroChance += exp(-k * log(1 + mean / k));
    }
    history.end();
    model.end();
  }
  const share = (count) => Number((count / Math.max(1, days)).toFixed(4));
  const total = (of) => Number(
    of.subarray(heldFrom).reduce((sum, units) => sum + units, 0).toFixed(1)
  );
  return {
    // The keys are those of the type, each with its number.
    coverage: Object.fromEntries(keys.map((key, n) => [key, share(covered[n] ?? 0)])),
    zeroShare: { history: share(zeros), model: share(zeroChance) },
    classes: { history: history.shares(), model: model.shares() },
    totals: { history: total(sold), model: total(expected) },
    weeks: weeksOf(panel, sold, expected, heldFrom)
  };
}
function weeksOf(panel, sold, expected, heldFrom) {
  const weeks = [];
  for (let from = sold.length % 7; from < sold.length; from += 7) {
    const sum = (of) => Number(
      of.subarray(from, from + 7).reduce((total, units) => total + units, 0).toFixed(1)
    );
    const heldOut = heldFrom > 0 && from + 6 >= heldFrom;
    weeks.push({ from: dateOf(panel.firstDay + from), history: sum(sold), model: sum(expected), heldOut });
  }
  return weeks;
}
var ClassCount = class {
  #counts = [0, 0, 0, 0];
  #days = 0;
  #active = 0;
  #sum = 0;
  #squares = 0;
  add(units) {
    this.#days++;
    if (units === 0) return;
    this.#active++;
    this.#sum += units;
    this.#squares += units * units;
  }
  /** Ends a series. */
  end() {
    const mean = this.#sum / Math.max(1, this.#active);
    const wild = this.#active > 0 && this.#squares / this.#active / (mean * mean) - 1 >= 0.49;
    const rare = this.#active === 0 || this.#days / this.#active >= 1.32;
    const kind = (rare ? 0 : 2) + (wild ? 1 : 0);
    if (this.#days > 0) this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    this.#days = this.#active = this.#sum = this.#squares = 0;
  }
  shares() {
    const all = Math.max(
      1,
      this.#counts.reduce((sum, count) => sum + count, 0)
    );
    const [intermittent = 0, lumpy = 0, smooth = 0, erratic = 0] = this.#counts.map(
      (count) => Number((count / all).toFixed(4))
    );
    return { intermittent, lumpy, smooth, erratic };
  }
};

// src/calibrate/substitution.ts
function ownShares(panel, groups, fit, products, rate) {
  const { length } = panel.store;
  const shares = new Float64Array(length).fill(1);
  if (rate === 0) return shares;
  const prices = priceFactors(fit);
  const width = panel.lastDay - panel.firstDay + 1;
  const category = panel.products.map((id) => products.get(id)?.category ?? "General");
  let [neighbour, spilled] = [-1, 0];
  for (let i = 0; i < length; i++) {
    const [from, to] = cellsOf(panel, i, Infinity);
    const base = (groups.ofSeries[i] ?? 0) * width + (panel.first[i] ?? 0) - panel.firstDay - from;
    const level = exp(fit.level[i] ?? 0);
    let [came, lost, days] = [0, 0, 0];
    for (let cell = from; cell < to; cell++) {
      const kind = panel.kind[cell] ?? CLOSED;
      if (kind === CLOSED) continue;
      const at = priceIndex(panel.step[cell] ?? 0, panel.promoted[cell] ?? 0);
      const mean = level * (fit.effects.factor[base + cell] ?? 0) * (prices[at] ?? 1);
      const units = panel.units[cell] ?? 0;
      came += mean;
      days++;
      if (kind === BARE) lost += mean;
      if (kind === CENSORED) lost += censoredMean(mean, fit.dispersion[i] ?? 1, units) - units;
    }
    const product = panel.product[i] ?? 0;
    const follows = neighbour >= 0 && panel.store[neighbour] === panel.store[i] && category[panel.product[neighbour] ?? 0] === category[product];
    if (follows && came > 0) shares[i] = Math.max(0.2, 1 - rate * spilled * days / came);
    spilled = lost * (shares[i] ?? 1) / Math.max(1, days);
    neighbour = i;
  }
  return shares;
}

// src/calibrate/warnings.ts
var MOST_NAMES = 50;
function warningsOf(input) {
  const { table, panel, fit, means, leftOut, unusedStores, unusedProducts, described } = input;
  const all = table.flags.reduce((sum, flag) => sum | flag, 0);
  const days = panel.lastDay - panel.firstDay + 1;
  const warnings = [];
  const named = (names) => names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "");
  const listed = (names, what) => {
    if (names.length > 0) warnings.push(`${what(String(names.length))}: ${named(names)}.`);
  };
  const nameOf = (i) => `${panel.stores[panel.store[i] ?? 0] ?? ""}/${panel.products[panel.product[i] ?? 0] ?? ""}`;
  const series = Array.from(panel.store.keys());
  if ((all & STOCK_KNOWN) === 0) {
    warnings.push(
      "No stock column: demand that found an empty shelf is missing. Add in_stock, or on_hand at closing."
    );
  } else if ((all & FLAG_KNOWN) === 0) {
    warnings.push(
      "No in_stock column: on_hand at closing misses shelves that were filled again, and records that are wrong; demand may be some percent too low."
    );
  }
  if (!table.price.some((price) => price > 0)) {
    const lift = (all & PROMOTED) === 0 ? "" : " Promotions sold more, and the file has none: a promotion is a lower price.";
    warnings.push(`No price column: the file has no promotions and no prices.${lift}`);
  } else if (!panel.step.some((step) => step < 0)) {
    warnings.push(
      "Prices are never lower for some days: the elasticity cannot be told, and is the preset's."
    );
  } else if (fit.elasticity < 0) {
    warnings.push(
      `Demand is higher at higher prices (elasticity ${fit.elasticity.toFixed(2)}): the file has 0.`
    );
  }
  if (days < MONTH_DAYS)
    warnings.push(
      `${days} days: what months sell cannot be told below ${MONTH_DAYS} days, and is 1 in the file.`
    );
  if (days < TREND_DAYS)
    warnings.push(`${days} days: a trend cannot be told from months below ${TREND_DAYS} days.`);
  else if (fit.effects.trend.found) {
    const growth2 = (100 * yearlyGrowth(fit.effects.trend.slope)).toFixed(1);
    warnings.push(
      `Trend: demand changes by ${growth2} % a year. A file has no trend; it has the level of the last day.`
    );
  }
  listed(
    leftOut,
    (count) => `${count} series left out, without a sale in the last ${calibrateLimits.lastSaleDays} days`
  );
  listed(unusedStores, (count) => `${count} stores of the description left out, without a series`);
  listed(unusedProducts, (count) => `${count} products of the description left out, without a series`);
  listed(
    series.filter((i) => unitsOf2(panel, i) < calibrateLimits.fewUnits).map(nameOf),
    (count) => `${count} series with fewer than ${calibrateLimits.fewUnits} units, of which store and product say the most`
  );
  listed(
    series.filter((i) => fit.bounded[i] === 1).map(nameOf),
    (count) => `${count} series with a dispersion at the end of its range, ${ownLimits.dispersion.join(" to ")}`
  );
  const [least, most] = ownLimits.mean;
  listed(
    series.filter((i) => (means[i] ?? 0) < least || (means[i] ?? 0) > most).map(nameOf),
    (count) => `${count} series with a mean beyond what a world can have, ${least} to ${most}`
  );
  if (!described) {
    warnings.push(
      "Stores have the time zone UTC and the currency USD, products one category: describe yours in a world file."
    );
  }
  return warnings;
}
function unitsOf2(panel, i) {
  const [from, to] = cellsOf(panel, i, Infinity);
  return panel.units.subarray(from, to).reduce((sum, units) => sum + units, 0);
}

// src/calibrate/calibrate.ts
function calibrate(history, options = {}) {
  checkOptions(options, calibrateRules, invalidOption);
  const base = options.world;
  if (base !== void 0) checkReferences(base);
  if (!isIterable(history))
    throw new WorldError(
      "INVALID_HISTORY",
      "history",
      history,
      "rows, such as a list or a generator of them"
    );
  const stores = new Map(listOf(base?.stores, "stores").map((store) => [store.store_id, store]));
  const products = new Map(
    listOf(base?.products, "products").map((product) => [product.product_id, product])
  );
  const table = readRows(history);
  if (table.rows === 0) {
    const message = "The history has no row. Hand in one for each store, product and day.";
    throw new WorldError("INVALID_HISTORY", "history", 0, "one row at least", message);
  }
  const whole = makePanel(
    table,
    ordered(table.stores, stores, table, "store_id"),
    ordered(table.products, products, table, "product_id")
  );
  const { panel, left } = leaveOut(whole);
  if (panel.store.length === 0) {
    const message = `No series of the history has a sale in its last year: ${left.slice(0, 5).join(", ")}. Hand in sales.`;
    throw new WorldError("INVALID_HISTORY", "units_sold", 0, "above 0 in one row of the last year", message);
  }
  const groups = groupSeries(panel, stores, products);
  const days = panel.lastDay - panel.firstDay + 1;
  const wanted = options.holdOutDays ?? calibrateDefaults.holdOutDays;
  const holdOutDays = Math.min(wanted, Math.floor(days / 4));
  const first = fitPanel(panel, groups, days - holdOutDays);
  const { weeks, ...measured } = measureFit(panel, groups, first);
  const fit = holdOutDays === 0 ? first : fitPanel(panel, groups, days, first);
  const season = seasonOf(panel, groups, fit);
  const rate = options.substitution ?? calibrateDefaults.substitution;
  const shares = ownShares(panel, groups, fit, products, rate);
  const means = season.means.map((mean, i) => mean * (shares[i] ?? 1));
  const unused = (described, used) => {
    const names = new Set(used);
    return [...described].filter((name) => !names.has(name));
  };
  return {
    world: makeWorld(panel, groups, fit, { ...season, means }, base, stores, products),
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
        leftOut: left,
        unusedStores: unused(stores.keys(), panel.stores),
        unusedProducts: unused(products.keys(), panel.products),
        described: base !== void 0
      })
    },
    weeks
  };
}
var isIterable = (value) => typeof value === "object" && value !== null && Symbol.iterator in value;
function listOf(part, name) {
  if (typeof part !== "number") return part ?? [];
  const message = `world.${name}: a number has no names; give the list of your ${name}.`;
  throw new WorldError("INVALID_OPTION", `world.${name}`, part, `a list of ${name}`, message);
}
function ordered(found, described, table, column) {
  if (described.size === 0) return [...found].sort();
  const missing = found.findIndex((name) => !described.has(name));
  if (missing >= 0) {
    const places2 = column === "store_id" ? table.store : table.product;
    const list = column === "store_id" ? "stores" : "products";
    throw badRow(
      places2.indexOf(missing) + 1,
      column,
      found[missing],
      `one of world.${list}`,
      `Add it to \`${list}\`.`
    );
  }
  const has = new Set(found);
  return [...described.keys()].filter((name) => has.has(name));
}
export {
  calibrate,
  calibrateDefaults,
  calibrateLimits,
  salesColumns
};
//# sourceMappingURL=index.js.map