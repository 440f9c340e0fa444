import {
  ALL_GROUPS,
  DAY_MS,
  DemandTable,
  GROUPS,
  HEAD,
  RATE_CLASSES,
  RATE_STEP,
  builtInPlace,
  checkTogether,
  civilFromDays,
  currencyOf,
  demandProbabilities,
  eventId,
  exp,
  extraProblem,
  fingerprintOf,
  formatRules,
  frozenModel,
  greatestOffset,
  holidayFactor,
  holidaysOf,
  holidaysOn,
  isNo,
  isOfType,
  leastOffset,
  log,
  modelRules,
  normalDensity,
  normalQuantile,
  normalTable,
  offsetMinutes,
  onlyZoneOf,
  ownDispersionRange,
  ownDispersions,
  ownGroupOf,
  ownRules,
  placeAt,
  presets,
  productAt,
  productsOf,
  rateClassOf,
  rateMeans,
  sellingHours,
  settleCosts,
  settleOwn,
  shiftOf,
  storeAt,
  storesOf,
  storesOfShard,
  threefry2x32,
  weekdayOf,
  worldDefaults,
  worldLimits,
  zoneByName
} from "./chunk-XMUMF5LL.js";
import {
  EventBatch,
  WorldError,
  columnsOf,
  copyOfBatch,
  invalidOption,
  wrong
} from "./chunk-RECR2M4S.js";

// src/model/replenishment.ts
import { checkArgument, checkOptions, numberBetween, required } from "@store/foundation";
var amount = required(numberBetween(0, Number.MAX_VALUE));
var positive = required(numberBetween(0, Number.MAX_VALUE, { above: true }));
function reorderPoint(input) {
  checkOptions(input, reorderRules, invalidOption);
  return reorderLevel(input);
}
function reorderLevel(input) {
  const { meanPerDay, variancePerDay, leadDays, leadVariance, safetyFactor } = input;
  const exposed = leadDays + 1;
  const safety = safetyFactor * Math.sqrt(exposed * variancePerDay + meanPerDay * meanPerDay * leadVariance);
  return Math.ceil(meanPerDay * exposed + safety);
}
var reorderRules = {
  meanPerDay: amount,
  variancePerDay: amount,
  leadDays: amount,
  leadVariance: amount,
  safetyFactor: required(numberBetween(-Number.MAX_VALUE, Number.MAX_VALUE))
};
function economicOrderQuantity(orderCost, holdingCost, demandRate) {
  checkArgument("orderCost", orderCost, amount, invalidOption);
  checkArgument("holdingCost", holdingCost, positive, invalidOption);
  checkArgument("demandRate", demandRate, amount, invalidOption);
  return orderSize(orderCost, holdingCost, demandRate);
}
function orderSize(orderCost, holdingCost, demandRate) {
  return Math.sqrt(2 * orderCost * demandRate / holdingCost);
}
function newsvendorNormal(input) {
  checkOptions(input, newsvendorRules, invalidOption);
  const { holdingCost, shortageCost, mean, deviation } = input;
  const z = normalQuantile(shortageCost / (shortageCost + holdingCost));
  return {
    level: mean + z * deviation,
    cost: (holdingCost + shortageCost) * normalDensity(z) * deviation
  };
}
var newsvendorRules = {
  holdingCost: positive,
  shortageCost: positive,
  mean: amount,
  deviation: amount
};
var ordersSingleUnits = ({ policy, fixedOrderUpTo }) => policy === "newsvendor" || fixedOrderUpTo >= 0;
function newsvendorLevel(mean, dispersion, criticalRatio) {
  const pmf = demandProbabilities(mean, dispersion);
  let covered = 0;
  for (let level = 0; level < 255; level++) {
    covered += pmf[level] ?? 0;
    if (covered >= criticalRatio) return level;
  }
  return 255;
}

// src/policy/replenishment-policy.ts
var policyLimits = Object.freeze({ aheadDays: 15, salesDays: 28, quantity: 1e6, position: 1e8 });

// src/output/daily-series.ts
import { checkArgument as checkArgument2, required as required2, satisfying } from "@store/foundation";

// src/output/bounded-source.ts
var BoundedSource = class {
  #source;
  #most;
  #before;
  /** Events that may still be handed out; undefined after the source has moved. */
  #left;
  /** @param before - Events that count already; asked again after the source has moved */
  constructor(source, most, before = () => 0) {
    this.#source = source;
    this.#most = most;
    this.#before = before;
  }
  /** Events that may still be handed out. */
  get left() {
    this.#left ??= Math.max(0, this.#most - this.#before());
    return this.#left;
  }
  /** Counts again: the source stands elsewhere. */
  moved() {
    this.#left = void 0;
  }
  fill(batch) {
    const { left } = this;
    batch.length = 0;
    if (left === 0 || !this.#source.fill(batch)) return false;
    if (batch.length > left) this.#source.unfill(batch, left);
    this.#left = left - batch.length;
    return true;
  }
  unfill(batch, from) {
    this.#left = this.left + batch.length - from;
    this.#source.unfill(batch, from);
  }
};

// src/output/daily-series.ts
var NUMBERS = 6;
function dailySeriesOf(open, startMs, endMs, maxEvents) {
  return {
    [Symbol.iterator]: () => readDays(open, startMs, maxEvents === Infinity ? endMs : endOf(open, maxEvents))
  };
}
function endOf(open, maxEvents) {
  const clock = open();
  const bounded = new BoundedSource(clock, maxEvents);
  const batch = new EventBatch(8192);
  while (bounded.fill(batch)) ;
  return clock.untilMs;
}
function* readDays(open, startMs, untilMs) {
  const clock = open();
  const rows = [];
  const watch = {
    window: [startMs, untilMs],
    closed(cell, day, tally) {
      if (!tally.wholeHours) return;
      const p = cell % clock.products.length;
      const price = tally.prices[p] ?? 0;
      const flags = (tally.emptied ? 0 : 1) + (price < (tally.everyday[p] ?? 0) ? 2 : 0);
      rows.push(cell, day, tally.sold, tally.onHand, price, flags);
    },
    shrunk: () => void 0,
    counted: () => void 0,
    ordered: () => void 0
  };
  clock.observe(watch);
  const batch = new EventBatch(8192);
  for (let going = true; going && clock.reachedMs < untilMs; ) {
    going = clock.fill(batch);
    for (let at = 0; at < rows.length; at += NUMBERS) yield rowAt(clock, rows, at);
    rows.length = 0;
  }
}
function rowAt({ stores, products }, rows, at) {
  const [cell = 0, day = 0, sold = 0, onHand = 0, price = 0, flags = 0] = rows.slice(at, at + NUMBERS);
  const store = stores[Math.floor(cell / products.length)];
  const product = products[cell % products.length];
  if (store === void 0 || product === void 0) throw new RangeError(`There is no series ${cell}.`);
  return {
    store_id: store.store_id,
    product_id: product.product_id,
    date: new Date(day * DAY_MS).toISOString().slice(0, 10),
    units_sold: sold,
    on_hand: onHand,
    in_stock: (flags & 1) === 1 ? 1 : 0,
    price: price / 100,
    promotion: (flags & 2) === 2 ? 1 : 0
  };
}
var columns = [
  "store_id",
  "product_id",
  "date",
  "units_sold",
  "on_hand",
  "in_stock",
  "price",
  "promotion"
];
function dailyCsv(rows) {
  checkArgument2("rows", rows, someRows, invalidOption);
  return linesOf(rows);
}
var someRows = required2(
  satisfying(
    "the rows of `dailySeries()`",
    (value) => typeof value === "object" && value !== null && Symbol.iterator in value
  )
);
function* linesOf(rows) {
  yield `${columns.join(",")}
`;
  for (const row of rows) yield `${columns.map((column) => field(row[column])).join(",")}
`;
}
function field(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// src/chaos/chaos-options.ts
import { numberBetween as numberBetween2 } from "@store/foundation";
var chaosDefaults = Object.freeze({
  late: 0.01,
  lateMinutes: 120,
  outOfOrder: 0.02,
  duplicate: 0.01,
  dropped: 5e-3,
  corrupt: 1e-3,
  drift: 1e-3,
  skew: 0.1,
  skewSeconds: 300
});
var nothing = {
  late: 0,
  lateMinutes: 120,
  outOfOrder: 0,
  duplicate: 0,
  dropped: 0,
  corrupt: 0,
  drift: 0,
  skew: 0,
  skewSeconds: 300
};
var share = numberBetween2(0, 1);
var chaosRules = {
  late: share,
  lateMinutes: numberBetween2(1, 10080),
  outOfOrder: share,
  duplicate: share,
  dropped: share,
  corrupt: share,
  drift: share,
  skew: share,
  skewSeconds: numberBetween2(1, 86400)
};
function settleChaos(options) {
  if (options === void 0 || options === false) return void 0;
  if (options === true) return chaosDefaults;
  const given = Object.entries(options).filter(([, value]) => value !== void 0);
  const chaos = { ...nothing, ...Object.fromEntries(given) };
  if (chaos.corrupt + chaos.drift > 1) {
    const allowed = `at most 1 less \`corrupt\`, ${1 - chaos.corrupt}`;
    throw new WorldError("INVALID_OPTION", "chaos.drift", chaos.drift, allowed);
  }
  return chaos;
}

// src/world/create-world.ts
import { checkOptions as checkOptions4 } from "@store/foundation";

// src/chaos/broken-line.ts
var CORRUPT = 1;
var drifts = [
  ({ current_stock, ...rest }) => ({ ...rest, stock_level: current_stock }),
  (event) => ({ ...event, current_stock: String(event.current_stock) }),
  (event) => ({ ...event, schema_version: 2 }),
  (event) => Object.fromEntries(Object.entries(event).filter(([name2]) => name2 !== "product_name"))
];
function brokenLine(fault, event, choice) {
  if (fault !== CORRUPT) {
    const drift = drifts[choice % drifts.length];
    return `${JSON.stringify(drift === void 0 ? event : drift(Object.fromEntries(Object.entries(event ?? {}))))}
`;
  }
  const line = JSON.stringify(event);
  const cut = 1 + choice * 37 % (line.length - 2);
  switch (choice % 3) {
    case 0:
      return `${line.slice(0, cut)}
`;
    case 1:
      return `${line.slice(0, cut)}\0${line.slice(cut)}
`;
    default:
      return `${line.slice(0, -1)},}
`;
  }
}

// src/chaos/event-queue.ts
var MOST_HELD = 256;
var EventQueue = class {
  #displaced;
  /** By `due`, and as they came, up to `#sorted`; the rest came since. */
  #waiting = [];
  #sorted = 0;
  /** Events whose turn is over and that let others pass, and how many have passed. */
  #held = [];
  #passed = [];
  /** In the order in which they come out. */
  #ready = [];
  #fromMs = -Infinity;
  #out = 0;
  /** @param displaced - is called with each event that comes out behind a later one because of its `behind` */
  constructor(displaced) {
    this.#displaced = displaced;
  }
  /** Forgets everything; what comes out before an instant is passed over. */
  clear(fromMs) {
    this.load({ waiting: [], held: [], passed: [], ready: [], fromMs });
  }
  add(event) {
    this.#waiting.push(event);
  }
  /** Decides the places of the events whose turn is before an instant; false while none is ready. */
  release(safeMs) {
    if (this.#sorted < this.#waiting.length) {
      this.#waiting.sort((a, b) => a.due - b.due);
      this.#sorted = this.#waiting.length;
    }
    let turn = 0;
    for (; (this.#waiting[turn]?.due ?? Infinity) < safeMs; turn++) {
      const event = this.#waiting[turn];
      if (event !== void 0) this.#turnOf(event);
    }
    this.#waiting.splice(0, turn);
    this.#sorted = this.#waiting.length;
    if (safeMs === Infinity && this.#waiting.length === 0) this.#releaseNewest();
    return this.#ready.length > 0;
  }
  /** Takes what comes out next. */
  take(most) {
    return this.#ready.splice(0, most);
  }
  /** Events that were taken or passed over. */
  get taken() {
    return this.#out - this.#ready.length;
  }
  /** Puts back what was taken last: it comes out again. */
  putBack(events) {
    this.#ready.unshift(...events);
  }
  saved() {
    return {
      waiting: this.#waiting,
      held: this.#held,
      passed: this.#passed,
      ready: this.#ready,
      out: this.#out,
      fromMs: this.#fromMs === -Infinity ? null : this.#fromMs
    };
  }
  load({ waiting, held, passed, ready, out = 0, fromMs }) {
    this.#waiting = [...waiting];
    this.#sorted = 0;
    this.#held = [...held];
    this.#passed = [...passed];
    this.#ready = [...ready];
    this.#out = out;
    this.#fromMs = fromMs ?? -Infinity;
  }
  #turnOf(event) {
    if (event.behind === 0) this.#comeOut(event, event.due);
    else {
      this.#held.push(event);
      this.#passed.push(0);
      if (this.#held.length > MOST_HELD) this.#releaseNewest();
    }
  }
  /** An event comes out in its turn, and behind it those that have let enough pass. */
  #comeOut(event, atMs) {
    this.#emit(event, atMs);
    if (this.#held.length === 0) return;
    const held = this.#held;
    const passed = this.#passed;
    let kept = 0;
    for (const [n, other] of held.entries()) {
      const count = (passed[n] ?? 0) + (event.time > other.time ? 1 : 0);
      if (count >= other.behind) {
        this.#displaced(other);
        this.#emit(other, atMs);
      } else {
        held[kept] = other;
        passed[kept++] = count;
      }
    }
    held.length = passed.length = kept;
  }
  #releaseNewest() {
    const newest = this.#held.pop();
    const passedIt = this.#passed.pop() ?? 0;
    if (newest === void 0) return;
    if (passedIt > 0) this.#displaced(newest);
    this.#emit(newest, newest.due);
    for (const [n, other] of this.#held.entries()) {
      if (other.time < newest.time || (this.#passed[n] ?? 0) > 0) this.#displaced(other);
      this.#emit(other, newest.due);
    }
    this.#held = [];
    this.#passed = [];
  }
  #emit(event, atMs) {
    this.#out++;
    if (atMs >= this.#fromMs) this.#ready.push(event);
  }
};

// src/chaos/chaos-source.ts
var FIRST_DRAW = 805381;
var DOUBLED_AFTER_MS = 3e4;
var HELD_BEFORE_MS = 36e5;
var share2 = (word) => word / 4294967296;
var ChaosSource = class {
  #clock;
  #chaos;
  #onFault;
  #pulled = new EventBatch(256);
  #skew;
  #queue;
  #handed = [];
  /** Nothing that is still to be pulled can come out before this. */
  #safeMs = -Infinity;
  constructor(clock, chaos, onFault = () => void 0) {
    this.#clock = clock;
    this.#chaos = chaos;
    this.#onFault = onFault;
    this.#queue = new EventQueue(({ store, sequence, time }) => {
      onFault(store, sequence, "out_of_order", 0, time);
    });
    this.#skew = clock.stores.map(({ index }) => {
      const [whether, how] = clock.randomness.ofStore(index, 5);
      return share2(whether) < chaos.skew ? Math.round((2 * share2(how) - 1) * chaos.skewSeconds * 1e3) : 0;
    });
  }
  /** Right in a world that was read from its start on, or sought with `counting`. */
  get handed() {
    this.#makeReady();
    return this.#queue.taken;
  }
  /** Goes to the first event that comes out at or after an instant; to count what it passes over takes all days before. */
  skipTo(ms, startMs, counting) {
    this.#queue.clear(ms);
    this.#handed = [];
    this.#safeMs = -Infinity;
    const longest = this.#chaos.lateMinutes * 6e4 + DOUBLED_AFTER_MS + HELD_BEFORE_MS;
    this.#clock.skipTo(counting ? startMs : Math.max(startMs, ms - longest));
  }
  /** What is on its way, for a snapshot. */
  get waiting() {
    return [Number.isFinite(this.#safeMs) ? this.#safeMs : null, this.#queue.saved()];
  }
  /** Takes what a snapshot held. */
  resume(waiting) {
    const [safeMs, saved] = waiting;
    this.#safeMs = safeMs ?? -Infinity;
    this.#queue.load(saved);
    this.#handed = [];
  }
  fill(batch) {
    this.#makeReady();
    this.#handed = this.#queue.take(batch.capacity);
    const into = columnsOf(batch);
    for (const [n, { values }] of this.#handed.entries())
      into.forEach((column, c) => column[n] = values[c] ?? 0);
    batch.length = this.#handed.length;
    return batch.length > 0;
  }
  unfill(batch, from) {
    this.#queue.putBack(this.#handed.slice(from));
    this.#handed = this.#handed.slice(0, from);
    batch.length = from;
  }
  #makeReady() {
    while (!this.#queue.release(this.#safeMs)) if (!this.#pull()) break;
  }
  /** Takes events from the clock; false once nothing is left to wait for. */
  #pull() {
    const pulled = this.#pulled;
    if (this.#safeMs === Infinity) return false;
    if (!this.#clock.fill(pulled)) {
      this.#safeMs = Infinity;
      return true;
    }
    for (let n = 0; n < pulled.length; n++) this.#decide(pulled, n);
    this.#safeMs = pulled.time[pulled.length - 1] ?? this.#safeMs;
    return true;
  }
  #decide(pulled, n) {
    const { late, lateMinutes, outOfOrder, duplicate, dropped, corrupt, drift } = this.#chaos;
    const store = pulled.store[n] ?? 0;
    const sequence = pulled.sequence[n] ?? 0;
    const { randomness, stores } = this.#clock;
    const at = stores[store]?.index ?? 0;
    const words = (draw) => randomness.ofEvent(at, sequence, FIRST_DRAW + draw);
    const time = pulled.time[n] ?? 0;
    const report = (fault2, milliseconds = 0) => {
      this.#onFault(store, sequence, fault2, milliseconds, time);
    };
    const skew = this.#skew[store] ?? 0;
    if (skew !== 0) report("skew", skew);
    const [drop, delay] = words(0);
    if (share2(drop) < dropped) {
      report("dropped");
      return;
    }
    const [order, double] = words(1);
    const [broken, later] = words(2);
    let due = time;
    let behind = 0;
    if (share2(delay) < late) {
      due += Math.ceil(share2(later) ** 2 * lateMinutes * 6e4);
      report("late", due - time);
    } else if (share2(order) < outOfOrder) behind = 1 + (order & 3);
    const fault = share2(broken) < corrupt ? 1 : share2(broken) < corrupt + drift ? 2 : 0;
    if (fault !== 0) report(fault === 1 ? "corrupt" : "drift");
    const values = columnsOf(pulled).map((column) => column[n] ?? 0);
    values[0] = time + skew;
    values[values.length - 1] = fault;
    this.#queue.add({ due, time, store, sequence, behind, values });
    if (share2(double) < duplicate) {
      report("duplicate");
      const again = due + 1 + double % DOUBLED_AFTER_MS;
      this.#queue.add({ due: again, time, store, sequence, behind: 0, values });
    }
  }
};

// src/model/randomness.ts
var PRODUCTS = 2147483648;
var STORES = 3221225472;
var ALWAYS = 4294967040;
var Randomness = class _Randomness {
  key0;
  key1;
  #out = new Uint32Array(2);
  /** @param seed - 0 to 2^53 - 1, or the lower half of the key with the upper one beside it */
  constructor(seed, key1 = Math.floor(seed / 4294967296)) {
    this.key0 = seed >>> 0;
    this.key1 = key1;
  }
  /** What is fixed about a store. */
  ofStore(store, draw) {
    return this.#at(STORES + store, (ALWAYS | draw) >>> 0);
  }
  /** What is fixed about a product. */
  ofProduct(product, draw) {
    return this.#at(PRODUCTS + product, (ALWAYS | draw) >>> 0);
  }
  /** What a product does in a week. */
  ofProductWeek(product, week, draw) {
    return this.#at(PRODUCTS + product, (week << 8 | draw) >>> 0);
  }
  /** What is fixed about a series. */
  ofSeries(series, draw) {
    return this.#at(series, (ALWAYS | draw) >>> 0);
  }
  /** What a whole store's day is like. */
  ofStoreDay(store, day) {
    return this.#at(STORES + store, (day << 8 | 6) >>> 0)[0];
  }
  /** The same addresses for a group of stores by its name. */
  ofGroup(name2) {
    let hash = 2166136261;
    for (const character of name2) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
    return new _Randomness(this.key0 ^ hash, this.key1 ^ 668265263);
  }
  /** The same addresses under other keys: those of one store. */
  ofKeys(key0, key1) {
    return new _Randomness(key0, key1);
  }
  /** What happens to one event of a store, apart from everything above by a key of its own. */
  ofEvent(store, sequence, draw) {
    threefry2x32(this.#out, this.key0 ^ draw, this.key1 ^ 1540483477, store, sequence >>> 0);
    return [this.#out[0] ?? 0, this.#out[1] ?? 0];
  }
  #at(c0, c1) {
    threefry2x32(this.#out, this.key0, this.key1, c0, c1);
    return [this.#out[0] ?? 0, this.#out[1] ?? 0];
  }
};
function below(word, range) {
  return word * range / 4294967296 | 0;
}

// src/day/series-state.ts
var DRAWN = 65535;
var DRAWN_GROUP = 255;
var NEVER = 2147483647;
var MOST_STOCK = 6e4;
var LATE_BIT = 128;
var cached;
function demandRows(model, ownGroups = /* @__PURE__ */ new Set()) {
  const used = [...ownGroups].sort((a, b) => a - b);
  const key = [model.fixedMean, model.logDispersion, model.logDispersionSpread, ...used].join();
  if (cached?.key !== key) cached = { key, rows: buildRows(model, used) };
  return cached.rows;
}
function modelDispersions(model) {
  return Float64Array.from(
    { length: GROUPS },
    (_, group) => exp(model.logDispersion + model.logDispersionSpread * normalQuantile((group + 0.5) / GROUPS))
  );
}
function buildRows(model, ownGroups) {
  if (model.fixedMean > 0) {
    return rowsOf(Float64Array.of(model.fixedMean), Float64Array.of(Infinity));
  }
  const dispersions = new Float64Array(Math.max(GROUPS, ...ownGroups.map((group) => group + 1)));
  dispersions.set(modelDispersions(model));
  const grid = ownDispersions();
  for (const group of ownGroups) dispersions[group] = grid[group - GROUPS] ?? 0;
  return rowsOf(rateMeans(), dispersions);
}
var rowsOf = (means, dispersions) => ({
  table: new DemandTable(means, dispersions),
  dispersions,
  means,
  topClass: means.length - 1
});
var groupOf = (traits) => traits & 7 | traits >>> 2 & 24;
var noProducts = new Int32Array(0);
function createSeries(input) {
  const { model, rows, randomness, stores, products, layout, demand, day, ordered } = input;
  const { length } = layout;
  const state = {
    length,
    physical: new Int32Array(length),
    recorded: new Int32Array(length),
    onOrder: new Int32Array(length),
    dueDay: new Int32Array(length).fill(NEVER),
    rateClass: new Uint16Array(length),
    threshold: new Uint16Array(length),
    upTo: new Uint16Array(length),
    traits: new Uint8Array(length)
  };
  const normals = normalTable();
  const normal2 = (word) => normals[word >>> 20] ?? 0;
  const productEffects = products.map(({ index }) => normal2(randomness.ofProduct(index, 0)[0]));
  const [leastLead, mostLead] = model.leadDays;
  const leadVariance = model.lateDays * model.lateDays * model.lateRate * (1 - model.lateRate);
  const share3 = { store: Math.sqrt(model.storeShare), product: Math.sqrt(model.productShare) };
  const pairShare = Math.sqrt(Math.max(0, 1 - model.storeShare - model.productShare));
  const levels = /* @__PURE__ */ new Map();
  let i = 0;
  for (let s = 0; s < stores.length; s++) {
    const storeEffect = normal2(randomness.ofStore(stores[s]?.index ?? 0, 0)[0]);
    const draws = randomness.ofKeys(layout.key0[s] ?? 0, layout.key1[s] ?? 0);
    const list = layout.lists[s] ?? noProducts;
    for (let k = 0; k < list.length; k++) {
      const p = list[k] ?? 0;
      const pack = products[p]?.packUnits ?? 1;
      const g = (layout.firstId[s] ?? 0) + p;
      const words = draws.ofSeries(g, 0);
      const pair = words[0];
      const other = words[1];
      const effect = share3.store * storeEffect + share3.product * (productEffects[p] ?? 0) + pairShare * normal2(pair);
      const drawn = model.fixedMean > 0 ? 0 : rateClassOf(model.logMean + model.logMeanSpread * effect);
      const ownRate = demand?.rateClass[i] ?? DRAWN;
      const rate = ownRate === DRAWN ? drawn : ownRate;
      const ownGroup = demand?.group[i] ?? DRAWN_GROUP;
      const group = model.fixedMean > 0 ? 0 : ownGroup === DRAWN_GROUP ? other & 7 : ownGroup;
      const lead = leastLead + (other >>> 3 & 255) % (mostLead - leastLead + 1);
      const mean = rows.means[rate] ?? 0;
      const dispersion = rows.dispersions[group] ?? 1;
      const { threshold, upTo } = levelsOf(
        mean,
        dispersion,
        lead,
        pack,
        rate * ALL_GROUPS + group
      );
      state.rateClass[i] = rate;
      state.traits[i] = group & 7 | (group & 24) << 2 | lead - leastLead << 3;
      state.threshold[i] = threshold;
      state.upTo[i] = upTo;
      const first = draws.ofSeries(g, 1);
      const position = first[0];
      const open = first[1];
      const waiting = ordered && lead > 0 && (open & 3) === 0;
      const stock = waiting ? position % Math.max(1, threshold) : threshold + position % Math.max(1, upTo - threshold + 1);
      state.physical[i] = stock;
      state.recorded[i] = stock;
      if (waiting) {
        state.onOrder[i] = Math.ceil((upTo - stock) / pack) * pack;
        state.dueDay[i] = day + 1 + (open >>> 2) % lead;
      }
      i++;
    }
  }
  return state;
  function levelsOf(mean, dispersion, lead, pack, row) {
    const variance = mean + mean * mean / dispersion;
    const computed = Math.max(
      model.leastReorderPoint,
      reorderLevel({
        meanPerDay: mean,
        variancePerDay: variance,
        leadDays: lead,
        leadVariance,
        safetyFactor: model.safetyFactor
      })
    );
    const threshold = model.fixedReorderPoint >= 0 ? model.fixedReorderPoint : Math.min(MOST_STOCK / 2, computed);
    if (model.fixedOrderUpTo >= 0) return { threshold, upTo: Math.max(threshold, model.fixedOrderUpTo) };
    switch (model.policy) {
      case "newsvendor": {
        const key = row * 16 + lead;
        const level = levels.get(key) ?? newsvendorLevel(mean * (lead + 1), dispersion * (lead + 1), model.criticalRatio);
        levels.set(key, level);
        return { threshold: Math.max(1, Math.ceil(mean)), upTo: Math.max(1, level) };
      }
      case "RS":
        return {
          threshold,
          upTo: Math.min(MOST_STOCK, Math.max(threshold + 1, Math.ceil(threshold + mean * model.reviewDays)))
        };
      case "sS":
      case "sQ": {
        const quantity = Math.max(pack, Math.round(orderSize(model.orderCostRatio, 1, mean)));
        return { threshold, upTo: Math.min(MOST_STOCK, threshold + quantity) };
      }
    }
  }
}
function priceShift(elasticity, ratio) {
  return -elasticity * log(ratio);
}

// src/own/own-demand.ts
function ownDemand(demand, model, stores, products, layout, randomness) {
  const { series = [], memory = 0 } = demand ?? {};
  if (series.length === 0 && memory === 0) return void 0;
  const rateClass = new Uint16Array(layout.length).fill(DRAWN);
  const group = new Uint8Array(layout.length).fill(DRAWN_GROUP);
  if (memory > 0) drawGroups(group, memory, model, stores, layout, randomness);
  const storeAt2 = new Map(stores.map(({ store_id }, s) => [store_id, s]));
  const productAt2 = new Map(products.map(({ product_id }, p) => [product_id, p]));
  for (const { store_id, product_id, mean, dispersion } of series) {
    const s = storeAt2.get(store_id);
    const p = productAt2.get(product_id);
    if (s === void 0 || p === void 0) continue;
    const i = layout.seriesOf(s * products.length + p);
    rateClass[i] = rateClassOf(log(mean));
    if (dispersion !== void 0) group[i] = ownGroupOf(roomFor(dispersion, memory));
  }
  return { rateClass, group };
}
function usedGroups(demand) {
  const used = /* @__PURE__ */ new Set();
  for (const group of demand?.group ?? []) if (group >= GROUPS && group < ALL_GROUPS) used.add(group);
  return used;
}
function roomFor(dispersion, memory) {
  if (memory === 0) return dispersion;
  const ofLevel = exp(memory * memory) - 1;
  const left = (1 / dispersion - ofLevel) / (1 + ofLevel);
  const [least, most] = ownDispersionRange;
  return left <= 1 / most ? most : Math.max(least, 1 / left);
}
function drawGroups(group, memory, model, stores, layout, randomness) {
  const moved = Uint8Array.from(
    modelDispersions(model),
    (dispersion) => ownGroupOf(roomFor(dispersion, memory))
  );
  for (const s of stores.keys()) {
    const draws = randomness.ofKeys(layout.key0[s] ?? 0, layout.key1[s] ?? 0);
    let i = layout.offsets[s] ?? 0;
    for (const p of layout.lists[s] ?? []) {
      const [, other] = draws.ofSeries((layout.firstId[s] ?? 0) + p, 0);
      group[i++] = moved[other & 7] ?? DRAWN_GROUP;
    }
  }
}

// src/day/built-in-days.ts
var MINUTE_MS = 6e4;
var depths = [0.9, 0.85, 0.8, 0.7];
var BuiltInDays = class {
  /** Price of each product, hundredths. */
  prices;
  everyday;
  storeShift = 0;
  idle = void 0;
  opensAt = 0;
  closesAt = 0;
  /** Prices of weeks of even and of odd number. */
  #priceWeeks;
  /** Rate classes to add to each product's own. */
  shift;
  /** 1 for each product whose price is new today. */
  changed;
  /** Whether stores stay closed. */
  closed = false;
  /** Days directly before on which stores were closed by a factor of 0, for counts that fell on them. */
  closedBefore = 0;
  /** Whether any price is new today. */
  anyChanged = false;
  #weeks = [-1, -1];
  #model;
  #products;
  #randomness;
  #stores;
  #day = -1;
  constructor(model, stores, products, randomness) {
    this.#model = model;
    this.#stores = stores;
    this.#products = products;
    this.#randomness = randomness;
    this.#priceWeeks = [new Int32Array(products.length), new Int32Array(products.length)];
    this.prices = this.#priceWeeks[0];
    this.everyday = Int32Array.from(products, ({ priceCents }) => priceCents);
    this.shift = new Int16Array(products.length);
    this.changed = new Uint8Array(products.length);
  }
  of(day, s) {
    if (day !== this.#day) this.#turnTo(day);
    const store = this.#stores[s];
    this.opensAt = (store?.opensAtMinute ?? 0) * MINUTE_MS;
    this.closesAt = (store?.closesAtMinute ?? 0) * MINUTE_MS;
    return this;
  }
  /** Whether stores are closed on a local day. A factor of 0 closes them: it is no small number. */
  closedOn(_s, _p, day) {
    return this.#season(day) === 0 || this.#model.holidays && holidayFactor(day) === 0;
  }
  #turnTo(day) {
    this.#day = day;
    const model = this.#model;
    const week = Math.floor((day + 3) / 7);
    const now = this.prices = this.#pricesOf(week);
    const before = this.#pricesOf(week - 1);
    const monday = weekdayOf(day) === 0;
    this.closed = this.closedOn(0, 0, day);
    if (this.closed) return;
    this.closedBefore = 0;
    while (this.#season(day - 1 - this.closedBefore) === 0) this.closedBefore++;
    const logFactor = log(this.#season(day) * (model.holidays ? holidayFactor(day) : 1));
    this.anyChanged = false;
    for (let p = 0; p < now.length; p++) {
      const priceCents = this.everyday[p] ?? 0;
      const price = now[p] ?? 0;
      const change = price === priceCents ? 0 : priceShift(model.priceElasticity, price / priceCents);
      this.shift[p] = shiftOf(logFactor + change);
      const changed = monday && price !== before[p];
      this.changed[p] = changed ? 1 : 0;
      this.anyChanged ||= changed;
    }
  }
  #season(day) {
    const { weekdays: weekdays2, months } = this.#model;
    return (weekdays2[weekdayOf(day)] ?? 1) * (months[civilFromDays(day).month - 1] ?? 1);
  }
  #pricesOf(week) {
    const slot = week % 2 === 0 ? 0 : 1;
    const prices = this.#priceWeeks[slot];
    if (this.#weeks[slot] === week) return prices;
    this.#weeks[slot] = week;
    const limit2 = Math.floor(this.#model.promotionRate * 4294967296);
    for (let p = 0; p < prices.length; p++) {
      const priceCents = this.everyday[p] ?? 0;
      const words = this.#randomness.ofProductWeek(this.#products[p]?.index ?? 0, week, 1);
      prices[p] = words[0] < limit2 ? Math.max(1, Math.round(priceCents * (depths[words[1] >>> 30] ?? 1))) : priceCents;
    }
    return prices;
  }
};

// src/day/series-layout.ts
var SeriesLayout = class {
  /** How many series there are. */
  length;
  products;
  /** Position of each store's first series. */
  offsets;
  /** Products of each store, in the order of their numbers. */
  lists;
  /** Keys of each store's random numbers, and what is added to a product's number for its address. */
  key0;
  key1;
  firstId;
  /**
   * @param own - Addresses that do not depend on how many products there are: each store has keys of its own, so that
   * what is appended leaves older series as they are.
   */
  constructor(stores, products, randomness, own, lists = []) {
    const all = Int32Array.from({ length: products }, (_, p) => p);
    this.products = products;
    this.lists = stores.map((_, s) => lists[s] ?? all);
    this.offsets = new Int32Array(stores.length + 1);
    this.key0 = new Int32Array(stores.length);
    this.key1 = new Int32Array(stores.length);
    this.firstId = new Int32Array(stores.length);
    for (const [s, { index }] of stores.entries()) {
      this.offsets[s + 1] = (this.offsets[s] ?? 0) + (this.lists[s]?.length ?? 0);
      const [key0, key1] = own ? randomness.ofStore(index, 7) : [randomness.key0, randomness.key1];
      this.key0[s] = key0;
      this.key1[s] = key1;
      this.firstId[s] = own ? Math.imul(index, 2654435761) >>> 3 : index * products;
    }
    this.length = this.offsets[stores.length] ?? 0;
  }
  /** Position of a cell's series; -1 where the store does not sell the product. */
  seriesOf(cell) {
    const s = Math.floor(cell / this.products);
    const p = cell - s * this.products;
    const list = this.lists[s];
    const first = this.offsets[s] ?? 0;
    if (list === void 0) return -1;
    if (list.length === this.products) return first + p;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = low + high >> 1;
      if ((list[middle] ?? 0) < p) low = middle + 1;
      else high = middle;
    }
    return list[low] === p ? first + low : -1;
  }
};

// src/own/own-products.ts
function ownProducts(inputs, randomness) {
  return Object.freeze(
    inputs.map((input, index) => {
      const drawn = productAt(index, inputs.length, randomness);
      const { product_id, product_name = product_id, category = "General", packUnits, unit_price } = input;
      const [firstName = product_id] = typeof product_name === "string" ? [product_name] : Object.values(product_name);
      const [firstPrice] = typeof unit_price === "object" ? Object.values(unit_price) : [unit_price];
      return Object.freeze({
        index,
        product_id,
        product_name: firstName,
        category,
        unit: "piece",
        priceCents: firstPrice === void 0 ? 100 + randomness.ofProduct(index, 1)[0] % 900 : centsOf(firstPrice),
        packUnits: packUnits ?? drawn.packUnits,
        ...input.shelfLifeDays === void 0 ? {} : { shelfLifeDays: input.shelfLifeDays },
        input
      });
    })
  );
}
var centsOf = (price) => Math.round(price * 100);

// src/own/promotions.ts
var dayNumber = (date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
var Promotions = class {
  /** Of every store, and of each store alone, by its position in the shard. */
  #everywhere;
  #inStore;
  #products;
  #randomness;
  /** Share of product-weeks that the preset's model promotes. */
  #rate;
  #weeks = /* @__PURE__ */ new Map();
  #days = /* @__PURE__ */ new Map();
  constructor(given, modelRate, stores, products, randomness) {
    this.#products = products;
    this.#randomness = randomness;
    this.#rate = given === void 0 ? modelRate : 0;
    const storeAt2 = new Map(stores.map(({ store_id }, s) => [store_id, s]));
    const productAt2 = new Map(products.map(({ product_id }, p) => [product_id, p]));
    const everywhere = [];
    const inStore = /* @__PURE__ */ new Map();
    for (const { product_id, stores: some, from, to, price } of given ?? []) {
      const promotion = {
        product: productAt2.get(product_id) ?? -1,
        from: dayNumber(from),
        to: dayNumber(to),
        price
      };
      if (some === void 0) everywhere.push(promotion);
      for (const id of some ?? []) {
        const s = storeAt2.get(id);
        if (s !== void 0) inStore.set(s, [...inStore.get(s) ?? [], promotion]);
      }
    }
    this.#everywhere = everywhere;
    this.#inStore = inStore;
  }
  /** Shares of every store on a day, 1 where a product is at its everyday price. */
  everywhere(day) {
    const known = this.#days.get(day);
    if (known !== void 0) return known;
    const shares = new Float64Array(this.#products.length).fill(1);
    if (this.#rate > 0) shares.set(this.#week(Math.floor((day + 3) / 7)));
    for (const { product, from, to, price } of this.#everywhere) {
      if (day >= from && day <= to) shares[product] = Math.min(shares[product] ?? 1, price);
    }
    if (this.#days.size > 7) this.#days.clear();
    this.#days.set(day, shares);
    return shares;
  }
  /** Products that one store alone promotes on a day, with the lowest share of each. */
  inStore(s, day) {
    const shares = /* @__PURE__ */ new Map();
    for (const { product, from, to, price } of this.#inStore.get(s) ?? []) {
      if (day >= from && day <= to) shares.set(product, Math.min(shares.get(product) ?? 1, price));
    }
    return shares;
  }
  /** The model's promotions of a week; the last few weeks are kept. */
  #week(week) {
    const known = this.#weeks.get(week);
    if (known !== void 0) return known;
    const limit2 = Math.floor(this.#rate * 4294967296);
    const shares = new Float64Array(this.#products.length).fill(1);
    for (const [p, { index }] of this.#products.entries()) {
      const [promotion, depth] = this.#randomness.ofProductWeek(index, week, 1);
      if (promotion < limit2) shares[p] = depths[depth >>> 30] ?? 1;
    }
    if (this.#weeks.size > 3) this.#weeks.clear();
    this.#weeks.set(week, shares);
    return shares;
  }
};

// src/own/season.ts
function groupsOf(model, calendar) {
  const { byCategory = {}, byCluster = {} } = calendar;
  const categories = Object.values(byCategory);
  const groups = /* @__PURE__ */ new Map();
  const usual = calendar.holidays ?? model.holidays ? holidayFactor : () => 1;
  const holidays = /* @__PURE__ */ new Map();
  function holidayOf({ holidays: given }) {
    if (given === void 0) return ["usual", usual];
    if (given === false) return ["none", () => 1];
    const key = JSON.stringify(given);
    const factor = holidays.get(key) ?? (typeof given === "string" ? holidaysOf(given) : holidaysOn(given));
    holidays.set(key, factor);
    return [key, factor];
  }
  return (store, currency) => {
    const { cluster = "", hours, location } = store;
    const south = location.latitude < 0;
    const shut = Array.from({ length: 7 }, (_, day) => hours?.[day] === null);
    const [holidayKey, holiday] = holidayOf(store);
    const known = Object.hasOwn(byCluster, cluster);
    const key = JSON.stringify([currency, cluster, south, shut, holidayKey]);
    const found = groups.get(key);
    if (found !== void 0) return found;
    const ofCluster = known ? byCluster[cluster] ?? {} : {};
    const months = calendar.months ?? (south ? turned(model.months) : model.months);
    const base = {
      weekdays: ofCluster.weekdays ?? calendar.weekdays ?? model.weekdays,
      months: ofCluster.months ?? months
    };
    const seasons = [base, ...categories.map((own) => ({ ...base, ...own }))];
    const group = { key, currency, seasons, holiday, shut, cluster };
    groups.set(key, group);
    return group;
  };
}
var turned = (months) => [...months.slice(6), ...months.slice(0, 6)];
function seasonFactor({ weekdays: weekdays2, months }, day) {
  return (weekdays2[weekdayOf(day)] ?? 1) * (months[civilFromDays(day).month - 1] ?? 1);
}
function closedIn(group, day) {
  const [base] = group.seasons;
  return group.shut[weekdayOf(day)] === true || base !== void 0 && seasonFactor(base, day) === 0 || group.holiday(day) === 0;
}

// src/own/own-days.ts
var MINUTE_MS2 = 6e4;
var KEPT_SHEETS = 8;
var LONGEST_CLOSURE = 400;
var OwnDays = class {
  #stores;
  #products;
  #randomness;
  #elasticity;
  #shocks;
  #promotions;
  #groups;
  #everyday;
  /** Position of each product's season in its groups. */
  #kind;
  /** First and last day of sale of each product. */
  #first;
  #last;
  #local = /* @__PURE__ */ new Map();
  #sheets = [];
  #turn = 0;
  #patched;
  #undo = [];
  constructor(own, model, stores, products, randomness) {
    const { calendar = {}, demand = {} } = own;
    this.#stores = stores;
    this.#products = products;
    this.#randomness = randomness;
    this.#elasticity = demand.elasticity ?? model.priceElasticity;
    this.#shocks = { store: demand.shocks?.store ?? 0, local: demand.shocks?.local ?? 0 };
    this.#promotions = new Promotions(calendar.promotions, model.promotionRate, stores, products, randomness);
    const currencies = stores.map(({ currency, location }) => currency ?? currencyOf(location.country));
    const groupOf2 = groupsOf(model, calendar);
    this.#groups = stores.map((store, s) => groupOf2(store, currencies[s] ?? ""));
    this.#everyday = new Map(
      [...new Set(currencies)].map((currency) => [currency, pricesIn(products, currency)])
    );
    const kinds = Object.keys(calendar.byCategory ?? {});
    this.#kind = Uint16Array.from(products, ({ category }) => kinds.indexOf(category) + 1);
    this.#first = Float64Array.from(
      products,
      ({ input }) => input?.launched === void 0 ? -Infinity : dayNumber(input.launched)
    );
    this.#last = Float64Array.from(
      products,
      ({ input }) => input?.withdrawn === void 0 ? Infinity : dayNumber(input.withdrawn)
    );
  }
  of(day, s) {
    this.#takeBack();
    const group = this.#groups[s];
    const store = this.#stores[s];
    if (group === void 0 || store === void 0) throw new RangeError(`There is no store ${s}.`);
    const closed = closedIn(group, day);
    const sheet = closed ? this.#anySheet() : this.#sheetOf(group, day);
    if (!closed) this.#patch(sheet, group, s, day);
    const hours = store.hours?.[weekdayOf(day)] ?? [store.opensAtMinute, store.closesAtMinute];
    return {
      closed,
      closedBefore: sheet.closedBefore,
      opensAt: hours[0] * MINUTE_MS2,
      closesAt: hours[1] * MINUTE_MS2,
      shift: sheet.shift,
      storeShift: this.#storeShift(store, day),
      changed: sheet.changed,
      anyChanged: sheet.anyChanged || this.#undo.length > 0,
      prices: sheet.prices,
      everyday: this.#everyday.get(group.currency) ?? sheet.prices,
      idle: sheet.anyIdle ? sheet.idle : void 0
    };
  }
  closedOn(s, p, day) {
    const group = this.#groups[s];
    return group === void 0 || closedIn(group, day) || this.#isIdle(group, p, day);
  }
  #isIdle(group, p, day) {
    const season = group.seasons[this.#kind[p] ?? 0];
    return this.#isOffSale(p, day) || season !== void 0 && seasonFactor(season, day) === 0;
  }
  #isOffSale(p, day) {
    return day < (this.#first[p] ?? 0) || day > (this.#last[p] ?? 0);
  }
  #anySheet() {
    return this.#sheets[0] ??= newSheet(this.#products.length);
  }
  #sheetOf(group, day) {
    const known = this.#sheets.find((sheet2) => sheet2?.group === group && sheet2.day === day);
    if (known !== void 0) return known;
    const place = this.#turn++ % KEPT_SHEETS;
    const sheet = this.#sheets[place] ??= newSheet(this.#products.length);
    this.#fill(sheet, group, day);
    return sheet;
  }
  /** Computes a sheet: one logarithm for each kind of season and each reduced price. */
  #fill(sheet, group, day) {
    sheet.group = group;
    sheet.day = day;
    sheet.closedBefore = 0;
    while (sheet.closedBefore < LONGEST_CLOSURE && closedIn(group, day - 1 - sheet.closedBefore))
      sheet.closedBefore++;
    const before = this.#promotions.everywhere(day - 1 - sheet.closedBefore);
    const now = this.#promotions.everywhere(day);
    const everyday = this.#everyday.get(group.currency) ?? new Int32Array(0);
    const holiday = group.holiday(day);
    const factors = group.seasons.map((season) => seasonFactor(season, day));
    const logs = factors.map((factor) => factor === 0 ? 0 : log(factor * holiday));
    const shifts = logs.map(shiftOf);
    const local = this.#localShocks(group, day);
    const { shift, changed, prices, idle } = sheet;
    let [anyChanged, anyIdle] = [false, false];
    for (let p = 0; p < everyday.length; p++) {
      const cents = everyday[p] ?? 0;
      const kind = this.#kind[p] ?? 0;
      const share3 = now[p] ?? 1;
      const price = share3 === 1 ? cents : reduced(cents, share3);
      prices[p] = price;
      if (price === cents && local === void 0) shift[p] = shifts[kind] ?? 0;
      else {
        const change = price === cents ? 0 : priceShift(this.#elasticity, price / cents);
        shift[p] = shiftOf((logs[kind] ?? 0) + change + (local?.[p] ?? 0));
      }
      const isNew = share3 !== before[p] && price !== reduced(cents, before[p] ?? 1);
      changed[p] = isNew ? 1 : 0;
      if (isNew) anyChanged = true;
      const isIdle = factors[kind] === 0 || this.#isOffSale(p, day);
      idle[p] = isIdle ? 1 : 0;
      if (isIdle) anyIdle = true;
    }
    sheet.anyChanged = anyChanged;
    sheet.anyIdle = anyIdle;
  }
  /** Puts into a sheet what one store alone promotes, or promoted on the open day before. */
  #patch(sheet, group, s, day) {
    const dayBefore = day - 1 - sheet.closedBefore;
    const now = this.#promotions.inStore(s, day);
    const before = this.#promotions.inStore(s, dayBefore);
    if (now.size + before.size === 0) return;
    const everyday = this.#everyday.get(group.currency) ?? new Int32Array(0);
    const allBefore = this.#promotions.everywhere(dayBefore);
    this.#patched = sheet;
    for (const p of /* @__PURE__ */ new Set([...now.keys(), ...before.keys()])) {
      const cents = everyday[p] ?? 0;
      const shared = sheet.prices[p] ?? 0;
      const price = Math.min(shared, reduced(cents, now.get(p) ?? 1));
      const priceBefore = reduced(cents, Math.min(allBefore[p] ?? 1, before.get(p) ?? 1));
      this.#undo.push([p, sheet.shift[p] ?? 0, sheet.changed[p] ?? 0, shared]);
      sheet.changed[p] = price === priceBefore ? 0 : 1;
      if (price === shared) continue;
      sheet.prices[p] = price;
      sheet.shift[p] = (sheet.shift[p] ?? 0) + shiftOf(priceShift(this.#elasticity, price / shared));
    }
  }
  #takeBack() {
    for (const [p, shift, changed, price] of this.#undo) {
      if (this.#patched === void 0) break;
      this.#patched.shift[p] = shift;
      this.#patched.changed[p] = changed;
      this.#patched.prices[p] = price;
    }
    this.#undo = [];
  }
  #storeShift({ index }, day) {
    const { store } = this.#shocks;
    if (store === 0) return 0;
    return Math.round(
      (store * normal(this.#randomness.ofStoreDay(index, day)) - store * store / 2) / RATE_STEP
    );
  }
  /** Shocks of a cluster's products in the week of a day; kept for the week. */
  #localShocks({ cluster }, day) {
    const { local } = this.#shocks;
    if (local === 0) return void 0;
    const week = Math.floor((day + 3) / 7);
    const known = this.#local.get(cluster);
    if (known?.week === week) return known.levels;
    const draws = this.#randomness.ofGroup(cluster);
    const levels = Float64Array.from(
      this.#products,
      (_, p) => local * normal(draws.ofProductWeek(p, week, 6)[0]) - local * local / 2
    );
    this.#local.set(cluster, { week, levels });
    return levels;
  }
};
var normal = (word) => normalTable()[word >>> 20] ?? 0;
var reduced = (cents, share3) => share3 >= 1 ? cents : Math.min(cents, Math.max(1, Math.round(cents * share3)));
function newSheet(products) {
  return {
    group: void 0,
    day: 0,
    closedBefore: 0,
    anyChanged: false,
    anyIdle: false,
    shift: new Int16Array(products),
    changed: new Uint8Array(products),
    prices: new Int32Array(products),
    idle: new Uint8Array(products)
  };
}
function pricesIn(products, currency) {
  return Int32Array.from(products, ({ priceCents, input: { unit_price } = {} }) => {
    const price = typeof unit_price === "object" ? unit_price[currency] : unit_price;
    return price === void 0 ? priceCents : centsOf(price);
  });
}

// src/own/own-stores.ts
var weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
var usualHours = ["08:00", "20:00"];
function ownStores(inputs, first, last, randomness) {
  return Object.freeze(inputs.slice(first, last).map((input, s) => ownStore(input, first + s, randomness)));
}
function ownStore(input, index, randomness) {
  const { store_id, store_name = store_id, location, cluster, assortment, language, opens = {} } = input;
  const place = builtInPlace(input, index) ?? placeAt(index);
  const timeZone = zoneFor(input) ?? place.zone;
  const hours = weekdayNames.map((day) => {
    const given = opens[day] === void 0 ? usualHours : opens[day];
    return given === null ? null : Object.freeze(sellingHours(given));
  });
  const open = hours.filter((one) => one !== null);
  const drawn = storeAt(index, randomness).location;
  const { city, region, country } = place;
  return Object.freeze({
    index,
    store_id,
    store_name,
    location: location ?? Object.freeze({
      ...drawn,
      city,
      region,
      country,
      latitude: place.latitude,
      longitude: place.longitude
    }),
    timeZone,
    opensAtMinute: Math.min(...open.map(([opensAt]) => opensAt)),
    closesAtMinute: Math.max(...open.map(([, closesAt]) => closesAt)),
    hours: Object.freeze(hours),
    ...input.currency === void 0 ? {} : { currency: input.currency },
    ...language === void 0 ? {} : { language },
    ...cluster === void 0 ? {} : { cluster },
    ...assortment === void 0 ? {} : { assortment },
    ...input.holidays === void 0 ? {} : { holidays: input.holidays },
    input
  });
}
function zoneFor({ timeZone, location }) {
  if (typeof timeZone === "object") return Object.freeze({ ...timeZone });
  if (timeZone !== void 0) return zoneByName(timeZone);
  return location === void 0 ? void 0 : onlyZoneOf(location.country);
}

// src/own/plan.ts
function openPlan(settings, randomness) {
  const { own, shard, stores: storeCount, products: productCount, model } = settings;
  const [first, last] = storesOfShard(storeCount, shard);
  const given = own?.data;
  const products = typeof given?.products === "object" ? ownProducts(given.products, randomness) : productsOf(productCount, randomness);
  const stores = typeof given?.stores === "object" ? ownStores(given.stores, first, last, randomness) : storesOf(first, last, randomness);
  const isOwn = typeof given?.stores === "object" || typeof given?.products === "object";
  const layout = new SeriesLayout(stores, products.length, randomness, isOwn, assortments(stores, products));
  const lives = products.some(({ shelfLifeDays }) => shelfLifeDays !== void 0) ? Uint16Array.from(products, ({ shelfLifeDays }) => shelfLifeDays ?? model.shelfLifeDays) : void 0;
  return { stores, products, layout, lives };
}
function openDays({ own, model }, { stores, products }, randomness) {
  return own?.ownDays === true ? new OwnDays(own.data, model, stores, products, randomness) : new BuiltInDays(model, stores, products, randomness);
}
function assortments(stores, products) {
  if (stores.every(({ assortment }) => assortment === void 0)) return [];
  const places = new Map(products.map(({ product_id }, p) => [product_id, p]));
  const known = /* @__PURE__ */ new Map();
  return stores.map(({ assortment }) => {
    if (assortment === void 0) return void 0;
    const list = Int32Array.from(assortment, (id) => places.get(id) ?? -1).sort();
    const key = list.join();
    const shared = known.get(key) ?? list;
    known.set(key, shared);
    return shared;
  });
}

// src/day/event-log.ts
var WORDS = 7;
var SALE = 0;
var RESTOCK = 1;
var RETURN = 2;
var SHRINKAGE = 3;
var STOCK_COUNT = 4;
var ADJUSTMENT = 5;
var ORDER_PLACED = 6;
var PRICE_CHANGE = 7;
var SLICE_BITS = 18;
var SLICE_MS = 2 ** SLICE_BITS;
var SLICES = Math.ceil(3 * 864e5 / SLICE_MS) + 1;
var EventLog = class {
  /** Events before the horizon, slice after slice; `order` has their order. */
  sliced;
  /** Positions in `sliced` in the order of time, valid up to the count that `ready` was last called with. */
  order;
  /** Events before the horizon. */
  sorted = 0;
  /** Events as they were made, those of `sliced` too. */
  words;
  length = 0;
  #counts = new Int32Array(SLICES);
  #ends = new Int32Array(SLICES);
  /** Slices whose order is known, and the events in them. */
  #readySlices = 0;
  #readyEvents = 0;
  #keys = new Int32Array(0);
  #heads = new Int32Array(1025);
  constructor(capacity) {
    this.words = new Int32Array(capacity * WORDS);
    this.sliced = new Int32Array(0);
    this.order = new Int32Array(0);
  }
  /** Appends an event. */
  append(time, series, stock, onOrder, threshold, tail, price) {
    let at = this.length * WORDS;
    if (at === this.words.length) this.#grow();
    const words = this.words;
    words[at++] = time;
    words[at++] = series;
    words[at++] = stock;
    words[at++] = onOrder;
    words[at++] = threshold;
    words[at++] = tail;
    words[at] = price;
    this.length++;
    const slice = time >> SLICE_BITS;
    this.#counts[slice] = (this.#counts[slice] ?? 0) + 1;
  }
  /** Forgets events from a position on: they were only counted. */
  truncate(length) {
    for (let at = length * WORDS, end = this.length * WORDS; at < end; at += WORDS) {
      const slice = (this.words[at] ?? 0) >> SLICE_BITS;
      this.#counts[slice] = (this.#counts[slice] ?? 0) - 1;
    }
    this.length = length;
  }
  /** Forgets everything. */
  clear() {
    this.#counts.fill(0);
    this.length = 0;
    this.sorted = 0;
    this.#readySlices = 0;
    this.#readyEvents = 0;
  }
  /** Begins to sort the events before `horizon` by time; those of one instant stay as they were made. */
  sort(horizon) {
    const { words, length } = this;
    const counts = this.#counts;
    const ends = this.#ends;
    const last = horizon >> SLICE_BITS;
    let most = 0;
    let sum = 0;
    for (let slice = 0; slice <= last; slice++) {
      const count = counts[slice] ?? 0;
      ends[slice] = sum;
      sum += count;
      if (count > most) most = count;
    }
    if (this.order.length < sum) {
      this.order = new Int32Array(Math.ceil(sum * 1.1));
      this.sliced = new Int32Array(this.order.length * WORDS);
    }
    if (this.#keys.length < most) {
      this.#keys = new Int32Array(Math.ceil(most * 1.25));
      this.#heads = new Int32Array(2 * this.#keys.length + 2);
    }
    const { sliced } = this;
    for (let at = 0, end = length * WORDS; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time >= horizon) continue;
      const slice = time >> SLICE_BITS;
      const place = ends[slice] ?? 0;
      ends[slice] = place + 1;
      const to = place * WORDS;
      sliced[to] = time;
      sliced[to + 1] = words[at + 1] ?? 0;
      sliced[to + 2] = words[at + 2] ?? 0;
      sliced[to + 3] = words[at + 3] ?? 0;
      sliced[to + 4] = words[at + 4] ?? 0;
      sliced[to + 5] = words[at + 5] ?? 0;
      sliced[to + 6] = words[at + 6] ?? 0;
    }
    this.sorted = ends[last] ?? 0;
    this.#readySlices = 0;
    this.#readyEvents = 0;
  }
  /** Makes the order of the first `count` events known: a slice at a time, so that it is read while in cache. */
  ready(count) {
    while (this.#readyEvents < count) {
      const from = this.#readyEvents;
      const to = this.#ends[this.#readySlices++] ?? 0;
      if (to > from) this.#sortSlice(from, to);
      this.#readyEvents = to;
    }
  }
  /** A counting sort by parts of the slice, about one event each, then insertion: linear, no comparison function. */
  #sortSlice(from, to) {
    const { sliced, order } = this;
    const keys = this.#keys;
    const count = to - from;
    let shift = 0;
    while (SLICE_MS >> shift > count) shift++;
    const parts = SLICE_MS >> shift;
    const heads = this.#heads;
    for (let part = 0; part <= parts; part++) heads[part] = 0;
    for (let n = from, at = from * WORDS; n < to; n++, at += WORDS) {
      const part = (((sliced[at] ?? 0) & SLICE_MS - 1) >> shift) + 1;
      heads[part] = (heads[part] ?? 0) + 1;
    }
    for (let part = 1; part < parts; part++) heads[part] = (heads[part] ?? 0) + (heads[part - 1] ?? 0);
    for (let n = from, at = from * WORDS; n < to; n++, at += WORDS) {
      const time = sliced[at] ?? 0;
      const part = (time & SLICE_MS - 1) >> shift;
      const place = heads[part] ?? 0;
      heads[part] = place + 1;
      order[from + place] = n;
      keys[place] = time;
    }
    let before = keys[0] ?? 0;
    for (let n = 1; n < count; n++) {
      const key = keys[n] ?? 0;
      if (before <= key) {
        before = key;
        continue;
      }
      const position = order[from + n] ?? 0;
      let place = n;
      for (; place > 0 && (keys[place - 1] ?? 0) > key; place--) {
        keys[place] = keys[place - 1] ?? 0;
        order[from + place] = order[from + place - 1] ?? 0;
      }
      keys[place] = key;
      order[from + place] = position;
    }
  }
  /** Keeps what lies at or after `horizon`, as times of the next day. */
  keepFrom(horizon, dayMs) {
    const { words } = this;
    const end = this.length * WORDS;
    this.clear();
    for (let at = 0; at < end; at += WORDS) {
      const time = words[at] ?? 0;
      if (time < horizon) continue;
      this.append(
        time - dayMs,
        words[at + 1] ?? 0,
        words[at + 2] ?? 0,
        words[at + 3] ?? 0,
        words[at + 4] ?? 0,
        words[at + 5] ?? 0,
        words[at + 6] ?? 0
      );
    }
  }
  /** Takes events as they were saved. */
  load(words) {
    this.clear();
    if (this.words.length < words.length) this.words = new Int32Array(words.length);
    this.words.set(words);
    this.length = words.length / WORDS;
    for (let at = 0; at < words.length; at += WORDS) {
      const slice = (words[at] ?? 0) >> SLICE_BITS;
      this.#counts[slice] = (this.#counts[slice] ?? 0) + 1;
    }
  }
  #grow() {
    const grown = new Int32Array(Math.max(1024, Math.ceil(this.length * 1.25)) * WORDS);
    grown.set(this.words);
    this.words = grown;
  }
};

// src/policy/check-answer.ts
import { nearestNames, shown } from "@store/foundation";
function policyError({ store: { store_id }, date }, what, more) {
  const { value, allowed = "a function that returns orders", product_id, cause } = more;
  const place = { store_id, date, ...product_id === void 0 ? {} : { product_id } };
  const message = `policy: ${store_id} on ${date}: ${what}`;
  return new WorldError("POLICY_FAILED", "policy", value, allowed, message, { place, cause });
}
function checkAnswer(state, answer) {
  const fail = (what, value, allowed, product_id) => policyError(state, what, { value, allowed, ...product_id === void 0 ? {} : { product_id } });
  const { orders, memo } = partsOf(answer, fail);
  const onSale = new Map(state.products.map((product) => [product.product_id, product]));
  const seen = /* @__PURE__ */ new Set();
  for (const [n, order] of orders.entries()) {
    const at = `orders[${n}]`;
    if (!isObject(order)) {
      const shape = "{ product_id, quantity }";
      throw fail(`${at} is ${shown(order)}; give ${shape}.`, order, shape);
    }
    const { product_id, quantity, ...others } = order;
    const product = typeof product_id === "string" ? onSale.get(product_id) : void 0;
    if (typeof product_id !== "string" || product === void 0) {
      const [near] = nearestNames(String(product_id), onSale.keys());
      const hint = near === void 0 ? "" : ` Did you mean '${near}'?`;
      const text = `${at}.product_id is ${shown(product_id)}, which the store does not have on sale that day.${hint}`;
      throw fail(text, product_id, "one of `state.products`", String(product_id));
    }
    const [unknownKey] = Object.keys(others);
    if (unknownKey !== void 0) {
      const text = `${at} of '${product_id}' has the unknown field '${unknownKey}'; an order has \`product_id\` and \`quantity\`.`;
      throw fail(text, order, "{ product_id, quantity }", product_id);
    }
    if (seen.has(product_id)) {
      throw fail(`${at} orders '${product_id}' a second time; give one order.`, order, "once", product_id);
    }
    seen.add(product_id);
    const whole = `a whole number of units from 0 to ${policyLimits.quantity}`;
    if (!Number.isInteger(quantity) || Number(quantity) < 0 || Number(quantity) > policyLimits.quantity) {
      throw fail(
        `${at}.quantity of '${product_id}' is ${shown(quantity)}; give ${whole}.`,
        quantity,
        whole,
        product_id
      );
    }
    const position = product.recordedStock + product.onOrder + Number(quantity);
    if (position > policyLimits.position) {
      const most = `at most ${policyLimits.position} units on record and on order`;
      throw fail(
        `${at} of '${product_id}' would make it ${position}; keep ${most}.`,
        quantity,
        most,
        product_id
      );
    }
  }
  return { orders, memo: memoText(memo, fail) };
}
function partsOf(answer, fail) {
  const shape = "a list of orders, or { orders, memo }";
  if (Array.isArray(answer)) return { orders: Array.from(answer), memo: void 0 };
  if (!isObject(answer)) throw fail(`it returned ${shown(answer)}; return ${shape}.`, answer, shape);
  if (typeof answer.then === "function") {
    Promise.resolve(answer).catch(() => void 0);
    throw fail(`it returned a promise; return ${shape} at once, without async.`, answer, shape);
  }
  const { orders, memo, ...others } = answer;
  const [unknownKey] = Object.keys(others);
  if (unknownKey !== void 0) {
    throw fail(`it returned an object with '${unknownKey}'; return ${shape}.`, answer, shape);
  }
  if (!Array.isArray(orders)) throw fail(`\`orders\` is ${shown(orders)}; return ${shape}.`, orders, shape);
  return { orders: Array.from(orders), memo };
}
var isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function memoText(memo, fail) {
  if (memo === void 0) return void 0;
  const within = /* @__PURE__ */ new Set();
  function check(value, path) {
    if (value === null || typeof value === "string" || typeof value === "boolean") return;
    if (typeof value === "number") {
      if (!Number.isFinite(value)) refuse(value, path);
      return;
    }
    if (typeof value !== "object") refuse(value, path);
    const object = value;
    if (within.has(object)) refuse(value, path, "an object that contains itself");
    within.add(object);
    if (Array.isArray(value))
      for (const [n, item] of Array.from(value).entries()) check(item, `${path}[${n}]`);
    else {
      const prototype = Object.getPrototypeOf(object);
      const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
      if (!isPlain) refuse(value, path, `a ${object.constructor.name}`);
      for (const [key, part] of Object.entries(object)) if (part !== void 0) check(part, `${path}.${key}`);
    }
    within.delete(object);
  }
  function refuse(value, path, what = shown(value)) {
    const allowed = "a JSON value: plain objects, lists, texts, finite numbers, booleans and null";
    throw fail(`\`${path}\` is ${what}, which JSON cannot carry; return ${allowed}.`, value, allowed);
  }
  check(memo, "memo");
  return JSON.stringify(memo);
}

// src/policy/open-orders.ts
var OpenOrders = class {
  #state;
  #of = /* @__PURE__ */ new Map();
  /** Begins with what the state has on order. */
  constructor(state) {
    this.#state = state;
    for (let i = 0; i < state.length; i++) {
      const day = state.dueDay[i] ?? NEVER;
      if (day !== NEVER) this.#of.set(i, [[state.onOrder[i] ?? 0, day, day]]);
    }
  }
  /** Open orders of a series, the next one first. */
  of(i) {
    return this.#of.get(i) ?? [];
  }
  /** Adds an order, behind those of the same day. */
  add(i, order) {
    const orders = this.#of.get(i) ?? [];
    let to = orders.length;
    while (to > 0 && (orders[to - 1]?.[2] ?? 0) > order[2]) to--;
    orders.splice(to, 0, order);
    this.#set(i, orders);
  }
  /** Takes the orders whose trucks have come and returns their units. */
  takeDue(i, today) {
    const orders = this.of(i);
    const rest = orders.filter(([, , day]) => day > today);
    let units = 0;
    for (let n = 0; n < orders.length - rest.length; n++) units += orders[n]?.[0] ?? 0;
    this.#set(i, rest);
    return units;
  }
  /** Takes units that came otherwise off the open orders, the first one first. */
  takeOff(i, units) {
    let left = units;
    const rest = [];
    for (const [ordered, promised, day] of this.of(i)) {
      const taken = Math.min(left, ordered);
      left -= taken;
      if (taken < ordered) rest.push([ordered - taken, promised, day]);
    }
    this.#set(i, rest);
  }
  /** Everything, for snapshots. */
  all() {
    return [...this.#of];
  }
  /** Goes back to what `all` gave; the state is restored beside it. */
  load(all) {
    this.#of.clear();
    for (const [i, orders] of all) this.#of.set(i, [...orders]);
  }
  #set(i, orders) {
    const { onOrder, dueDay, traits } = this.#state;
    const [first] = orders;
    onOrder[i] = orders.reduce((sum, [units]) => sum + units, 0);
    dueDay[i] = first?.[2] ?? NEVER;
    if (first === void 0) this.#of.delete(i);
    else {
      this.#of.set(i, [...orders]);
      const trait = traits[i] ?? 0;
      traits[i] = first[2] > first[1] ? trait | LATE_BIT : trait & ~LATE_BIT;
    }
  }
};

// src/policy/outlook.ts
var MINUTE_MS3 = 6e4;
var weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
var dateText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
var Outlook = class {
  #days;
  #holiday;
  #coming;
  constructor(settings, plan, randomness) {
    this.#days = openDays(settings, plan, randomness);
    this.#holiday = holidaysOf2(settings, plan);
    this.#coming = plan.stores.map(() => []);
  }
  /** The store's calendar from a local day on. */
  calendar(s, today) {
    return this.#from(s, today).map(({ calendar }) => ({ ...calendar }));
  }
  /** Promotions of each product of the store from a local day on; a day on which it is closed interrupts none. */
  promotions(s, today) {
    const found = /* @__PURE__ */ new Map();
    let before;
    for (const one of this.#from(s, today)) {
      if (one.calendar.opens === null) continue;
      for (const [p, cents] of one.reduced) {
        const list = found.get(p) ?? [];
        found.set(p, list);
        const goesOn = before?.reduced.get(p) === cents ? list.pop() : void 0;
        const { date } = one.calendar;
        list.push({ from: goesOn?.from ?? date, to: date, price: cents / 100 });
      }
      before = one;
    }
    return found;
  }
  #from(s, today) {
    const coming = this.#coming[s] ?? [];
    if ((coming[0]?.day ?? today) > today || (coming.at(-1)?.day ?? today) < today) coming.length = 0;
    while (coming.length > 0 && (coming[0]?.day ?? today) < today) coming.shift();
    for (let day = today + coming.length; day < today + policyLimits.aheadDays; day++)
      coming.push(this.#dayOf(s, day));
    return coming;
  }
  #dayOf(s, day) {
    const shop = this.#days.of(day, s);
    const reduced2 = /* @__PURE__ */ new Map();
    for (let p = 0; !shop.closed && p < shop.prices.length; p++) {
      const cents = shop.prices[p] ?? 0;
      if (cents < (shop.everyday[p] ?? 0) && shop.idle?.[p] !== 1) reduced2.set(p, cents);
    }
    return {
      day,
      calendar: {
        date: dateText(day),
        weekday: weekdays[weekdayOf(day)] ?? "mon",
        holiday: this.#holiday(s, day),
        opens: shop.closed ? null : [clockText(shop.opensAt), clockText(shop.closesAt)]
      },
      reduced: reduced2
    };
  }
};
function clockText(ms) {
  const minute = Math.round(ms / MINUTE_MS3);
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
function holidaysOf2({ model, own }, { stores }) {
  if (own?.ownDays !== true) return (_, day) => model.holidays && holidayFactor(day) !== 1;
  const groupOf2 = groupsOf(model, own.data.calendar ?? {});
  const groups = stores.map((store) => groupOf2(store, ""));
  return (s, day) => (groups[s]?.holiday(day) ?? 1) !== 1;
}

// src/policy/policy-desk.ts
var NONE = -1;
function openDesk(settings, plan, state, randomness, log2) {
  const { policy } = settings;
  return policy && new PolicyDesk(policy, settings, plan, state, randomness, log2);
}
var PolicyDesk = class {
  orders;
  /** Units that each series sold on each of the last days, at the day's place in turn. */
  sales;
  #policy;
  #settings;
  #plan;
  #state;
  #log;
  #outlook;
  #today;
  /** The last local day of each store that was reviewed. */
  #lastDays;
  #memos;
  #places;
  #failure;
  constructor(policy, settings, plan, state, randomness, log2) {
    this.#policy = policy;
    this.#settings = settings;
    this.#plan = plan;
    this.#state = state;
    this.#log = log2;
    this.orders = new OpenOrders(state);
    this.#outlook = new Outlook(settings, plan, randomness);
    this.sales = new Int16Array(state.length * policyLimits.salesDays).fill(NONE);
    this.#today = new Int32Array(plan.products.length);
    this.#lastDays = plan.stores.map(() => NONE);
    this.#memos = plan.stores.map(() => null);
    this.#places = new Map(plan.products.map(({ product_id }, p) => [product_id, p]));
  }
  /** Throws what a policy failed with before: its world stands within a day. */
  check() {
    if (this.#failure !== void 0) throw this.#failure;
  }
  /**
   * Asks the policy for a store's orders, whole cases, by product; `from` is where the store's day begins in the log.
   *
   * @throws WorldError `POLICY_FAILED`
   */
  review(s, day, shop, from) {
    try {
      this.#noteSales(s, day, shop, from);
      const state = this.#stateOf(s, day, shop);
      const { orders, memo } = checkAnswer(state, this.#ask(state));
      if (memo !== void 0) this.#memos[s] = memo;
      const wanted = /* @__PURE__ */ new Map();
      for (const { product_id, quantity } of orders) {
        const p = this.#places.get(product_id) ?? 0;
        const pack = this.#packOf(p);
        if (quantity > 0) wanted.set(p, Math.ceil(quantity / pack) * pack);
      }
      return wanted;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
  /** What to remember; none of a world that stands within a day. */
  moment() {
    this.check();
    return { memos: this.#memos, lastDays: this.#lastDays, orders: this.orders.all() };
  }
  /** Goes back to a moment; the series and `sales` are restored beside it. */
  resume({ memos, lastDays, orders }) {
    this.#memos = [...memos];
    this.#lastDays = [...lastDays];
    this.orders.load(orders);
    this.#failure = void 0;
  }
  #ask(state) {
    try {
      return this.#policy(state);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw policyError(state, `it threw: ${why}`, { value: cause, cause });
    }
  }
  #noteSales(s, day, { idle }, from) {
    const { layout, products } = this.#plan;
    const { words, length } = this.#log;
    const { salesDays } = policyLimits;
    const today = this.#today.fill(0);
    const firstCell = s * products.length;
    for (let at = from * WORDS; at < length * WORDS; at += WORDS) {
      const tail = words[at + 5] ?? 0;
      if ((tail & 7) !== SALE) continue;
      const p = (words[at + 1] ?? 0) - firstCell;
      today[p] = (today[p] ?? 0) - (tail >> 3);
    }
    const last = this.#lastDays[s] ?? NONE;
    const gap = last === NONE ? 0 : Math.min(salesDays, day - last - 1);
    const first = layout.offsets[s] ?? 0;
    for (const [k, p] of (layout.lists[s] ?? new Int32Array(0)).entries()) {
      const at = (first + k) * salesDays;
      for (let n = 1; n <= gap; n++) this.sales[at + (day - n) % salesDays] = NONE;
      this.sales[at + day % salesDays] = idle?.[p] === 1 ? NONE : Math.min(32767, today[p] ?? 0);
    }
    this.#lastDays[s] = day;
  }
  #stateOf(s, day, shop) {
    const { stores, layout } = this.#plan;
    const store = stores[s];
    if (store === void 0) throw new RangeError(`There is no store ${s}.`);
    const first = layout.offsets[s] ?? 0;
    const calendar = this.#outlook.calendar(s, day);
    const promotions = this.#outlook.promotions(s, day);
    const products = [];
    for (const [k, p] of (layout.lists[s] ?? new Int32Array(0)).entries())
      if (shop.idle?.[p] !== 1)
        products.push(this.#productOf(first + k, p, day, shop, promotions.get(p) ?? []));
    const next = calendar.findIndex(({ opens }, n) => n > 0 && opens !== null);
    const memo = this.#memos[s] ?? null;
    return {
      date: dateText(day),
      store,
      calendar,
      daysToReview: next < 0 ? null : next,
      products,
      memo: memo === null ? void 0 : JSON.parse(memo)
    };
  }
  #productOf(i, p, day, { prices, everyday }, promotions) {
    const { products, lives } = this.#plan;
    const { recorded, onOrder, threshold, upTo, traits } = this.#state;
    const product = products[p];
    if (product === void 0) throw new RangeError(`There is no product ${p}.`);
    const { model } = this.#settings;
    const recentSales = [];
    const at = i * policyLimits.salesDays;
    for (let n = policyLimits.salesDays - 1; n >= 0; n--) {
      const sold = this.sales[at + (day - n) % policyLimits.salesDays] ?? NONE;
      recentSales.push(sold === NONE ? null : sold);
    }
    const life = lives === void 0 ? model.shelfLifeDays : lives[p] ?? 0;
    return {
      product_id: product.product_id,
      product,
      recordedStock: recorded[i] ?? 0,
      onOrder: onOrder[i] ?? 0,
      openOrders: this.orders.of(i).map(([quantity, promised]) => ({ quantity, due: dateText(promised) })).sort((a, b) => a.due < b.due ? -1 : a.due > b.due ? 1 : 0),
      soldToday: this.#today[p] ?? 0,
      recentSales,
      price: (prices[p] ?? 0) / 100,
      everydayPrice: (everyday[p] ?? 0) / 100,
      promotions,
      leadDays: model.leadDays[0] + ((traits[i] ?? 0) >>> 3 & 3),
      packUnits: this.#packOf(p),
      shelfLifeDays: life === 0 ? null : life,
      reorderPoint: threshold[i] ?? 0,
      orderUpTo: upTo[i] ?? 0
    };
  }
  #packOf(p) {
    return ordersSingleUnits(this.#settings.model) ? 1 : this.#plan.products[p]?.packUnits ?? 1;
  }
};

// src/day/deliveries.ts
var Deliveries = class {
  #byDay = /* @__PURE__ */ new Map();
  /** Every delivery accepted, in the order of acceptance: what a replay and a snapshot need. */
  all = [];
  /** Accepts a delivery. */
  add(delivery) {
    const day = this.#byDay.get(delivery.day) ?? /* @__PURE__ */ new Map();
    this.#byDay.set(delivery.day, day);
    const list = day.get(delivery.series) ?? [];
    day.set(delivery.series, list);
    list.push(delivery);
    this.all.push(delivery);
  }
  /** What counts as on order from the beginning of a local day. */
  announced(day) {
    return this.all.length === 0 ? [] : this.all.filter(({ announcedDay }) => announcedDay === day);
  }
  /** Forgets every delivery. */
  clear() {
    this.#byDay.clear();
    this.all.length = 0;
  }
  /** What arrives on a local day, by series. */
  due(day) {
    return this.#byDay.get(day);
  }
};

// src/day/slow-levels.ts
var WEEKLY = 5;
var WEEKS = 4;
var SlowLevels = class {
  /** Rate classes to add to each series' own. */
  steps;
  #layout;
  #deviation;
  #weeks;
  #out = new Uint32Array(2);
  /** @param deviation - standard deviation of the level's logarithm */
  constructor(layout, deviation) {
    this.#layout = layout;
    this.#deviation = deviation;
    this.steps = new Int8Array(layout.length);
    this.#weeks = new Int32Array(layout.lists.length).fill(-1);
  }
  /** Turns a store's series to the week of a day. */
  turnTo(s, day) {
    const week = Math.floor((day + 3) / 7);
    if (this.#weeks[s] === week) return;
    this.#weeks[s] = week;
    const { lists, offsets, key0, key1, firstId } = this.#layout;
    const normals = normalTable();
    const out = this.#out;
    const scale = this.#deviation / Math.sqrt(WEEKS) / RATE_STEP;
    const middle = this.#deviation * this.#deviation / 2 / RATE_STEP;
    let i = offsets[s] ?? 0;
    for (const p of lists[s] ?? []) {
      let sum = 0;
      for (let w = week - WEEKS + 1; w <= week; w++) {
        threefry2x32(out, key0[s] ?? 0, key1[s] ?? 0, (firstId[s] ?? 0) + p, (w << 8 | WEEKLY) >>> 0);
        sum += normals[(out[0] ?? 0) >>> 20] ?? 0;
      }
      this.steps[i++] = Math.max(-127, Math.min(127, Math.round(sum * scale - middle)));
    }
  }
};

// src/model/arrivals.ts
var arrivals = [22, 30, 42, 55, 68, 80, 86, 82, 74, 72, 78, 92, 98, 80, 52, 29];
function diurnalKnots() {
  const total = arrivals.reduce((sum, n) => sum + n, 0);
  const knots2 = new Int32Array(257);
  let slot = 0;
  let before = 0;
  for (let k = 0; k <= 256; k++) {
    const wanted = k * total / 256;
    while (slot < 15 && before + (arrivals[slot] ?? 0) < wanted) before += arrivals[slot++] ?? 0;
    knots2[k] = Math.min(
      65536,
      Math.floor((slot + (wanted - before) / (arrivals[slot] ?? 1)) * 65536 / 16)
    );
  }
  return knots2;
}
var knots = diurnalKnots();
function arrivalTime(opensAt, openMs, word) {
  const knot = word >>> 24;
  const from = knots[knot] ?? 0;
  const step = (knots[knot + 1] ?? 0) - from;
  const fraction = from * 65536 + step * (word >>> 8 & 65535);
  return opensAt + (openMs * fraction / 4294967296 | 0);
}

// src/day/day-watch.ts
var MINUTE_MS4 = 6e4;
var DayWatch = class {
  /** Undefined where nobody looks, and on a day that lies outside the window. */
  observer;
  tally = {
    demand: 0,
    sold: 0,
    lost: 0,
    substituted: 0,
    missed: 0,
    barred: 0,
    received: 0,
    returned: 0,
    wasted: 0,
    opening: 0,
    physical: 0,
    recorded: 0,
    cause: 0,
    closing: true,
    partial: false,
    wholeHours: true,
    onHand: 0,
    emptied: false,
    prices: new Int32Array(0),
    everyday: new Int32Array(0)
  };
  /** The window, milliseconds since local midnight. */
  #from = 0;
  #until = 0;
  /** Opening hours, milliseconds since local midnight. */
  #opensAt = 0;
  #closesAt = 0;
  /** Turns to a store's day. */
  open(observer, day, zone, shop) {
    this.observer = observer;
    if (observer === void 0) return;
    const { opensAt, closesAt } = shop;
    this.#opensAt = opensAt;
    this.#closesAt = closesAt;
    this.tally.prices = shop.prices;
    this.tally.everyday = shop.everyday;
    const [fromMs, untilMs] = observer.window;
    const midnight = (at) => at * DAY_MS - offsetMinutes(zone, at) * MINUTE_MS4;
    const midnightMs = midnight(day);
    const dayEnd = midnight(day + 1) - midnightMs;
    this.#from = fromMs - midnightMs;
    this.#until = untilMs - midnightMs;
    this.tally.partial = this.#from > 0 || this.#until < dayEnd;
    this.tally.closing = this.#from <= closesAt && closesAt < this.#until;
    this.tally.wholeHours = this.#from <= opensAt && closesAt < this.#until;
    if (this.#from >= dayEnd || this.#until <= 0) this.observer = void 0;
  }
  /** Begins a series. */
  begin(physical, recorded) {
    const { tally } = this;
    tally.demand = tally.sold = tally.lost = tally.substituted = tally.missed = 0;
    tally.barred = tally.received = tally.returned = tally.wasted = 0;
    tally.physical = tally.opening = physical;
    tally.recorded = tally.onHand = recorded;
    tally.emptied = false;
  }
  /** Whether an instant, milliseconds since local midnight, lies in the window. */
  counts(time) {
    return time >= this.#from && time < this.#until;
  }
  /** Notes the stock after an instant. */
  passed(time, physical, recorded) {
    const { tally } = this;
    if (time <= this.#closesAt) {
      if (time > this.#opensAt && tally.onHand <= 0) tally.emptied = true;
      tally.onHand = recorded;
    }
    if (time < this.#from) tally.opening = physical;
    if (time >= this.#until) return;
    tally.physical = physical;
    tally.recorded = recorded;
  }
  /** Ends a series. */
  close(series, day, cause) {
    this.tally.cause = this.tally.closing ? cause : 0;
    if (this.tally.onHand <= 0) this.tally.emptied = true;
    this.observer?.closed(series, day, this.tally);
  }
};
function stockoutCause({ physical, traits, onOrder, dueDay }, i, day, lateDays, bare) {
  const stock = physical[i] ?? 0;
  if (stock > 0) return bare ? 2 : 0;
  const late = ((traits[i] ?? 0) & LATE_BIT) !== 0 && onOrder[i] !== 0;
  return late && (dueDay[i] ?? NEVER) - lateDays <= day ? 3 : 1;
}

// src/day/local-list.ts
var PRICE = 0;
var DELIVERY = 1;
var BUY = 2;
var SUBSTITUTE = 3;
var BRING_BACK = 4;
var DAMAGE = 5;
var THEFT = 6;
var SHELF_FAILURE = 7;
var SPOIL = 8;
var COUNT = 9;
var LocalList = class {
  times = new Int32Array(1024);
  /** Units, shifted left by four, and the kind. */
  acts = new Int32Array(1024);
  length = 0;
  /** Adds a happening behind those of its instant. */
  add(time, kind, units) {
    const { times, acts } = this;
    let to = this.length++;
    for (; to > 0 && (times[to - 1] ?? 0) > time; to--) {
      times[to] = times[to - 1] ?? 0;
      acts[to] = acts[to - 1] ?? 0;
    }
    times[to] = time;
    acts[to] = units << 4 | kind;
  }
};

// src/day/store-day.ts
var MINUTE_MS5 = 6e4;
var MORNING_MS = 60 * MINUTE_MS5;
var morning = (time) => time < MORNING_MS ? MORNING_MS : time;
function spoiltUnits(word, stock, days) {
  if (days === 0 || stock <= 0) return 0;
  return Math.floor((stock + below(Math.imul(word ^ 1540483477, 2654435761) >>> 0, days)) / days);
}
var StoreDay = class {
  day = 0;
  /** Local midnight in the log's time. */
  base = 0;
  key0 = 0;
  key1 = 0;
  /** Cell of the store's first product. */
  firstCell = 0;
  opensAt = 0;
  openMs = 0;
  closesAt = 0;
  prices = new Int32Array(0);
  #sold = new Int32Array(0);
  #idle;
  #parts;
  constructor(parts) {
    this.#parts = parts;
  }
  /** Turns to the day of the store at a position in the shard. */
  open(day, s, base, shop) {
    const { layout, products } = this.#parts;
    this.day = day;
    this.base = base;
    this.key0 = layout.key0[s] ?? 0;
    this.key1 = layout.key1[s] ?? 0;
    this.firstCell = s * products.length;
    this.opensAt = shop.opensAt;
    this.closesAt = shop.closesAt;
    this.openMs = shop.closesAt - shop.opensAt;
    this.prices = shop.prices;
    this.#sold = layout.lists[s] ?? this.#sold;
    this.#idle = shop.idle;
  }
  /** Whether the next product that the store sells today is of the same category, and can stand in. */
  hasNeighbour(p) {
    const { products } = this.#parts;
    const list = this.#sold;
    let k = list.length === products.length ? p + 1 : list.indexOf(p) + 1;
    while (this.#idle !== void 0 && k < list.length && this.#idle[list[k] ?? 0] === 1) k++;
    return k < list.length && products[list[k] ?? -1]?.category === products[p]?.category;
  }
  /** Takes the order that is due off the open orders and returns its units on paper. */
  takeDue(i) {
    const { desk, state } = this.#parts;
    if (desk !== void 0) return desk.orders.takeDue(i, this.day);
    const units = state.onOrder[i] ?? 0;
    state.onOrder[i] = 0;
    state.dueDay[i] = NEVER;
    return units;
  }
  /** Takes units that came from outside off the open orders, and returns them. */
  takeOff(i, units) {
    const { desk, state } = this.#parts;
    if (desk === void 0) state.onOrder[i] = Math.max(0, (state.onOrder[i] ?? 0) - units);
    else desk.orders.takeOff(i, units);
    return units;
  }
  /** Days that a unit of a product keeps; 0 never spoils. */
  life(p) {
    const { lives, model } = this.#parts;
    return lives === void 0 ? model.shelfLifeDays : lives[p] ?? 0;
  }
};

// src/day/series-day.ts
var MINUTE_MS6 = 6e4;
var basketUnits = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4);
var FIRST_BASKET = 16;
var SeriesDay = class {
  /** Buyers whom the product before could not serve, for this one to serve. */
  spilled = 0;
  #parts;
  #rare;
  #list = new LocalList();
  #spills = new LocalList();
  #out = new Uint32Array(2);
  #watch = new DayWatch();
  #at;
  #cell = 0;
  #chance = 0;
  #price = 0;
  constructor(parts, rare) {
    this.#parts = parts;
    this.#rare = rare;
    this.#at = new StoreDay(parts);
  }
  /** Turns to a store's day; `base` is local midnight in the log's time. */
  open(day, store, s, base, shop, observer) {
    this.#at.open(day, s, base, shop);
    this.spilled = 0;
    this.#spills.length = 0;
    this.#watch.open(observer, day, store.timeZone, shop);
  }
  /** A series to which nothing happened, for the observer. */
  quiet(i, p) {
    if (this.#watch.observer === void 0) return;
    this.#cell = this.#at.firstCell + p;
    const { physical, recorded } = this.#parts.state;
    this.#watch.begin(physical[i] ?? 0, recorded[i] ?? 0);
    this.#close(i, false);
  }
  /** Gathers what happens to a series in the order of time, then applies it. */
  run(i, p, g, rate, units, chance, due, counted, priced, arrivals2) {
    const list = this.#list;
    list.length = 0;
    this.#cell = this.#at.firstCell + p;
    this.#chance = chance;
    this.#price = this.#at.prices[p] ?? 0;
    const { opensAt, openMs, closesAt } = this.#at;
    if (priced) list.add(morning(opensAt - 15 * MINUTE_MS6) + g % 997 * 700, PRICE, 0);
    if (due) {
      this.#draw(g, 1);
      list.add(morning(opensAt - 150 * MINUTE_MS6) + below(this.#out[0] ?? 0, 130 * MINUTE_MS6), DELIVERY, -1);
    }
    if (arrivals2 !== void 0)
      for (const { time, units: brought } of arrivals2) list.add(time, DELIVERY, brought);
    this.#baskets(g, units);
    const rare = this.#rare;
    if (chance < (rare.anything[rate] ?? 0)) {
      const kind = chance < (rare.theft[rate] ?? 0) ? THEFT : chance < (rare.damage[rate] ?? 0) ? DAMAGE : chance < (rare.bringBack[rate] ?? 0) ? BRING_BACK : SHELF_FAILURE;
      this.#draw(g, 3);
      const many = kind === THEFT || kind === DAMAGE;
      list.add(arrivalTime(opensAt, openMs, this.#out[0] ?? 0), kind, many ? rare.lossUnits[rate] ?? 1 : 1);
    }
    if (this.#at.life(p) > 0) list.add(closesAt + MINUTE_MS6 + g % 239 * 1e3, SPOIL, 0);
    if (counted) list.add(closesAt + 5 * MINUTE_MS6 + g % 1193 * 1e3, COUNT, 0);
    this.#takeSpills();
    this.#apply(i, p, g);
  }
  /** Splits the day's demand into baskets, each with its time. */
  #baskets(g, units) {
    const { opensAt, openMs } = this.#at;
    let left = units;
    for (let basket = 0; left > 0; basket++) {
      if ((basket & 1) === 0) this.#draw(g, FIRST_BASKET + (basket >> 1) % 240);
      const word = this.#out[basket & 1] ?? 0;
      const wanted = basketUnits[word & 15] ?? 1;
      const taken = wanted < left ? wanted : left;
      this.#list.add(arrivalTime(opensAt, openMs, word), BUY, taken);
      left -= taken;
    }
  }
  #takeSpills() {
    const spills = this.#spills;
    for (let n = 0; n < spills.length; n++)
      this.#list.add(spills.times[n] ?? 0, SUBSTITUTE, spills.acts[n] ?? 0);
    spills.length = 0;
    this.spilled = 0;
  }
  #apply(i, p, g) {
    const { model, state } = this.#parts;
    const { physical, recorded } = state;
    const { times, acts, length } = this.#list;
    let stock = physical[i] ?? 0;
    let record = recorded[i] ?? 0;
    let [bare, failed] = [false, false];
    const watch = this.#watch;
    const { observer, tally } = watch;
    if (observer !== void 0) watch.begin(stock, record);
    for (let n = 0; n < length; n++) {
      const time = times[n] ?? 0;
      const act = acts[n] ?? 0;
      const units = act >> 4;
      switch (act & 15) {
        case BUY:
        case SUBSTITUTE: {
          const there = bare ? 0 : stock;
          const taken = model.backorders || units <= there ? units : there > 0 ? there : 0;
          if (taken > 0) {
            record = this.#cover(i, time, record, taken);
            stock -= taken;
            record -= taken;
            this.#log(time, i, record, -taken, SALE);
          }
          if (observer !== void 0 && watch.counts(time)) {
            if ((act & 15) === BUY) {
              tally.demand += units;
              tally.missed += units - taken;
              if (failed) tally.barred += units - taken;
            } else tally.substituted += units;
            tally.sold += taken;
            tally.lost += units - taken;
          }
          if (taken < units) {
            if ((act & 15) === BUY && Math.imul(time ^ g, 2654435761) >>> 0 < this.#rare.substitution && this.#at.hasNeighbour(p)) {
              this.#spills.times[this.#spills.length] = time;
              this.#spills.acts[this.#spills.length++] = units - taken;
              this.spilled = this.#spills.length;
            }
          }
          break;
        }
        case DELIVERY: {
          const paper = units < 0 ? this.#at.takeDue(i) : this.#at.takeOff(i, units);
          const came = units < 0 ? this.#received(g, paper) : paper;
          if (observer !== void 0 && watch.counts(time)) tally.received += came;
          stock += came;
          record += paper;
          this.#log(time, i, record, paper, RESTOCK);
          break;
        }
        case BRING_BACK:
          if (observer !== void 0 && watch.counts(time)) tally.returned++;
          stock++;
          record++;
          this.#log(time, i, record, 1, RETURN);
          break;
        case DAMAGE:
        case SPOIL: {
          const spoilt = (act & 15) === SPOIL;
          const gone = spoilt ? this.#spoilt(g, p, stock) : units < stock ? units : stock;
          if (gone <= 0) break;
          record = this.#cover(i, time, record, gone);
          stock -= gone;
          record -= gone;
          this.#log(time, i, record, -gone, SHRINKAGE);
          if (observer !== void 0 && watch.counts(time)) {
            if (spoilt) tally.wasted += gone;
            observer.shrunk(this.#cell, this.#at.day, gone, true);
          }
          break;
        }
        case THEFT: {
          const gone = units < stock ? units : stock;
          if (gone <= 0) break;
          stock -= gone;
          if (observer !== void 0 && watch.counts(time))
            observer.shrunk(this.#cell, this.#at.day, gone, false);
          break;
        }
        case SHELF_FAILURE:
          bare = stock > 0;
          failed = true;
          break;
        case COUNT:
          observer?.counted(this.#cell, this.#at.day, stock, record);
          this.#log(time, i, record, 0, STOCK_COUNT);
          if (stock !== record) this.#log(time + 1, i, stock, stock - record, ADJUSTMENT);
          record = stock;
          break;
        case PRICE:
          this.#log(time, i, record, 0, PRICE_CHANGE);
          break;
      }
      if (observer !== void 0) watch.passed(time, stock, record);
    }
    physical[i] = stock;
    recorded[i] = record;
    if (observer !== void 0) this.#close(i, bare);
  }
  /** A till that sells what the record does not have puts the record right first. */
  #cover(i, time, record, units) {
    if (record >= units || this.#parts.model.backorders) return record;
    this.#log(time, i, units, units - record, ADJUSTMENT);
    return units;
  }
  /** What came off the truck: now and then a unit more or fewer than on paper. */
  #received(g, paper) {
    this.#draw(g, 1);
    const word = this.#out[1] ?? 0;
    if (word >= this.#rare.wrongReceipt) return paper;
    const error = 1 + below(this.#out[0] ?? 0, 3);
    return (word & 1) === 0 ? paper + error : Math.max(0, paper - error);
  }
  #spoilt(g, p, stock) {
    const days = this.#at.life(p);
    if (this.#parts.lives !== void 0) return spoiltUnits(this.#chance, stock, days);
    this.#draw(g, 4);
    return Math.floor((stock + below(this.#out[0] ?? 0, days)) / days);
  }
  #close(i, bare) {
    const { state, model } = this.#parts;
    this.#watch.close(this.#cell, this.#at.day, stockoutCause(state, i, this.#at.day, model.lateDays, bare));
  }
  #draw(g, draw) {
    threefry2x32(this.#out, this.#at.key0, this.#at.key1, g, this.#at.day << 8 | draw);
  }
  #log(time, i, record, delta, type) {
    const { log: log2, state } = this.#parts;
    log2.append(
      this.#at.base + time,
      this.#cell,
      record,
      state.onOrder[i] ?? 0,
      state.threshold[i] ?? 0,
      delta << 3 | type,
      this.#price
    );
  }
};

// src/day/rarities.ts
var MOST_OFTEN = 0.2;
function limit(p) {
  return Math.min(4294967295, Math.floor(p * 4294967296));
}
function rarities(model, { means }) {
  const theft = new Uint32Array(means.length);
  const damage = new Uint32Array(means.length);
  const bringBack = new Uint32Array(means.length);
  const anything = new Uint32Array(means.length);
  const lossUnits = new Uint16Array(means.length);
  for (const [rate, mean] of means.entries()) {
    const lost = mean * model.shrinkRate;
    const units = Math.max(1, Math.ceil(lost / MOST_OFTEN));
    lossUnits[rate] = units;
    const stolen = lost / units * model.unseenShrinkShare;
    const broken = lost / units * (1 - model.unseenShrinkShare);
    const returned = Math.min(0.2, mean * model.returnRate);
    theft[rate] = limit(stolen);
    damage[rate] = limit(stolen + broken);
    bringBack[rate] = limit(stolen + broken + returned);
    anything[rate] = limit(stolen + broken + returned + model.shelfFailureRate);
  }
  return {
    theft,
    damage,
    bringBack,
    anything,
    lossUnits,
    missedOrder: limit(model.missedOrderRate),
    lateTruck: limit(model.lateRate),
    wrongReceipt: limit(model.receivingErrorRate),
    substitution: limit(model.substitutionRate)
  };
}
function orderTrigger({ policy }) {
  return policy === "RS" || policy === "newsvendor" ? "upTo" : "threshold";
}

// src/day/store-days.ts
var MINUTE_MS7 = 6e4;
var StoreDays = class {
  observer;
  #parts;
  #rare;
  #series;
  #out = new Uint32Array(2);
  constructor(parts) {
    this.#parts = parts;
    this.#rare = rarities(parts.model, parts.rows);
    this.#series = new SeriesDay(parts, this.#rare);
  }
  /**
   * Simulates one local day. Most series-days are quiet: one random block, one look-up of demand, one comparison for
   * everything rare. Whatever else happens is left to `SeriesDay`.
   *
   * @param sequences - when given, events are only counted, store by store, and not kept
   */
  run(day, sequences) {
    const { model, rows, products, stores, state, layout, days, deliveries, log: log2, ordering } = this.#parts;
    const { lives, levels, desk } = this.#parts;
    const ownReviews = ordering && desk === void 0;
    const { topClass } = rows;
    const { table } = rows;
    const { heads } = table;
    const { physical, recorded, onOrder, dueDay, rateClass, threshold, upTo, traits } = state;
    const steps = levels?.steps;
    const rareLimit = this.#rare.anything;
    const out = this.#out;
    const series = this.#series;
    const { observer } = this;
    const count = products.length;
    const arrivals2 = deliveries.due(day);
    if (!ordering)
      for (const { series: cell, units } of deliveries.announced(day)) {
        const i = layout.seriesOf(cell);
        onOrder[i] = (onOrder[i] ?? 0) + units;
      }
    const countStep = model.countIntervalDays > 0 ? Math.floor(4294967296 / model.countIntervalDays) : 0;
    const byLevel = orderTrigger(model) === "upTo";
    const reviewEvery = model.policy === "RS" ? model.reviewDays : 1;
    const keptBefore = log2.length;
    const spoilsAll = lives === void 0 && model.shelfLifeDays > 0;
    for (let s = 0; s < stores.length; s++) {
      const store = stores[s];
      const list = layout.lists[s];
      if (store === void 0 || list === void 0) break;
      const shop = days.of(day, s);
      if (shop.closed) continue;
      levels?.turnTo(s, day);
      const { shift, storeShift, changed, anyChanged, idle } = shop;
      const key0 = layout.key0[s] ?? 0;
      const key1 = layout.key1[s] ?? 0;
      const firstId = layout.firstId[s] ?? 0;
      const countFrom = Math.imul(day - shop.closedBefore, countStep);
      const countSpan = countStep * (shop.closedBefore + 1);
      const base = DAY_MS - offsetMinutes(store.timeZone, day) * MINUTE_MS7;
      series.open(day, store, s, base, shop, observer);
      const firstCell = s * count;
      const logged = log2.length;
      let i = layout.offsets[s] ?? 0;
      for (let k = 0; k < list.length; k++, i++) {
        const p = list[k] ?? 0;
        if (idle?.[p] === 1) continue;
        const g = firstId + p;
        threefry2x32(out, key0, key1, g, day << 8);
        let rate = (rateClass[i] ?? 0) + (shift[p] ?? 0) + storeShift;
        if (steps !== void 0) rate += steps[i] ?? 0;
        if (rate < 0) rate = 0;
        if (rate > topClass) rate = topClass;
        const word = out[0] ?? 0;
        const chance = out[1] ?? 0;
        const row = groupOf(traits[i] ?? 0) * RATE_CLASSES + rate;
        let units = 0;
        while (units < HEAD && word >= (heads[row * HEAD + units] ?? 0)) units++;
        if (units === HEAD) units = table.units(row, word);
        const due = (dueDay[i] ?? NEVER) <= day;
        const counted = Math.imul(g, 2654435761) - countFrom >>> 0 < countSpan;
        if (units !== 0 || chance < (rareLimit[rate] ?? 0) || due || counted || series.spilled !== 0 || anyChanged && changed[p] === 1 || arrivals2?.has(firstCell + p) === true || spoilsAll && (physical[i] ?? 0) > 0 || lives !== void 0 && spoiltUnits(chance, physical[i] ?? 0, lives[p] ?? 0) > 0) {
          const priced = changed[p] === 1;
          series.run(i, p, g, rate, units, chance, due, counted, priced, arrivals2?.get(firstCell + p));
        } else if (observer !== void 0) {
          series.quiet(i, p);
        }
        if (!ownReviews || onOrder[i] !== 0) continue;
        const level = recorded[i] ?? 0;
        if (level >= (byLevel ? upTo[i] ?? 0 : threshold[i] ?? 0)) continue;
        if (reviewEvery > 1 && (day + g) % reviewEvery !== 0) continue;
        this.#review(i, p, s, day, level, base + shop.closesAt, shop.prices[p] ?? 0);
      }
      if (desk !== void 0) this.#askDesk(s, day, base, shop, logged);
      if (sequences !== void 0) {
        sequences[s] = (sequences[s] ?? 0) + log2.length - keptBefore;
        log2.truncate(keptBefore);
      }
    }
  }
  /** The orders of a store's own policy, product after product. */
  #askDesk(s, day, base, shop, logged) {
    const { desk, layout, products, state } = this.#parts;
    const wanted = desk?.review(s, day, shop, logged) ?? /* @__PURE__ */ new Map();
    for (const [p, units] of [...wanted].sort(([a], [b]) => a - b)) {
      const i = layout.seriesOf(s * products.length + p);
      this.#order(i, p, s, day, state.recorded[i] ?? 0, base + shop.closesAt, shop.prices[p] ?? 0, units);
    }
  }
  /** The evening's order of the model's policy, in whole cases. */
  #review(i, p, s, day, level, closesAt, price) {
    const { model, products, state } = this.#parts;
    const pack = products[p]?.packUnits ?? 1;
    const upTo = state.upTo[i] ?? 0;
    const wanted = model.policy === "sQ" ? upTo - (state.threshold[i] ?? 0) : upTo - level;
    const units = Math.max(1, ordersSingleUnits(model) ? wanted : Math.ceil(wanted / pack) * pack);
    this.#order(i, p, s, day, level, closesAt, price, units);
  }
  /** Places an order: forgotten now and then, sometimes on a late truck. */
  #order(i, p, s, day, level, closesAt, price, units) {
    const { model, layout, products, state, log: log2, desk } = this.#parts;
    const out = this.#out;
    const g = (layout.firstId[s] ?? 0) + p;
    threefry2x32(out, layout.key0[s] ?? 0, layout.key1[s] ?? 0, g, day << 8 | 2);
    const word = out[0] ?? 0;
    const other = out[1] ?? 0;
    if (word < this.#rare.missedOrder) return;
    const late = other < this.#rare.lateTruck;
    const trait = state.traits[i] ?? 0;
    const lead = model.leadDays[0] + (trait >>> 3 & 3);
    const at = closesAt + 35 * MINUTE_MS7 + below(Math.imul(word, 2654435761) >>> 0, 20 * MINUTE_MS7);
    const cell = s * products.length + p;
    const threshold = state.threshold[i] ?? 0;
    const before = state.onOrder[i] ?? 0;
    log2.append(at, cell, level, before + units, threshold, ORDER_PLACED, price);
    const atMs = (day - 1) * DAY_MS + at;
    this.observer?.ordered(cell, day, units, atMs);
    if (lead === 0 && !late) {
      state.physical[i] = (state.physical[i] ?? 0) + units;
      state.recorded[i] = level + units;
      this.observer?.restocked?.(cell, units, atMs + 1);
      log2.append(at + 1, cell, level + units, before, threshold, units << 3 | RESTOCK, price);
      return;
    }
    const due = day + lead + (late ? model.lateDays : 0);
    if (desk !== void 0) {
      desk.orders.add(i, [units, day + lead, due]);
      return;
    }
    state.onOrder[i] = units;
    state.dueDay[i] = due;
    state.traits[i] = late ? trait | LATE_BIT : trait & ~LATE_BIT;
  }
};

// src/day/shard-clock.ts
var MINUTE_MS8 = 6e4;
var ShardClock = class {
  stores;
  products;
  randomness;
  deliveries = new Deliveries();
  /** The next local day to simulate. */
  day = 0;
  /** Time of the latest event handed out, or the instant sought. */
  reachedMs;
  /** End of what was handed out or passed over: all before this instant, and nothing from it on. */
  untilMs;
  state;
  #settings;
  #rows;
  plan;
  #demand;
  shops;
  /** Where the stores' own policy is asked; undefined under a built-in one. */
  desk;
  #log;
  #sequences;
  #days;
  #observer;
  /** Where the last fill began. */
  #before = [0, 0];
  /** Next position of the log's order to hand out. */
  #next = 0;
  /** End of the sorted events, in the log's time. */
  #horizon = 0;
  constructor(settings, given) {
    this.#settings = settings;
    const { seed, model, own } = settings;
    const randomness = this.randomness = new Randomness(seed);
    const plan = this.plan = given ?? openPlan(settings, randomness);
    const { stores, products, layout } = plan;
    this.products = products;
    this.stores = stores;
    this.#demand = ownDemand(own?.data.demand, model, stores, products, layout, randomness);
    this.#rows = demandRows(model, usedGroups(this.#demand));
    this.shops = openDays(settings, plan, randomness);
    this.#log = new EventLog(Math.ceil(layout.length * 1.5) + 64);
    this.#sequences = new Float64Array(this.stores.length);
    this.reachedMs = this.untilMs = settings.startMs;
    this.state = this.#reset();
    this.#days = this.#newDays();
  }
  /** Sets who is called with what the events do not say. */
  observe(observer) {
    this.#observer = observer;
    this.#days.observer = observer;
  }
  /** Puts the world back to its start; deliveries stay, and will come again on their days. */
  rewind() {
    this.state = this.#reset();
    this.#days = this.#newDays();
  }
  /** Instant before which everything is simulated. */
  get simulatedUntilMs() {
    return this.day * DAY_MS - greatestOffset(this.stores, this.day) * MINUTE_MS8;
  }
  get handed() {
    return this.#sequences.reduce((sum, count) => sum + count, 0);
  }
  fill(batch) {
    while (this.#next >= this.#log.sorted) {
      if (this.#advance()) continue;
      this.untilMs = this.#settings.endMs;
      return false;
    }
    this.#before = [this.reachedMs, this.untilMs];
    const { sliced: words, order, sorted } = this.#log;
    const sequences = this.#sequences;
    const products = this.products.length;
    const base = (this.day - 2) * DAY_MS;
    const length = Math.min(batch.capacity, sorted - this.#next);
    this.#log.ready(this.#next + length);
    const { time, sequence, store, product, type } = batch;
    const { quantityDelta, currentStock, minThreshold, onOrder, unitPriceCents, fault } = batch;
    for (let n = 0, from = this.#next; n < length; n++, from++) {
      const at = (order[from] ?? 0) * WORDS;
      const series = words[at + 1] ?? 0;
      const s = Math.floor(series / products);
      const p = series - s * products;
      const tail = words[at + 5] ?? 0;
      time[n] = base + (words[at] ?? 0);
      sequence[n] = sequences[s] = (sequences[s] ?? 0) + 1;
      store[n] = s;
      product[n] = p;
      type[n] = tail & 7;
      quantityDelta[n] = tail >> 3;
      currentStock[n] = words[at + 2] ?? 0;
      onOrder[n] = words[at + 3] ?? 0;
      minThreshold[n] = words[at + 4] ?? 0;
      unitPriceCents[n] = words[at + 6] ?? 0;
    }
    fault.fill(0, 0, length);
    batch.length = length;
    this.#next += length;
    this.#reach(time[length - 1]);
    return true;
  }
  unfill(batch, from) {
    for (let n = from; n < batch.length; n++) {
      const store = batch.store[n] ?? 0;
      this.#sequences[store] = (this.#sequences[store] ?? 0) - 1;
    }
    this.#next -= batch.length - from;
    batch.length = from;
    if (from > 0) this.#reach(batch.time[from - 1]);
    else [this.reachedMs, this.untilMs] = this.#before;
  }
  #reach(lastMs = this.reachedMs) {
    this.reachedMs = lastMs;
    this.untilMs = lastMs + 1;
  }
  /** Goes on to the first event at or after an instant; days whose events all lie before are only counted. */
  skipTo(ms) {
    this.reachedMs = this.untilMs = ms;
    for (; ; ) {
      const lastMs = (this.day + 1) * DAY_MS - leastOffset(this.stores, this.day) * MINUTE_MS8;
      if (this.simulatedUntilMs >= this.#settings.startMs && lastMs <= ms) {
        this.#countPending();
        this.#days.run(this.day++, this.#sequences);
        continue;
      }
      const { sliced: words, order, sorted } = this.#log;
      const base = (this.day - 2) * DAY_MS;
      for (; this.#next < sorted; this.#next++) {
        this.#log.ready(this.#next + 1);
        const at = (order[this.#next] ?? 0) * WORDS;
        if (base + (words[at] ?? 0) >= ms) return;
        this.#count(words[at + 1] ?? 0);
      }
      if (!this.#advance()) return;
    }
  }
  /** What a snapshot must hold, beside the series. */
  moment() {
    const { words, sliced, order, sorted, length } = this.#log;
    this.#log.ready(sorted);
    const pending = new Int32Array(length * WORDS);
    let to = 0;
    for (let n = this.#next; n < sorted; n++, to += WORDS) {
      const at = (order[n] ?? 0) * WORDS;
      pending.set(sliced.subarray(at, at + WORDS), to);
    }
    for (let at = 0; at < length * WORDS; at += WORDS) {
      if ((words[at] ?? 0) < this.#horizon) continue;
      pending.set(words.subarray(at, at + WORDS), to);
      to += WORDS;
    }
    return {
      day: this.day,
      horizon: this.#horizon,
      reachedMs: this.reachedMs,
      untilMs: this.untilMs,
      sequences: this.#sequences.slice(),
      pending: pending.slice(0, to)
    };
  }
  /** Goes back to a moment; the series are restored beside it. */
  resume(moment) {
    this.day = moment.day;
    this.reachedMs = moment.reachedMs;
    this.untilMs = moment.untilMs;
    this.#sequences = moment.sequences.slice();
    this.#horizon = moment.horizon;
    this.#next = 0;
    this.#log.load(moment.pending);
    this.#sort();
  }
  /** Simulates the next local day and sorts what can be handed out; false when the world has ended. */
  #advance() {
    this.desk?.check();
    const { startMs, endMs } = this.#settings;
    if (this.stores.length === 0 || (this.day - 2) * DAY_MS + this.#horizon >= endMs) return false;
    const day = this.day++;
    this.#log.keepFrom(this.#horizon, DAY_MS);
    this.#days.run(day);
    this.#horizon = 2 * DAY_MS - greatestOffset(this.stores, day + 1) * MINUTE_MS8;
    this.#sort();
    this.#next = 0;
    const { sliced: words, order, sorted } = this.#log;
    const base = (day - 1) * DAY_MS;
    if (base < startMs) this.#log.ready(sorted);
    while (base < startMs && this.#next < sorted && base + (words[(order[this.#next] ?? 0) * WORDS] ?? 0) < startMs)
      this.#next++;
    return true;
  }
  /** Sorts what can be handed out: what lies before the horizon and the end of the world. */
  #sort() {
    const base = (this.day - 2) * DAY_MS;
    this.#log.sort(Math.max(0, Math.min(this.#horizon, this.#settings.endMs - base)));
  }
  /** Counts everything logged as handed out. */
  #countPending() {
    if (this.#log.length === 0) return;
    const { pending } = this.moment();
    for (let at = 1; at < pending.length; at += WORDS) this.#count(pending[at] ?? 0);
    this.#log.clear();
    this.#next = 0;
  }
  #count(series) {
    const store = Math.floor(series / this.products.length);
    this.#sequences[store] = (this.#sequences[store] ?? 0) + 1;
  }
  #reset() {
    const { model, startMs, replenishment } = this.#settings;
    this.day = Math.floor(startMs / DAY_MS) - 1;
    this.reachedMs = this.untilMs = startMs;
    this.#next = 0;
    this.#horizon = 0;
    this.#log.clear();
    this.#sequences.fill(0);
    return createSeries({
      model,
      rows: this.#rows,
      randomness: this.randomness,
      products: this.products,
      stores: this.stores,
      layout: this.plan.layout,
      demand: this.#demand,
      day: this.day,
      ordered: replenishment === "policy"
    });
  }
  #newDays() {
    const memory = this.#settings.own?.data.demand?.memory ?? 0;
    this.desk = openDesk(this.#settings, this.plan, this.state, this.randomness, this.#log);
    const days = new StoreDays({
      model: this.#settings.model,
      rows: this.#rows,
      randomness: this.randomness,
      products: this.products,
      stores: this.stores,
      state: this.state,
      layout: this.plan.layout,
      days: this.shops,
      lives: this.plan.lives,
      levels: memory === 0 ? void 0 : new SlowLevels(this.plan.layout, memory),
      deliveries: this.deliveries,
      log: this.#log,
      ordering: this.#settings.replenishment === "policy",
      desk: this.desk
    });
    days.observer = this.#observer;
    return days;
  }
};

// src/output/live.ts
import {
  abortSignal,
  flag,
  having,
  numberBetween as numberBetween3,
  systemClock,
  wait,
  wholeNumber
} from "@store/foundation";
var liveRules = {
  speed: numberBetween3(0, 1e7, { above: true }),
  maxRate: numberBetween3(0, Infinity, { above: true }),
  maxEvents: wholeNumber(1, 65536),
  totalEvents: wholeNumber(1),
  lend: flag(),
  signal: abortSignal(),
  clock: having("now", "wallNow", "schedule")
};
var LONGEST_WAIT_MS = 6e4;
async function* playLive(source, startMs, options) {
  const { speed = 1, maxRate = Infinity, maxEvents = 1024, lend = false } = options;
  const { clock = systemClock, signal } = options;
  const batch = new EventBatch(maxEvents);
  const aborted = () => signal?.aborted === true;
  let tiedAt = clock.now();
  let tiedMs = startMs;
  while (!aborted() && source.fill(batch)) {
    const firstMs = batch.time[0] ?? 0;
    for (; ; ) {
      const ahead = (firstMs - tiedMs) / speed - (clock.now() - tiedAt);
      if (ahead <= 0 || aborted()) break;
      await wait(clock, Math.min(LONGEST_WAIT_MS, Math.ceil(ahead)), signal);
    }
    const worldMs = tiedMs + (clock.now() - tiedAt) * speed;
    let due = 0;
    while (due < batch.length && (batch.time[due] ?? 0) <= worldMs) due++;
    source.unfill(batch, aborted() ? 0 : due);
    if (batch.length === 0) continue;
    const lastMs = batch.time[batch.length - 1] ?? firstMs;
    const count = batch.length;
    const began = clock.now();
    yield lend ? batch : copyOfBatch(batch);
    if (maxRate === Infinity) continue;
    const rest = count / maxRate * 1e3 - (clock.now() - began);
    if (rest > 0) await wait(clock, rest, signal);
    const late = tiedMs + (clock.now() - tiedAt) * speed - lastMs;
    if (late > 0) {
      tiedMs = lastMs;
      tiedAt = clock.now();
    }
  }
}

// src/own/extra-values.ts
function extraValues(declared, stores, products, taken) {
  return Object.freeze(
    declared.map((column, n) => {
      const { name: name2, type, from, value } = column;
      const at = `extra[${n}]`;
      if (taken.some(({ Name }) => Name === name2)) {
        throw wrong(`${at}.name`, name2, `the events have a column '${name2}' already; take another name.`);
      }
      const by = from === void 0 ? "world" : from.startsWith("store.") ? "store" : "product";
      const values = from === void 0 ? [value ?? null] : by === "store" ? stores.map((store) => fieldOf(from, storeFields(store))) : products.map((product) => fieldOf(from, productFields(product)));
      for (const one of values) {
        if (!isOfType(one, type))
          throw wrong(`${at}.${from === void 0 ? "value" : "from"}`, one, isNo(type, one, from));
      }
      const Comment = from === void 0 ? "The same in every event." : `The field ${from} of a world file.`;
      return Object.freeze({
        name: name2,
        by,
        values: Object.freeze(values),
        // each was looked at above
        column: Object.freeze({ Name: name2, Type: type, Comment })
      });
    })
  );
}
function storeFields({ input, ...store }) {
  const { timeZone, location, currency = currencyOf(location.country) } = store;
  return { ...store, currency, ...input, location, timeZone: timeZone.name };
}
var productFields = ({ input, ...product }) => ({ ...product, ...input });
function fieldOf(from, fields) {
  let found = fields;
  for (const part of from.split(".").slice(1)) {
    found = typeof found === "object" && found !== null && Object.hasOwn(found, part) ? Reflect.get(found, part) : null;
  }
  return found ?? null;
}
function fragmentsOf(extra) {
  const runs = [];
  for (const column of extra) {
    const run = runs.at(-1);
    if (run?.[0]?.by === column.by) run.push(column);
    else runs.push([column]);
  }
  const pieces = runs.map(pieceOf);
  return { pieces, longest: pieces.reduce((sum, { words }) => sum + words * 4, 0) };
}
function pieceOf(run) {
  const encoder = new TextEncoder();
  const texts = (run[0]?.values ?? []).map(
    (_, at) => encoder.encode(
      run.map(({ name: name2, values }) => `,${JSON.stringify(name2)}:${JSON.stringify(values[at] ?? null)}`).join("")
    )
  );
  const words = Math.ceil(texts.reduce((most, { length }) => Math.max(most, length), 0) / 4);
  const bytes = new Uint8Array(words * 4 * texts.length);
  for (const [at, text] of texts.entries()) bytes.set(text, at * words * 4);
  return {
    by: run[0]?.by ?? "world",
    lengths: Int32Array.from(texts, ({ length }) => length),
    words,
    view: new DataView(bytes.buffer)
  };
}

// src/output/own-format.ts
function openFormat(format, world, declared, fields) {
  const { stores, products } = world;
  const extra = extraValues(declared, stores, products, format.columns);
  const labels = labelsOf(stores, products);
  const byLanguage = labels?.products.map((translated) => ({ ...world, products: translated }));
  const languageAt = (batch, n) => labels?.languageOf[batch.store[n] ?? 0] ?? 0;
  function eventAt(batch, n) {
    const event = format.eventAt(byLanguage?.[languageAt(batch, n)] ?? world, batch, n);
    if (extra.length === 0 && fields === void 0) return event;
    const [s, p] = [batch.store[n] ?? 0, batch.product[n] ?? 0];
    const whole = extra.length === 0 ? event : Object.assign({}, event, valuesAt(extra, s, p));
    if (fields === void 0) return whole;
    const [store, product] = [stores[s], products[p]];
    if (store === void 0 || product === void 0) throw new RangeError(`The batch has no event ${n}.`);
    const context = { store: store.input ?? store, product: product.input ?? product };
    return withFields(whole, fields(whole, context));
  }
  function encoder() {
    const all = labels === void 0 ? world : { ...world, products: labels.products.flat() };
    let rows = format.encoder(all);
    if (extra.length > 0) rows = withExtra(rows, extra, products.length);
    return labels === void 0 ? rows : withLanguages(rows, labels.languageOf, products.length);
  }
  const columns2 = Object.freeze([...format.columns, ...extra.map(({ column }) => column)]);
  return { columns: columns2, extra, eventAt, encoder };
}
function withFields(event, given) {
  const added = given;
  const isObject2 = typeof added === "object" && added !== null && !Array.isArray(added);
  if (!isObject2 || "then" in added) {
    throw wrong("extra", added, "the function did not return an object of fields; return { name: value }.");
  }
  const has = Object(event);
  for (const name2 of Object.keys(added)) {
    if (name2 in has) {
      throw wrong(
        "extra",
        name2,
        `the function returned '${name2}', which the events have already; take another name.`
      );
    }
  }
  return Object.assign({}, event, added);
}
function valuesAt(extra, s, p) {
  return Object.fromEntries(
    extra.map(({ name: name2, by, values }) => [name2, values[by === "store" ? s : by === "product" ? p : 0]])
  );
}
function labelsOf(stores, products) {
  if (!products.some(({ input }) => typeof input?.product_name === "object")) return void 0;
  const languages = [...new Set(stores.map(({ language = "" }) => language))];
  if (languages.length === 0) return void 0;
  return {
    products: languages.map((language) => products.map((product) => inLanguage(product, language))),
    languageOf: Int32Array.from(stores, ({ language = "" }) => languages.indexOf(language))
  };
}
function inLanguage(product, language) {
  const names2 = product.input?.product_name;
  if (typeof names2 !== "object" || !Object.hasOwn(names2, language)) return product;
  return Object.freeze({ ...product, product_name: names2[language] ?? product.product_name });
}
var AT_ONCE = 64;
function withLanguages(rows, languageOf, products) {
  const move = ({ store, product }, from, to, sign) => {
    for (let n = from; n < to; n++)
      product[n] = (product[n] ?? 0) + sign * products * (languageOf[store[n] ?? 0] ?? 0);
  };
  return {
    rowBytes: rows.rowBytes,
    encode(batch, from, to, buffer) {
      const end = Math.min(to, from + AT_ONCE);
      move(batch, from, end, 1);
      try {
        return rows.encode(batch, from, end, buffer);
      } finally {
        move(batch, from, end, -1);
      }
    }
  };
}
function withExtra(rows, extra, products) {
  const { pieces, longest } = fragmentsOf(extra);
  const rowBytes = rows.rowBytes + longest;
  return {
    rowBytes,
    encode(batch, from, to, buffer) {
      const { bytes } = buffer;
      const out = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const last = bytes.length - rowBytes;
      let n = from;
      for (; n < to && buffer.length <= last; n++) {
        rows.encode(batch, n, n + 1, buffer);
        let at = buffer.length - 2;
        for (const { by, lengths, words, view } of pieces) {
          const product = (batch.product[n] ?? 0) % products;
          const place = by === "store" ? batch.store[n] ?? 0 : by === "product" ? product : 0;
          const start = place * words * 4;
          for (let word = 0; word < words * 4; word += 4)
            out.setUint32(at + word, view.getUint32(start + word));
          at += lengths[place] ?? 0;
        }
        out.setUint16(at, 32010);
        buffer.length = at + 2;
      }
      return n;
    }
  };
}

// src/output/ndjson.ts
import { abortSignal as abortSignal2, flag as flag2, wholeNumber as wholeNumber2 } from "@store/foundation";
var ndjsonStreamRules = {
  chunkBytes: wholeNumber2(1024, 67108864),
  maxEvents: wholeNumber2(1),
  signal: abortSignal2()
};
var ndjsonRules = { ...ndjsonStreamRules, lend: flag2() };
var NdjsonChunk = class {
  #lines;
  #broken;
  #buffer;
  #text = new TextEncoder();
  /** @param broken - undefined in a world without chaos */
  constructor(lines, chunkBytes, broken) {
    this.#lines = lines;
    this.#broken = broken;
    this.#buffer = { bytes: new Uint8Array(Math.max(chunkBytes, lines.rowBytes)), length: 0 };
  }
  /** Bytes written since the last `clear`. */
  get length() {
    return this.#buffer.length;
  }
  /** The bytes written, lent until the next `encode`. */
  get bytes() {
    return this.#buffer.bytes.subarray(0, this.#buffer.length);
  }
  /** Whether another line might not fit. */
  get full() {
    return this.#buffer.length > this.#buffer.bytes.length - this.#lines.rowBytes;
  }
  /** Forgets what is written. */
  clear() {
    this.#buffer.length = 0;
  }
  /** Writes events `from` up to `to`, not included, until the chunk is full; returns the first one left. */
  encode(batch, from, to) {
    let n = from;
    while (n < to && !this.full) {
      if (this.#broken !== void 0 && batch.fault[n] !== 0) this.#append(this.#broken(batch, n++));
      else n = this.#lines.encode(batch, n, this.#endOfWhole(batch, n, to), this.#buffer);
    }
    return n;
  }
  /** The first event from `from` on whose line chaos broke, or `to`. */
  #endOfWhole(batch, from, to) {
    if (this.#broken === void 0) return to;
    let end = from;
    while (end < to && batch.fault[end] === 0) end++;
    return end;
  }
  #append(line) {
    const { bytes, length } = this.#buffer;
    this.#buffer.length += this.#text.encodeInto(line, bytes.subarray(length)).written;
  }
};
function ndjsonStreamOf(chunk, fill, chunkBytes, signal) {
  let taken = 0;
  const stop = () => new WorldError("ABORTED", "signal", "an abort", "not aborted while the stream is read");
  return new ReadableStream({
    type: "bytes",
    autoAllocateChunkSize: chunkBytes,
    start(controller) {
      if (signal?.aborted === true) controller.error(stop());
      signal?.addEventListener(
        "abort",
        () => {
          controller.error(stop());
        },
        { once: true }
      );
    },
    pull(controller) {
      if (taken === chunk.length) {
        chunk.clear();
        taken = 0;
        if (!fill(chunk)) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
      }
      const request = controller.byobRequest;
      const { view } = request ?? {};
      if (request === null || view === null || view === void 0) {
        controller.enqueue(chunk.bytes.slice(taken));
        taken = chunk.length;
        return;
      }
      const length = Math.min(view.byteLength, chunk.length - taken);
      new Uint8Array(view.buffer, view.byteOffset, length).set(chunk.bytes.subarray(taken, taken + length));
      taken += length;
      request.respond(length);
    }
  });
}

// src/score/score.ts
var names = [
  "days",
  "stocked",
  "orders",
  "demand",
  "substituted",
  "sold",
  "lost",
  "missed",
  "received",
  "returned",
  "wasted",
  "shrunk",
  "opening",
  "closing",
  "heldCents",
  "missedCents",
  "wastedCents"
];
function scoreOf(clock, startMs, untilMs, costs) {
  const { stores, products } = clock;
  const categories = categoriesOf(products);
  const places = products.map(({ category }) => categories.indexOf(category));
  const sums = stores.map(() => categories.map(newSums));
  const spare = newSums();
  clock.observe(
    observerOf(clock, startMs, untilMs, (cell) => {
      const s = Math.floor(cell / products.length);
      return sums[s]?.[places[cell - s * products.length] ?? 0] ?? spare;
    })
  );
  clock.skipTo(untilMs);
  return {
    ...lineOf(sums.flat(), costs),
    currencies: [
      ...new Set(stores.map(({ currency, location }) => currency ?? currencyOf(location.country)))
    ],
    byStore: stores.map(({ store_id }, s) => ({ store_id, ...lineOf(sums[s] ?? [], costs) })),
    byCategory: categories.map((category, n) => {
      const parts = sums.flatMap((ofStore) => ofStore[n] ?? []);
      return { category, ...lineOf(parts, costs) };
    })
  };
}
var categoriesOf = (products) => [
  ...new Set(products.map(({ category }) => category))
];
var newSums = () => Object.fromEntries(names.map((name2) => [name2, 0]));
function observerOf({ stores, products }, startMs, untilMs, sumsOf) {
  const cells = stores.length * products.length;
  const stock = new Float64Array(cells).fill(NEVER_SEEN);
  const closedOn = new Float64Array(cells).fill(NEVER_SEEN);
  const left = new Float64Array(cells);
  const cents = new Int32Array(cells);
  function lie(cell, nights) {
    const units = left[cell] ?? 0;
    const value = Math.abs(units) * nights * (cents[cell] ?? 0);
    if (units > 0) sumsOf(cell).heldCents += value;
    else sumsOf(cell).missedCents += value;
  }
  return {
    window: [startMs, untilMs],
    closed(cell, day, tally) {
      const sums = sumsOf(cell);
      const price = tally.everyday[cell % products.length] ?? 0;
      for (const name2 of flows) sums[name2] += tally[name2];
      sums.missedCents += tally.missed * price;
      sums.wastedCents += tally.wasted * price;
      sums.shrunk -= tally.wasted;
      const before = stock[cell] ?? NEVER_SEEN;
      if (before === NEVER_SEEN) {
        sums.opening += tally.opening;
        sums.closing += tally.opening;
      }
      sums.closing += tally.physical - (before === NEVER_SEEN ? tally.opening : before);
      stock[cell] = tally.physical;
      if (!tally.closing) return;
      sums.days++;
      if (tally.physical > 0) sums.stocked++;
      const last = closedOn[cell] ?? NEVER_SEEN;
      if (last !== NEVER_SEEN) lie(cell, day - last - 1);
      closedOn[cell] = day;
      left[cell] = tally.physical;
      cents[cell] = price;
      lie(cell, 1);
    },
    shrunk(cell, _day, units) {
      sumsOf(cell).shrunk += units;
    },
    counted: () => void 0,
    ordered(cell, _day, _units, atMs) {
      if (atMs >= startMs && atMs < untilMs) sumsOf(cell).orders++;
    },
    restocked(cell, units, atMs) {
      const known = stock[cell] ?? NEVER_SEEN;
      if (known === NEVER_SEEN || atMs >= untilMs) return;
      stock[cell] = known + units;
      const sums = sumsOf(cell);
      sums.closing += units;
      sums[atMs < startMs ? "opening" : "received"] += units;
    }
  };
}
var NEVER_SEEN = -Infinity;
var flows = ["demand", "substituted", "sold", "lost", "missed", "received", "returned", "wasted"];
function lineOf(parts, costs) {
  const sums = newSums();
  for (const part of parts) for (const name2 of names) sums[name2] += part[name2];
  const { days, stocked, orders, heldCents, missedCents, wastedCents, ...units } = sums;
  const holding = heldCents / 100 * costs.holding;
  const ordering = orders * costs.ordering;
  const lostMargin = missedCents / 100 * costs.lostMargin;
  const waste = wastedCents / 100 * costs.waste;
  return {
    serviceLevel: days === 0 ? 1 : stocked / days,
    fillRate: units.demand === 0 ? 1 : units.sold / units.demand,
    wasteRate: units.received === 0 ? 0 : units.wasted / units.received,
    costs: { holding, ordering, lostMargin, waste, total: holding + ordering + lostMargin + waste },
    seriesDays: days,
    orders,
    units
  };
}

// src/score/cost-bound.ts
function costBoundOf(clock, { leadDays, lateDays }, startMs, untilMs, costs) {
  const { stores, products, plan, state } = clock;
  const [firstDay, due] = [clock.day, state.dueDay.slice()];
  const known = /* @__PURE__ */ new Map();
  clock.observe(observerOf2(products.length, startMs, untilMs, known));
  clock.skipTo(untilMs);
  const categories = categoriesOf(products);
  const byStore = stores.map(() => 0);
  const byCategory = categories.map(() => 0);
  for (const [cell, series] of known) {
    const s = Math.floor(cell / products.length);
    const store = stores[s];
    const i = plan.layout.seriesOf(cell);
    if (store === void 0) continue;
    const free = [due[i] ?? NEVER];
    const lead = leadDays[0] + ((state.traits[i] ?? 0) >>> 3 & 3);
    for (let day = firstDay; day * DAY_MS - offsetMinutes(store.timeZone, day) * 6e4 < startMs; day++)
      for (const days of [lead, lead + lateDays]) free.push(day + Math.max(1, days));
    const cost = cheapest(series, free, costs);
    byStore[s] = (byStore[s] ?? 0) + cost;
    const n = categories.indexOf(products[cell - s * products.length]?.category ?? "");
    byCategory[n] = (byCategory[n] ?? 0) + cost;
  }
  return {
    total: byStore.reduce((sum, cost) => sum + cost, 0),
    byStore: stores.map(({ store_id }, s) => ({ store_id, total: byStore[s] ?? 0 })),
    byCategory: categories.map((category, n) => ({ category, total: byCategory[n] ?? 0 }))
  };
}
function observerOf2(products, startMs, untilMs, known) {
  return {
    window: [startMs, untilMs],
    closed(cell, day, { demand, barred, returned, everyday, closing }) {
      const series = known.get(cell) ?? { days: [], units: [], barred: 0, firstClosing: NEVER, cents: 0 };
      known.set(cell, series);
      series.days.push(day);
      series.units.push(demand - barred - returned);
      series.barred += barred;
      series.cents = everyday[cell % products] ?? 0;
      if (closing && series.firstClosing === NEVER) series.firstClosing = day;
    },
    shrunk: () => void 0,
    counted: () => void 0,
    ordered: () => void 0
  };
}
function cheapest({ days, units, barred, firstClosing, cents }, free, costs) {
  const length = (days.at(-1) ?? 0) - firstClosing + 1;
  const unavoidable = barred * costs.lostMargin * cents / 100;
  if (firstClosing === NEVER || length <= 0) return unavoidable;
  const holding = costs.holding * cents / 100;
  const margin = costs.lostMargin * cents / 100;
  const wanted = new Float64Array(length);
  const ordering = new Float64Array(length).fill(costs.ordering);
  for (const [n, day] of days.entries()) if (day >= firstClosing) wanted[day - firstClosing] = units[n] ?? 0;
  ordering[0] = 0;
  for (const day of free) {
    const open = days.find((one) => one >= day);
    if (open !== void 0 && open >= firstClosing) ordering[open - firstClosing] = 0;
  }
  const least = new Float64Array(length + 1).fill(Infinity);
  least[0] = 0;
  for (let from = 0; from < length; from++) {
    let cost = (least[from] ?? 0) + (ordering[from] ?? 0);
    for (let to = from; to < length; to++) {
      cost += (wanted[to] ?? 0) * Math.min(margin, holding * (to - from));
      if (cost < (least[to + 1] ?? 0)) least[to + 1] = cost;
    }
  }
  return unavoidable + Math.max(0, least[length] ?? 0);
}

// src/truth/truth.ts
var causes = {
  0: null,
  1: "ordering",
  2: "shelf",
  3: "supplier"
};
function truthOf(open, fingerprint) {
  function* read(closings = { count: 0 }) {
    const records = [];
    const { clock, source, untilMs } = open((store, sequence, fault, milliseconds, atMs) => {
      const at = clock.stores[store];
      if (at === void 0 || atMs >= untilMs) return;
      records.push({ kind: "fault", event_id: eventId(fingerprint, at, sequence), fault, milliseconds });
    });
    clock.observe(recordDays(clock, untilMs, records, closings));
    const batch = new EventBatch(1024);
    for (let going = true; going && clock.reachedMs < untilMs; ) {
      going = source.fill(batch);
      yield* records;
      records.length = 0;
    }
  }
  return {
    [Symbol.iterator]: () => read(),
    totals() {
      const closings = { count: 0 };
      const sums = totalsOf(read(closings));
      return { seriesDays: closings.count, ...sums };
    }
  };
}
function recordDays(clock, untilMs, records, closings) {
  const whose = (series, day) => {
    const store = clock.stores[Math.floor(series / clock.products.length)];
    const product = clock.products[series % clock.products.length];
    if (store === void 0 || product === void 0) throw new RangeError(`There is no series ${series}.`);
    return {
      date: new Date(day * DAY_MS).toISOString().slice(0, 10),
      store_id: store.store_id,
      product_id: product.product_id
    };
  };
  return {
    window: [clock.untilMs, untilMs],
    closed(series, day, tally) {
      if (tally.closing) closings.count++;
      records.push({
        kind: "day",
        ...whose(series, day),
        demand: tally.demand,
        substituted: tally.substituted,
        sold: tally.sold,
        lost: tally.lost,
        partial: tally.partial,
        physical_stock: tally.physical,
        recorded_stock: tally.recorded,
        stockout: causes[tally.cause]
      });
    },
    shrunk(series, day, units, seen) {
      records.push({ kind: "loss", ...whose(series, day), units, seen });
    },
    counted: () => void 0,
    ordered: () => void 0
  };
}
function totalsOf(records) {
  const sums = { demand: 0, sold: 0, lost: 0, substituted: 0, shrunk: 0 };
  const stockouts = { ordering: 0, shelf: 0, supplier: 0 };
  const faults = { late: 0, out_of_order: 0, duplicate: 0, dropped: 0, corrupt: 0, drift: 0, skew: 0 };
  for (const record of records) {
    switch (record.kind) {
      case "day":
        sums.demand += record.demand;
        sums.sold += record.sold;
        sums.lost += record.lost;
        sums.substituted += record.substituted;
        if (record.stockout !== null) stockouts[record.stockout]++;
        break;
      case "loss":
        sums.shrunk += record.units;
        break;
      case "fault":
        faults[record.fault]++;
        break;
    }
  }
  return { ...sums, stockouts, faults };
}

// src/world/deliver.ts
import { checkOptions as checkOptions3, required as required4, satisfying as satisfying3, wholeNumber as wholeNumber4 } from "@store/foundation";

// src/world/options.ts
import {
  checkOptions as checkOptions2,
  eitherOf,
  flag as flag3,
  nested,
  oneOf,
  required as required3,
  satisfying as satisfying2,
  wholeNumber as wholeNumber3
} from "@store/foundation";
var iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;
var EARLIEST = Date.UTC(1970, 0, 11);
var LATEST = Date.UTC(9e3, 0, 1);
var instantRule = satisfying2(
  "a day such as 2026-01-05, an instant such as 2026-01-05T08:00:00Z, or a Date, from 1970-01-11 to 8999",
  (value) => {
    const ms = typeof value === "string" ? iso.test(value) ? Date.parse(value) : Number.NaN : msOfDate(value);
    return ms >= EARLIEST && ms <= LATEST && (typeof value !== "string" || isRealDay(value));
  }
);
function msOfDate(value) {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return Number.NaN;
  }
}
function isRealDay(text) {
  const day = text.slice(0, 10);
  return (/* @__PURE__ */ new Date(`${day}T00:00:00Z`)).toISOString().startsWith(day);
}
function instantMs(option, value) {
  const problem = instantRule.problem(value, option);
  if (problem !== void 0) throw invalidOption(problem);
  return typeof value === "string" ? Date.parse(value) : Number(value);
}
var presetRules = {
  model: required3(nested(modelRules)),
  format: required3(nested(formatRules))
};
var shardRules = {
  index: required3(wholeNumber3(0, 999999)),
  count: required3(wholeNumber3(1, 1e6))
};
var countRules = {
  stores: wholeNumber3(1, worldLimits.stores),
  products: wholeNumber3(1, worldLimits.products)
};
var worldRules = {
  ...countRules,
  // These take lists, too.
  ...ownRules,
  worldFile: satisfying2("1, the version of the format", (value) => value === 1),
  seed: wholeNumber3(0),
  start: instantRule,
  days: wholeNumber3(1, worldLimits.days),
  maxEvents: wholeNumber3(1),
  preset: eitherOf(oneOf(...Object.keys(presets)), nested(presetRules)),
  shard: nested(shardRules),
  chaos: eitherOf(flag3(), nested(chaosRules)),
  replenishment: oneOf("policy", "deliveries")
};
function settle(options) {
  checkOptions2(options, worldRules, invalidOption);
  const { shard = { index: 0, count: 1 }, days = worldDefaults.days } = options;
  const stores = countOf(options.stores ?? worldDefaults.stores);
  const products = countOf(options.products ?? worldDefaults.products);
  if (stores * products > worldLimits.series) {
    const most = `at most ${worldLimits.series}`;
    throw new WorldError("INVALID_OPTION", "stores \xD7 products", stores * products, most);
  }
  if (shard.index >= shard.count) {
    throw new WorldError("INVALID_OPTION", "shard.index", shard.index, `0 to ${shard.count - 1}`);
  }
  const startMs = instantMs("start", options.start ?? worldDefaults.start);
  const preset = presetOf(options.preset);
  checkTogether(preset.model, "preset.model");
  const seed = options.seed ?? worldDefaults.seed;
  const { policy = preset.model.policy } = options;
  const ownPolicy = typeof policy === "function" ? policy : void 0;
  if (ownPolicy !== void 0 && options.replenishment === "deliveries") {
    const asked = "'policy', since `policy` is a function, which is never asked where only deliveries fill shelves";
    throw new WorldError("INVALID_OPTION", "replenishment", "deliveries", asked);
  }
  const own = settleOwn(
    {
      ...options,
      stores: options.stores ?? stores,
      products: options.products ?? products,
      policy: typeof options.policy === "function" ? void 0 : options.policy
    },
    preset.model,
    new Randomness(seed)
  );
  return {
    preset,
    settings: {
      seed,
      stores,
      products,
      startMs,
      endMs: startMs + days * 864e5,
      maxEvents: options.maxEvents ?? Infinity,
      format: preset.format.name,
      // What a caller changes later changes no world.
      model: frozenModel({
        ...preset.model,
        policy: typeof policy === "function" ? preset.model.policy : policy
      }),
      shard: { ...shard },
      chaos: settleChaos(options.chaos),
      replenishment: options.replenishment ?? "policy",
      own,
      ownDigest: own?.digest,
      policy: ownPolicy,
      costs: settleCosts(options.costs)
    }
  };
}
var countOf = (given) => typeof given === "number" ? given : given.length;
function presetOf(preset = defaultName()) {
  if (typeof preset === "object") return preset;
  const named = presets[preset];
  return named;
}
var defaultName = () => worldDefaults.preset;

// src/world/deliver.ts
var MINUTE_MS9 = 6e4;
var LAST_TRUCK_MS = 22 * 60 * MINUTE_MS9;
var FIRST_TRUCK_MS = 4 * 60 * MINUTE_MS9;
var name = required4(satisfying3("text", (value) => typeof value === "string"));
var orderRules = {
  store_id: name,
  product_id: name,
  quantity: required4(wholeNumber4(1, 1e6)),
  at: required4(instantRule)
};
function deliveryDesk(clock, startMs, endMs) {
  const stores = new Map(clock.stores.map(({ store_id }, s) => [store_id, s]));
  const products = new Map(clock.products.map(({ product_id }, p) => [product_id, p]));
  const range = `from ${new Date(startMs).toISOString()} until before ${new Date(endMs).toISOString()}`;
  function placeOf({ store_id, product_id }) {
    const s = stores.get(store_id);
    const p = products.get(product_id);
    if (s === void 0) {
      throw new WorldError("UNKNOWN_SERIES", "store_id", store_id, "a store of this shard");
    }
    if (p === void 0) {
      throw new WorldError("UNKNOWN_SERIES", "product_id", product_id, "a product of this world");
    }
    if (clock.plan.layout.seriesOf(s * clock.products.length + p) < 0) {
      throw new WorldError("UNKNOWN_SERIES", "product_id", product_id, `in the assortment of ${store_id}`);
    }
    return { s, p };
  }
  return (order) => {
    checkOptions3(order, orderRules, invalidOption);
    const { s, p } = placeOf(order);
    const atMs = instantMs("at", order.at);
    if (atMs < startMs || atMs >= endMs) throw new WorldError("OUT_OF_RANGE", "at", order.at, range);
    const zone = clock.stores[s]?.timeZone;
    if (zone === void 0) throw new RangeError(`There is no store ${s}.`);
    const offsetMs = (day2) => offsetMinutes(zone, day2) * MINUTE_MS9;
    let day = Math.floor((atMs + offsetMs(Math.floor(atMs / DAY_MS))) / DAY_MS);
    let time = atMs + offsetMs(day) - day * DAY_MS;
    if (time > LAST_TRUCK_MS) {
      day++;
      time = FIRST_TRUCK_MS;
    }
    for (; day < clock.day || clock.shops.closedOn(s, p, day); day++) {
      time = FIRST_TRUCK_MS;
      if (day * DAY_MS - offsetMs(day) >= endMs) break;
    }
    time = Math.max(FIRST_TRUCK_MS, time);
    const arrivesMs = day * DAY_MS + time - offsetMs(day);
    const withdrawn = clock.products[p]?.input?.withdrawn;
    if (withdrawn !== void 0 && day > Date.parse(withdrawn) / DAY_MS) {
      const allowed = `so early that ${order.store_id} takes it on ${withdrawn} at the latest, the last day of ${order.product_id}`;
      throw new WorldError("OUT_OF_RANGE", "at", order.at, allowed);
    }
    if (arrivesMs >= endMs) {
      const allowed = `so early that the store can take it before ${new Date(endMs).toISOString()}`;
      throw new WorldError("OUT_OF_RANGE", "at", order.at, allowed);
    }
    const { quantity: units } = order;
    const series = s * clock.products.length + p;
    clock.deliveries.add({ series, day, time, units, announcedDay: clock.day });
    return { atMs: arrivesMs };
  };
}

// src/world/estimate.ts
var SAMPLED_DAYS = 15e4;
var COUNTED_DAYS = 6e4;
var WEEKS2 = 13;
var WARM_DAYS = 14;
var WHOLE_DAYS = 35;
var PRICED_DAYS = 4e6;
var BLOCK = 32;
var QUIET_DAY = 0.1;
var MEASURED = 512;
var EACH = 61;
function estimateOf(input) {
  const { settings, clock } = input;
  const days = (settings.endMs - clock.untilMs) / DAY_MS;
  if (days <= 0 || clock.plan.layout.length === 0) return { events: 0, bytes: 0, exact: true };
  const total = (settings.endMs - settings.startMs) / DAY_MS;
  const small = clock.plan.layout.length * (total + 1) <= COUNTED_DAYS && settings.replenishment === "policy";
  const { events, lines } = small ? countAll(input) : sample(input, days);
  const { chaos } = settings;
  const kept = chaos === void 0 ? 1 : (1 - chaos.dropped) * (1 + chaos.duplicate);
  return {
    events: Math.round(events * kept),
    bytes: Math.round(events * kept * lines.meanBytes(events / clock.stores.length / days, settings.startMs)),
    exact: small && chaos === void 0
  };
}
function countAll({ settings, clock, open, eventAt }) {
  const all = open(settings, clock.deliveries.all);
  const lines = new Lines(eventAt);
  const { handed } = clock;
  for (const batch of batchesOf(all, 1024)) lines.take(batch);
  return { events: all.handed - handed, lines };
}
function sample({ settings, clock, eventAt }, days) {
  const { untilMs } = clock;
  const products = clock.products.length;
  const weeks = Math.max(2, Math.min(WEEKS2, Math.floor(days / 7), Math.floor(PRICED_DAYS / products / 21)));
  const whole = days <= WHOLE_DAYS;
  const length = whole ? days : 7;
  const simulated = whole ? days + WARM_DAYS : weeks * (7 + WARM_DAYS);
  const part = partOf(settings, clock, Math.max(64, Math.round(SAMPLED_DAYS / simulated)));
  const lines = new Lines(eventAt, part.stores);
  let events = 0;
  for (let week = 0; week < (whole ? 1 : weeks); week++) {
    const fromMs = untilMs + Math.round((days - length) * week / Math.max(1, weeks - 1)) * (whole ? 0 : DAY_MS);
    const endMs = Math.min(settings.endMs, fromMs + length * DAY_MS);
    const some = new ShardClock(
      { ...part.settings, startMs: fromMs - WARM_DAYS * DAY_MS, endMs, replenishment: "policy" },
      part.plan
    );
    some.skipTo(fromMs);
    const before = some.handed;
    for (const batch of batchesOf(some, 8192)) lines.take(batch);
    events += (some.handed - before) / (whole ? 1 : weeks * 7);
  }
  return { events: events * (whole ? 1 : days) * part.scale, lines };
}
function* batchesOf(clock, most) {
  const batch = new EventBatch(most);
  while (clock.fill(batch)) yield batch;
}
function partOf(settings, clock, series) {
  const { plan, state } = clock;
  const { layout } = plan;
  const means = settings.model.fixedMean > 0 ? Float64Array.of(1) : rateMeans();
  const weight = (i) => (means[state.rateClass[i] ?? 0] ?? 0) + QUIET_DAY;
  const count = Math.max(
    1,
    Math.min(plan.stores.length, Math.round(series * plan.stores.length / layout.length))
  );
  const chosen = Array.from(
    { length: count },
    (_, n) => Math.floor((n + 0.5) * plan.stores.length / count)
  );
  const most = Math.max(BLOCK, Math.ceil(2 * series / count));
  let [whole, taken] = [0, 0];
  for (let i = 0; i < layout.length; i++) whole += weight(i);
  const lists = chosen.map((s) => {
    const all = layout.lists[s] ?? new Int32Array(0);
    const first = layout.offsets[s] ?? 0;
    const places = all.length <= most ? Array.from(all.keys()) : blocksOf(all.length, most / 2);
    for (const place of places) taken += weight(first + place);
    return Int32Array.from(places, (place) => all[place] ?? 0);
  });
  const stores = chosen.map((s) => plan.stores[s]).filter((store) => store !== void 0);
  const own = settings.own;
  const isOwn = typeof own?.data.stores === "object" || typeof own?.data.products === "object";
  const ids = new Set(stores.map(({ store_id }) => store_id));
  const demand = own?.data.demand;
  const few = { ...demand, series: (demand?.series ?? []).filter(({ store_id }) => ids.has(store_id)) };
  const sampled = {
    ...plan,
    stores,
    layout: new SeriesLayout(stores, plan.products.length, new Randomness(settings.seed), isOwn, lists)
  };
  return {
    plan: sampled,
    settings: own === void 0 ? settings : { ...settings, own: { ...own, data: { ...own.data, demand: few } } },
    stores: chosen,
    scale: taken === 0 ? 0 : whole / taken
  };
}
function blocksOf(length, wanted) {
  const blocks = Math.max(1, Math.floor(wanted / BLOCK));
  return Array.from({ length: blocks }, (_, block) => {
    const first = Math.floor(block * (length - BLOCK) / Math.max(1, blocks - 1));
    return Array.from({ length: BLOCK }, (__, n) => first + n);
  }).flat();
}
var Lines = class {
  #eventAt;
  /** Position in the world of each store of the part. */
  #stores;
  #kept = new EventBatch(MEASURED);
  constructor(eventAt, stores) {
    this.#eventAt = eventAt;
    this.#stores = stores;
  }
  /** Keeps some events of a batch. */
  take(batch) {
    const kept = this.#kept;
    const to = columnsOf(kept);
    const from = columnsOf(batch);
    for (let n = 0; n < batch.length && kept.length < MEASURED; n += EACH) {
      for (const [c, column] of to.entries()) column[kept.length] = from[c]?.[n] ?? 0;
      const store = batch.store[n] ?? 0;
      kept.store[kept.length++] = this.#stores?.[store] ?? store;
    }
  }
  /** Mean bytes of a line; `sequence` has as many digits as it will have when a store has so many events a day. */
  meanBytes(eventsADay, startMs) {
    const kept = this.#kept;
    const text = new TextEncoder();
    let bytes = 0;
    for (let n = 0; n < kept.length; n++) {
      kept.sequence[n] = Math.ceil(eventsADay * ((kept.time[n] ?? 0) - startMs) / DAY_MS);
      bytes += text.encode(JSON.stringify(this.#eventAt(kept, n))).length + 1;
    }
    return kept.length === 0 ? 0 : bytes / kept.length;
  }
};

// src/world/reader.ts
var AHEAD = 1024;
var Reader = class {
  /** The events read ahead. */
  batch = new EventBatch(AHEAD);
  /** The first of them that nobody has had. */
  next = 0;
  #source;
  constructor(source) {
    this.#source = source;
  }
  /** Makes sure that there is an event at `next`; false at the end. */
  ready() {
    if (this.next < this.batch.length) return true;
    this.next = 0;
    this.batch.length = 0;
    return this.#source.fill(this.batch);
  }
  /** Fills another batch with what comes next. */
  into(batch) {
    this.settle();
    return this.#source.fill(batch);
  }
  /** Gives back what was read ahead, so that the source stands where its readers do. */
  settle() {
    if (this.next < this.batch.length) this.#source.unfill(this.batch, this.next);
    this.drop();
  }
  /** Forgets what was read ahead, after the source has moved. */
  drop() {
    this.batch.length = 0;
    this.next = 0;
  }
  /** What comes next as a source, at most so many events. */
  source(most) {
    const source = {
      fill: (batch) => this.into(batch),
      unfill: (batch, from) => {
        this.#source.unfill(batch, from);
      }
    };
    return most === void 0 ? source : new BoundedSource(source, most);
  }
};
function* readEvents(reader, eventAt, { maxEvents = Infinity, signal }) {
  for (let left = maxEvents; left > 0 && reader.ready(); left--) {
    throwIfAborted(signal);
    yield eventAt(reader.batch, reader.next++);
  }
}
function* readBatches(reader, { maxEvents = 8192, totalEvents, lend = false, signal }) {
  const source = reader.source(totalEvents);
  const nextBatch = batchesOf2(maxEvents, lend);
  for (; ; ) {
    const batch = nextBatch();
    if (!source.fill(batch)) return;
    throwIfAborted(signal, () => {
      source.unfill(batch, 0);
    });
    yield batch;
  }
}
function chunkFiller(reader, maxEvents) {
  let left = maxEvents ?? Infinity;
  return (chunk) => {
    while (!chunk.full && left > 0 && reader.ready()) {
      const from = reader.next;
      reader.next = chunk.encode(reader.batch, from, Math.min(reader.batch.length, from + left));
      left -= reader.next - from;
    }
    return chunk.length > 0;
  };
}
function* readChunks(fill, chunk, { lend = false, signal }) {
  for (; ; ) {
    throwIfAborted(signal);
    chunk.clear();
    if (!fill(chunk)) return;
    yield lend ? chunk.bytes : chunk.bytes.slice();
  }
}
function batchesOf2(maxEvents, lend) {
  if (!lend) return () => new EventBatch(maxEvents);
  const batch = new EventBatch(maxEvents);
  return () => batch;
}
function checkPlace(batch, n) {
  if (!(batch instanceof EventBatch)) {
    throw new WorldError("INVALID_OPTION", "batch", batch, "a batch of this world");
  }
  if (Number.isInteger(n) && n >= 0 && n < batch.length) return;
  throw new WorldError("OUT_OF_RANGE", "n", n, `a position in the batch, 0 to ${batch.length - 1}`);
}
function throwIfAborted(signal, before) {
  if (signal?.aborted !== true) return;
  before?.();
  throw new WorldError("ABORTED", "signal", "an abort", "not aborted while the world is read");
}

// src/world/snapshot.ts
import { shown as shown2 } from "@store/foundation";
var MAGIC = 861359955;
var FAMILY = MAGIC & 16777215;
var FRONT = 12;
function arraysOf({ state, desk }) {
  const sales = desk === void 0 ? [] : [desk.sales];
  return [state.physical, state.recorded, state.onOrder, state.dueDay, state.traits, ...sales];
}
function packSnapshot(clock, identity, waiting) {
  const moment = clock.moment();
  const parts = [moment.sequences, moment.pending, ...arraysOf(clock)].map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  );
  const header = {
    identity,
    day: moment.day,
    horizon: moment.horizon,
    reachedMs: moment.reachedMs,
    untilMs: moment.untilMs,
    deliveries: clock.deliveries.all,
    waiting,
    desk: clock.desk?.moment(),
    lengths: parts.map(({ length }) => length)
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const textEnd = FRONT + padded(text.length);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + padded(length), textEnd));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(8, text.length, true);
  bytes.set(text, FRONT);
  let at = textEnd;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  view.setUint32(4, checksum(new Uint32Array(bytes.buffer, 8)), true);
  return bytes;
}
function openSnapshot(given, identity) {
  const bytes = copyOf(given);
  if (bytes === void 0) throw notASnapshot(shown2(given));
  const view = new DataView(bytes.buffer);
  const magic = bytes.length < FRONT ? 0 : view.getUint32(0, true);
  if (magic !== MAGIC && (magic & 16777215) === FAMILY) throw notASnapshot("one of another version");
  if (magic !== MAGIC) throw notASnapshot(`${bytes.length} bytes`);
  if (bytes.length % 4 !== 0 || checksum(new Uint32Array(bytes.buffer, 8)) !== view.getUint32(4, true)) {
    throw notASnapshot(`${bytes.length} bytes that are damaged or not all of it`);
  }
  const textLength = view.getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(FRONT, FRONT + textLength)));
  if (header.identity !== identity) {
    throw new WorldError(
      "SNAPSHOT_MISMATCH",
      "snapshot",
      header.identity,
      `of a world with the same options (${identity})`
    );
  }
  let at = FRONT + padded(textLength);
  const [sequences, pending, ...arrays] = header.lengths.map((length) => {
    const from = at;
    at += padded(length);
    return bytes.slice(from, from + length);
  });
  return {
    moment: {
      day: header.day,
      horizon: header.horizon,
      reachedMs: header.reachedMs,
      untilMs: header.untilMs,
      sequences: new Float64Array(sequences?.buffer ?? new ArrayBuffer(0)),
      pending: new Int32Array(pending?.buffer ?? new ArrayBuffer(0))
    },
    deliveries: header.deliveries,
    waiting: header.waiting,
    desk: header.desk,
    arrays
  };
}
var padded = (length) => length + 3 & ~3;
function copyOf(given) {
  if (ArrayBuffer.isView(given)) return copied(given.buffer, given.byteOffset, given.byteLength);
  const kind = Object.prototype.toString.call(given);
  if (kind !== "[object ArrayBuffer]" && kind !== "[object SharedArrayBuffer]") return void 0;
  try {
    return copied(given);
  } catch {
    return void 0;
  }
}
function copied(buffer, offset, length) {
  return new Uint8Array(new Uint8Array(buffer, offset, length));
}
function checksum(words) {
  let sum = words.length;
  for (const word of words) {
    sum = Math.imul(sum ^ word, 2654435761);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}
function resumeFrom(clock, opened) {
  for (const [n, array] of arraysOf(clock).entries()) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(opened.arrays[n] ?? []);
  }
  clock.deliveries.clear();
  for (const delivery of opened.deliveries) clock.deliveries.add(delivery);
  if (opened.desk !== void 0) clock.desk?.resume(opened.desk);
  clock.resume(opened.moment);
}
var notASnapshot = (given) => new WorldError("SNAPSHOT_MISMATCH", "snapshot", given, "what `snapshot()` gave");

// src/world/world.ts
import { abortSignal as abortSignal3, flag as flag4, wholeNumber as wholeNumber5 } from "@store/foundation";
var eventRules = { maxEvents: wholeNumber5(1), signal: abortSignal3() };
var batchRules = {
  maxEvents: wholeNumber5(1, 1048576),
  totalEvents: wholeNumber5(1),
  lend: flag4(),
  signal: abortSignal3()
};

// src/world/create-world.ts
var CHUNK_BYTES = 65536;
function createWorld(options = {}) {
  const { settings, preset } = settle(options);
  const { extra } = options;
  return worldOf(settings, preset, typeof extra === "function" ? extra : void 0, []);
}
function worldOf(settings, preset, fields, accepted) {
  const { startMs, endMs, maxEvents, chaos, shard } = settings;
  const fingerprint = fingerprintOf(settings);
  const clock = clockOf(settings, accepted);
  const { stores, products } = clock;
  const troubled = chaos === void 0 ? void 0 : new ChaosSource(clock, chaos);
  const counted = troubled ?? clock;
  const bound = maxEvents === Infinity ? void 0 : new BoundedSource(counted, maxEvents, () => counted.handed);
  const reader = new Reader(bound ?? counted);
  const limits = [
    ...bound === void 0 ? [] : [maxEvents],
    ...settings.policy === void 0 ? [] : ["own policy"]
  ];
  const identity = [
    ...[fingerprint, endMs, shard.index, shard.count, JSON.stringify(chaos ?? null)],
    ...limits
  ].join(" ");
  const declared = settings.own?.extra ?? [];
  const format = openFormat(preset.format, { fingerprint, stores, products }, declared, fields);
  const { eventAt } = format;
  const broken = (batch, n) => brokenLine(batch.fault[n] ?? 0, eventAt(batch, n), batch.sequence[n] ?? 0);
  const newChunk = (chunkBytes = CHUNK_BYTES) => {
    if (fields !== void 0) throw extraProblem("extra", fields);
    return new NdjsonChunk(format.encoder(), chunkBytes, chaos === void 0 ? void 0 : broken);
  };
  function seek(instant) {
    const ms = instantMs("instant", instant);
    if (ms < startMs || ms > endMs) {
      throw new WorldError(
        "OUT_OF_RANGE",
        "instant",
        instant,
        `from ${new Date(startMs).toISOString()} to ${new Date(endMs).toISOString()}`
      );
    }
    reader.settle();
    if (ms <= clock.reachedMs || troubled !== void 0) clock.rewind();
    if (troubled === void 0) clock.skipTo(ms);
    else troubled.skipTo(ms, startMs, bound !== void 0);
    bound?.moved();
  }
  const openClock = () => clockOf(settings, clock.deliveries.all);
  const timeEnd = () => maxEvents === Infinity ? endMs : endOf(openClock, maxEvents);
  return {
    stores,
    products,
    columns: format.columns,
    extraColumns: format.extra,
    startMs,
    endMs,
    eventAt(batch, n) {
      checkPlace(batch, n);
      return eventAt(batch, n);
    },
    // Options are checked at the call, not when the first piece is read.
    events(given = {}) {
      checkOptions4(given, eventRules, invalidOption);
      return readEvents(reader, eventAt, given);
    },
    batches(given = {}) {
      checkOptions4(given, batchRules, invalidOption);
      return readBatches(reader, given);
    },
    ndjson(given = {}) {
      checkOptions4(given, ndjsonRules, invalidOption);
      return readChunks(chunkFiller(reader, given.maxEvents), newChunk(given.chunkBytes), given);
    },
    ndjsonStream(given = {}) {
      checkOptions4(given, ndjsonStreamRules, invalidOption);
      const { chunkBytes = CHUNK_BYTES, signal } = given;
      return ndjsonStreamOf(newChunk(chunkBytes), chunkFiller(reader, given.maxEvents), chunkBytes, signal);
    },
    live(given = {}) {
      checkOptions4(given, liveRules, invalidOption);
      reader.settle();
      return playLive(reader.source(given.totalEvents), Math.max(startMs, clock.reachedMs), given);
    },
    seek,
    at(instant) {
      const other = worldOf(settings, preset, fields, clock.deliveries.all);
      other.seek(instant);
      return other;
    },
    snapshot() {
      reader.settle();
      return packSnapshot(clock, identity, troubled?.waiting);
    },
    restore(snapshot) {
      const opened = openSnapshot(snapshot, identity);
      reader.drop();
      resumeFrom(clock, opened);
      troubled?.resume(opened.waiting);
      bound?.moved();
    },
    deliver: deliveryDesk(clock, startMs, endMs),
    truth() {
      reader.settle();
      const { untilMs } = clock;
      const deliveries = clock.deliveries.all.slice();
      return truthOf((onFault) => {
        const again = clockOf(settings, deliveries);
        return {
          clock: again,
          source: chaos === void 0 ? again : new ChaosSource(again, chaos, onFault),
          untilMs
        };
      }, fingerprint);
    },
    estimate() {
      reader.settle();
      const ahead = estimateOf({ settings, clock, eventAt, open: clockOf });
      const share3 = Math.min(1, (bound?.left ?? Infinity) / ahead.events);
      return share3 < 1 ? { events: bound?.left ?? 0, bytes: Math.round(ahead.bytes * share3), exact: ahead.exact } : ahead;
    },
    dailySeries() {
      const deliveries = clock.deliveries.all.slice();
      return dailySeriesOf(() => clockOf(settings, deliveries), startMs, endMs, maxEvents);
    },
    score() {
      return scoreOf(openClock(), startMs, timeEnd(), settings.costs);
    },
    costBound() {
      const { costs, model } = settings;
      const brought = settings.replenishment === "deliveries" || clock.deliveries.all.length > 0;
      const again = clockOf({ ...settings, policy: void 0 }, []);
      return costBoundOf(again, model, startMs, timeEnd(), brought ? { ...costs, ordering: 0 } : costs);
    }
  };
}
function clockOf(settings, deliveries) {
  const clock = new ShardClock(settings);
  for (const delivery of deliveries) clock.deliveries.add(delivery);
  return clock;
}

export {
  reorderPoint,
  economicOrderQuantity,
  newsvendorNormal,
  policyLimits,
  dailyCsv,
  chaosDefaults,
  createWorld
};
//# sourceMappingURL=chunk-EZYGVHAB.js.map