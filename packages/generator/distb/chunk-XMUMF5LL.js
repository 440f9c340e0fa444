import {
  eventTypes,
  invalidOption,
  wrong
} from "./chunk-RECR2M4S.js";

// src/model/threefry.ts
function threefry2x32(out, key0, key1, c0, c1) {
  const key2 = 466688986 ^ key0 ^ key1;
  let a = c0 + key0 | 0;
  let b = c1 + key1 | 0;
  a = a + b | 0;
  b = (b << 13 | b >>> 19) ^ a;
  a = a + b | 0;
  b = (b << 15 | b >>> 17) ^ a;
  a = a + b | 0;
  b = (b << 26 | b >>> 6) ^ a;
  a = a + b | 0;
  b = (b << 6 | b >>> 26) ^ a;
  a = a + key1 | 0;
  b = b + key2 + 1 | 0;
  a = a + b | 0;
  b = (b << 17 | b >>> 15) ^ a;
  a = a + b | 0;
  b = (b << 29 | b >>> 3) ^ a;
  a = a + b | 0;
  b = (b << 16 | b >>> 16) ^ a;
  a = a + b | 0;
  b = (b << 24 | b >>> 8) ^ a;
  a = a + key2 | 0;
  b = b + key0 + 2 | 0;
  a = a + b | 0;
  b = (b << 13 | b >>> 19) ^ a;
  a = a + b | 0;
  b = (b << 15 | b >>> 17) ^ a;
  a = a + b | 0;
  b = (b << 26 | b >>> 6) ^ a;
  a = a + b | 0;
  b = (b << 6 | b >>> 26) ^ a;
  a = a + key0 | 0;
  b = b + key1 + 3 | 0;
  a = a + b | 0;
  b = (b << 17 | b >>> 15) ^ a;
  out[0] = a;
  out[1] = b;
}

// src/world/identity.ts
var MODEL_VERSION = 1;
function fingerprintOf(world) {
  const { seed, stores, products, startMs, format, model, replenishment, ownDigest } = world;
  const described = { format, ...model };
  const own = ownDigest === void 0 ? [] : [ownDigest];
  const parts = [MODEL_VERSION, seed, stores, products, startMs, described, replenishment, ...own];
  const text4 = JSON.stringify(parts);
  const out = Uint32Array.of(2654435761, 2246822507);
  for (let n = 0; n < text4.length; n++) {
    threefry2x32(out, seed >>> 0, text4.charCodeAt(n), (out[0] ?? 0) ^ n, out[1] ?? 0);
  }
  return (out[0] ?? 0).toString(16).padStart(8, "0");
}
var SEQUENCE_DIGITS = 10;
function eventIdPrefix(fingerprint, { index }) {
  return `${fingerprint}-${String(index + 1).padStart(6, "0")}-`;
}
function eventId(fingerprint, store, sequence) {
  return eventIdPrefix(fingerprint, store) + String(sequence).padStart(SEQUENCE_DIGITS, "0");
}

// src/score/costs.ts
import { numberBetween } from "@store/foundation";
var costDefaults = Object.freeze({
  holding: 56e-5,
  ordering: 0.05,
  lostMargin: 0.32,
  waste: 0.68
});
var costRules = {
  holding: numberBetween(0, 1e3),
  ordering: numberBetween(0, 1e6),
  lostMargin: numberBetween(0, 1e3),
  waste: numberBetween(0, 1e3)
};
var settleCosts = ({
  holding = costDefaults.holding,
  ordering = costDefaults.ordering,
  lostMargin = costDefaults.lostMargin,
  waste = costDefaults.waste
} = {}) => ({ holding, ordering, lostMargin, waste });

// src/world/defaults-and-limits.ts
var worldDefaults = Object.freeze({ seed: 42, stores: 50, products: 200, start: "2026-01-05", days: 1, preset: "m5" });
var worldLimits = Object.freeze({ stores: 1e6, products: 1e6, series: 1e8, days: 36500 });
var ownLimits = Object.freeze({
  mean: Object.freeze([8e-3, 99]),
  dispersion: Object.freeze([0.05, 100]),
  price: Object.freeze([0.01, 2e7])
});

// src/model/world-model.ts
var m5Weekdays = Object.freeze([0.924, 0.879, 0.883, 0.901, 1.026, 1.227, 1.159]);
var m5Months = Object.freeze([
  0.857,
  0.984,
  0.987,
  1.002,
  0.999,
  1.086,
  1.113,
  1.128,
  1.018,
  0.963,
  0.923,
  0.951
]);
var flat = (length) => Array.from({ length }, () => 1);
function frozenModel(model) {
  const { weekdays, months, leadDays } = model;
  return Object.freeze({
    ...model,
    weekdays: Object.freeze([...weekdays]),
    months: Object.freeze([...months]),
    leadDays: Object.freeze([leadDays[0], leadDays[1]])
  });
}
var m5 = frozenModel({
  logMean: -0.54,
  logMeanSpread: 1.1,
  storeShare: 0.01,
  productShare: 0.49,
  logDispersion: 0.72,
  logDispersionSpread: 1.15,
  fixedMean: 0,
  weekdays: m5Weekdays,
  months: m5Months,
  holidays: true,
  promotionRate: 0.02,
  priceElasticity: 2,
  policy: "sS",
  safetyFactor: 0.52,
  orderCostRatio: 20,
  reviewDays: 3,
  criticalRatio: 0.9,
  leadDays: [1, 3],
  missedOrderRate: 0.2,
  lateRate: 0.18,
  lateDays: 3,
  leastReorderPoint: 1,
  fixedReorderPoint: -1,
  fixedOrderUpTo: -1,
  backorders: false,
  shrinkRate: 0.015,
  unseenShrinkShare: 0.65,
  returnRate: 0.01,
  shelfFailureRate: 0.022,
  receivingErrorRate: 0.03,
  countIntervalDays: 30,
  substitutionRate: 0.6,
  shelfLifeDays: 0
});
var models = Object.freeze({
  m5,
  fresh: frozenModel({
    ...m5,
    logMean: 1,
    logMeanSpread: 0.7,
    logDispersion: 1.6,
    logDispersionSpread: 0.5,
    policy: "newsvendor",
    criticalRatio: 0.65,
    leadDays: [1, 1],
    missedOrderRate: 0.03,
    lateRate: 0.02,
    lateDays: 1,
    shelfLifeDays: 6,
    countIntervalDays: 7
  }),
  audit: frozenModel({ ...m5, countIntervalDays: 365, unseenShrinkShare: 0.35, receivingErrorRate: 0.02 }),
  theory: frozenModel({
    ...m5,
    fixedMean: 10,
    weekdays: flat(7),
    months: flat(12),
    holidays: false,
    promotionRate: 0,
    leadDays: [0, 0],
    missedOrderRate: 0,
    lateRate: 0,
    fixedReorderPoint: 7,
    fixedOrderUpTo: 40,
    backorders: true,
    shrinkRate: 0,
    returnRate: 0,
    shelfFailureRate: 0,
    receivingErrorRate: 0,
    countIntervalDays: 0,
    substitutionRate: 0
  })
});

// src/output/event-format.ts
import { callback, listOf, required, satisfying, text } from "@store/foundation";
import {
  inventoryEventColumnEncoder,
  inventoryEventColumns,
  workshopEventColumnEncoder,
  workshopEventColumns
} from "@store/schema";
var formatRules = {
  name: required(text()),
  columns: required(
    listOf(satisfying("a Glue column", (value) => typeof value === "object" && value !== null))
  ),
  eventAt: required(callback()),
  encoder: required(callback())
};
var frozenColumns = (columns) => Object.freeze(columns.map((column) => Object.freeze({ ...column })));
var inventoryFormat = Object.freeze({
  name: "inventory",
  columns: frozenColumns(inventoryEventColumns),
  eventAt: inventoryEventAt,
  encoder: inventoryEncoder
});
function inventoryEventAt(world, batch, n) {
  const { store, product } = placeOf(world, batch, n);
  const type = eventTypes[batch.type[n] ?? 0];
  if (type === void 0) throw new RangeError(`The batch has no event ${n}.`);
  const sequence = batch.sequence[n] ?? 0;
  const stock = batch.currentStock[n] ?? 0;
  const threshold = batch.minThreshold[n] ?? 0;
  return {
    event_id: eventId(world.fingerprint, store, sequence),
    event_type: type,
    event_time: new Date(batch.time[n] ?? 0).toISOString(),
    sequence,
    store_id: store.store_id,
    store_name: store.store_name,
    location: { ...store.location },
    product_id: product.product_id,
    product_name: product.product_name,
    category: product.category,
    unit_price: (batch.unitPriceCents[n] ?? 0) / 100,
    quantity_delta: batch.quantityDelta[n] ?? 0,
    current_stock: stock,
    min_threshold: threshold,
    on_order: batch.onOrder[n] ?? 0,
    is_low_stock: stock < threshold
  };
}
function inventoryEncoder({ fingerprint, stores, products }) {
  const rows2 = inventoryEventColumnEncoder({
    event_id: stores.map((store) => ({ event_id: eventIdPrefix(fingerprint, store) })),
    event_type: eventTypes.map((type) => ({ event_type: type })),
    store: stores,
    product: products
  });
  let columns;
  return {
    rowBytes: rows2.rowBytes,
    encode(batch, from, to, buffer) {
      if (columns?.of !== batch) columns = { of: batch, arrays: arraysOf(batch) };
      return rows2.encode(columns.arrays, from, to, buffer);
    }
  };
}
var arraysOf = (batch) => ({
  event_id: batch.store,
  event_type: batch.type,
  event_time: batch.time,
  sequence: batch.sequence,
  store: batch.store,
  product: batch.product,
  unit_price: batch.unitPriceCents,
  quantity_delta: batch.quantityDelta,
  current_stock: batch.currentStock,
  min_threshold: batch.minThreshold,
  on_order: batch.onOrder
});
var workshopFormat = Object.freeze({
  name: "workshop",
  columns: frozenColumns(workshopEventColumns),
  eventAt: workshopEventAt,
  encoder: workshopEncoder
});
var restockStatuses = ["NOT_NEEDED", "NEEDED", "ORDERED"];
function statusOf(low, onOrder) {
  return onOrder > 0 ? 2 : low ? 1 : 0;
}
function workshopEventAt(world, batch, n) {
  const { store, product } = placeOf(world, batch, n);
  const stock = batch.currentStock[n] ?? 0;
  const threshold = batch.minThreshold[n] ?? 0;
  const low = stock < threshold;
  const onOrder = batch.onOrder[n] ?? 0;
  return {
    store_id: store.store_id,
    product_id: product.product_id,
    product_name: product.product_name,
    current_stock: stock,
    threshold_level: threshold,
    is_stock_low: low,
    check_timestamp: Math.floor((batch.time[n] ?? 0) / 1e3),
    notification_sent: low && onOrder > 0,
    restock_status: restockStatuses[statusOf(low, onOrder)]
  };
}
var AT_ONCE = 256;
function workshopEncoder({ stores, products }) {
  const rows2 = workshopEventColumnEncoder({
    store_id: stores,
    product: products,
    restock_status: restockStatuses.map((status2) => ({ restock_status: status2 }))
  });
  const seconds = new Float64Array(AT_ONCE);
  const notified = new Uint8Array(AT_ONCE);
  const status = new Uint8Array(AT_ONCE);
  return {
    rowBytes: rows2.rowBytes,
    encode(batch, from, to, buffer) {
      const count = Math.min(to - from, AT_ONCE);
      for (let k = 0, n = from; k < count; k++, n++) {
        const low = (batch.currentStock[n] ?? 0) < (batch.minThreshold[n] ?? 0);
        const onOrder = batch.onOrder[n] ?? 0;
        seconds[k] = Math.floor((batch.time[n] ?? 0) / 1e3);
        notified[k] = low && onOrder > 0 ? 1 : 0;
        status[k] = statusOf(low, onOrder);
      }
      const columns = {
        store_id: batch.store.subarray(from, from + count),
        product: batch.product.subarray(from, from + count),
        current_stock: batch.currentStock.subarray(from, from + count),
        threshold_level: batch.minThreshold.subarray(from, from + count),
        check_timestamp: seconds,
        notification_sent: notified,
        restock_status: status
      };
      return from + rows2.encode(columns, 0, count, buffer);
    }
  };
}
function placeOf({ stores, products }, batch, n) {
  const store = stores[batch.store[n] ?? -1];
  const product = products[batch.product[n] ?? -1];
  if (store === void 0 || product === void 0) throw new RangeError(`The batch has no event ${n}.`);
  return { store, product };
}

// src/world/presets.ts
var presets = Object.freeze({
  m5: Object.freeze({ model: models.m5, format: inventoryFormat }),
  fresh: Object.freeze({ model: models.fresh, format: inventoryFormat }),
  audit: Object.freeze({ model: models.audit, format: inventoryFormat }),
  workshop: Object.freeze({ model: models.m5, format: workshopFormat }),
  theory: Object.freeze({ model: models.theory, format: inventoryFormat })
});

// src/model/calendar.ts
var DAY_MS = 864e5;
function daysFromCivil(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}
function civilFromDays(days2) {
  const z = days2 + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  };
}
function weekdayOf(days2) {
  return ((days2 + 3) % 7 + 7) % 7;
}
function nthWeekday(year, month, weekday, n) {
  if (n > 0) {
    const first = daysFromCivil(year, month, 1);
    return first + (weekday - weekdayOf(first) + 7) % 7 + (n - 1) * 7;
  }
  const last = (month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)) - 1;
  return last - (weekdayOf(last) - weekday + 7) % 7;
}
var MONDAY = 0;
var THURSDAY = 3;
var SUNDAY = 6;
function holidayFactor(day) {
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
var dateOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
var monthOf = (day) => civilFromDays(day).month - 1;

// src/model/exact-math.ts
var LN2 = 0.6931471805599453;
function exp(x) {
  const halvings = Math.round(x / LN2);
  const rest = x - halvings * LN2;
  let sum = 1;
  for (let n = 16; n > 0; n--) sum = 1 + sum * rest / n;
  for (let n = 0; n < halvings; n++) sum *= 2;
  for (let n = 0; n > halvings; n--) sum /= 2;
  return sum;
}
function log(x) {
  let mantissa = x;
  let doublings = 0;
  for (; mantissa > 1.4142135623730951; doublings++) mantissa /= 2;
  for (; mantissa < 0.7071067811865476; doublings--) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let n = 31; n > 0; n -= 2) sum = sum * square + 1 / n;
  return doublings * LN2 + 2 * ratio * sum;
}
function normalDensity(z) {
  return exp(-z * z / 2) / 2.5066282746310002;
}
function normalCumulative(z) {
  if (z < -8) return 0;
  if (z > 8) return 1;
  let term = z;
  let sum = z;
  for (let n = 3, before = 0; sum !== before; n += 2) {
    before = sum;
    term = term * z * z / n;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}
function normalQuantile(p) {
  let low = -8;
  let high = 8;
  for (let n = 0; n < 12; n++) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < p) low = middle;
    else high = middle;
  }
  return newton((low + high) / 2, p);
}
function newton(start, p) {
  let z = start;
  for (let n = 0; n < 4; n++) z -= (normalCumulative(z) - p) / normalDensity(z);
  return z;
}
var quantiles;
var NORMALS = 4096;
var GRID = 256;
function normalTable() {
  quantiles ??= allQuantiles();
  return quantiles;
}
function allQuantiles() {
  const found = new Float64Array(NORMALS);
  let high = Math.floor(normalQuantile(0.5 / NORMALS) * GRID);
  for (let n = 0; n < NORMALS; n++) {
    const p = (n + 0.5) / NORMALS;
    while (normalCumulative(high / GRID) < p) high++;
    found[n] = newton((high - 0.5) / GRID, p);
  }
  return found;
}

// src/model/demand.ts
var RATE_RATIO = 1.03;
var RATE_CLASSES = 320;
var GROUPS = 8;
var ALL_GROUPS = 32;
var LOWEST_RATE = 8e-3;
var LOG_RATIO = log(RATE_RATIO);
var RATE_STEP = LOG_RATIO;
var LOG_LOWEST = log(LOWEST_RATE);
function rateClassOf(logMean) {
  return Math.max(0, Math.min(RATE_CLASSES - 1, Math.round((logMean - LOG_LOWEST) / LOG_RATIO)));
}
function shiftOf(logFactor) {
  return Math.round(logFactor / LOG_RATIO);
}
function rateMeans() {
  return Float64Array.from({ length: RATE_CLASSES }, (_, n) => exp(LOG_LOWEST + n * LOG_RATIO));
}
function demandProbabilities(mean, dispersion, pmf = new Float64Array(256)) {
  const poisson = dispersion === Infinity;
  let p = poisson ? exp(-mean) : exp(dispersion * log(dispersion / (dispersion + mean)));
  let left = 1;
  const last = Math.min(pmf.length, 255);
  for (let n = 0; n < last; n++) {
    pmf[n] = p;
    left -= p;
    p *= poisson ? mean / (n + 1) : (n + dispersion) / (n + 1) * mean / (mean + dispersion);
  }
  if (pmf.length > last) pmf[last] = Math.max(0, left);
  return pmf;
}
var HEAD = 8;
var TAIL = 256 - HEAD;
var DemandTable = class {
  heads;
  #tails;
  /** 0 where nothing of a row is known, 1 its head, 2 its tail, too. */
  #known;
  #means;
  #dispersions;
  /** @param dispersions - of each group; infinite is Poisson, and nobody draws from a group of 0 */
  constructor(means, dispersions) {
    const rows2 = (dispersions.length - 1) * RATE_CLASSES + means.length;
    this.heads = new Uint32Array(rows2 * HEAD);
    this.#tails = new Uint32Array(rows2 * TAIL);
    this.#known = new Uint8Array(rows2);
    this.#means = means;
    this.#dispersions = dispersions;
  }
  /** Units of a draw that no outcome of the head covers, as far as the head is known. */
  units(row, word) {
    const { heads } = this;
    if (this.#known[row] === 0) {
      this.#compute(row, 1);
      let units = 0;
      while (units < HEAD && word >= (heads[row * HEAD + units] ?? 0)) units++;
      if (units < HEAD) return units;
    }
    if (this.#known[row] === 1) this.#compute(row, 2);
    return tailUnits(this.#tails, row, word);
  }
  #compute(row, known) {
    this.#known[row] = known;
    const group = Math.floor(row / RATE_CLASSES);
    const dispersion = this.#dispersions[group] ?? 0;
    const pmf = demandProbabilities(
      this.#means[row - group * RATE_CLASSES] ?? 0,
      dispersion,
      known === 1 ? headPmf : wholePmf
    );
    let sum = 0;
    for (let units = 0; units < pmf.length; units++) {
      sum += pmf[units] ?? 0;
      const limit = Math.min(4294967295, Math.floor(sum * 4294967296));
      if (units < HEAD) this.heads[row * HEAD + units] = limit;
      else this.#tails[row * TAIL + units - HEAD] = limit;
    }
  }
};
var headPmf = new Float64Array(HEAD);
var wholePmf = new Float64Array(256);
function tailUnits(tails, row, word) {
  let low = 0;
  let high = TAIL - 1;
  while (low < high) {
    const middle = low + high >> 1;
    if (word < (tails[row * TAIL + middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return HEAD + low;
}
function ownDispersions() {
  return Float64Array.from(
    { length: LAST_OWN + 1 },
    (_, n) => exp(LEAST_OWN + (MOST_OWN - LEAST_OWN) * n / LAST_OWN)
  );
}
var ownDispersionRange = Object.freeze([0.05, 100]);
var LEAST_OWN = log(0.05);
var MOST_OWN = log(100);
var LAST_OWN = ALL_GROUPS - GROUPS - 1;
function ownGroupOf(dispersion) {
  const place = Math.round((log(dispersion) - LEAST_OWN) / (MOST_OWN - LEAST_OWN) * LAST_OWN);
  return GROUPS + Math.max(0, Math.min(LAST_OWN, place));
}

// src/own/check-references.ts
import { nearestNames as nearestNames3 } from "@store/foundation";

// src/model/time-zone.ts
function offsetMinutes(zone, day) {
  if (zone.daylight === "none") return zone.standardMinutes;
  const { year } = civilFromDays(day);
  const SUNDAY2 = 6;
  switch (zone.daylight) {
    case "us":
      return zone.standardMinutes + (between(day, [3, 2], [11, 1]) ? 60 : 0);
    case "eu":
      return zone.standardMinutes + (between(day, [3, -1], [10, -1]) ? 60 : 0);
    case "au":
      return zone.standardMinutes + (between(day, [4, 1], [10, 1]) ? 0 : 60);
    case "nz":
      return zone.standardMinutes + (between(day, [4, 1], [9, -1]) ? 0 : 60);
  }
  function between(at, from, to) {
    return at >= nthWeekday(year, from[0], SUNDAY2, from[1]) && at < nthWeekday(year, to[0], SUNDAY2, to[1]);
  }
}
function openAfterChange({ standardMinutes, daylight }) {
  if (daylight === "none") return void 0;
  const minutes = daylight === "eu" ? Math.max(60, standardMinutes + 120) : 180;
  return [minutes / 60, minutes % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}
function greatestOffset(stores, day) {
  return stores.reduce((most, { timeZone }) => Math.max(most, offsetMinutes(timeZone, day)), -900);
}
function leastOffset(stores, day) {
  return stores.reduce((least, { timeZone }) => Math.min(least, offsetMinutes(timeZone, day)), 900);
}

// src/model/places.ts
var rows = [
  ["Amsterdam", "Noord-Holland", "NL", 52.3676, 4.9041, "Europe/Amsterdam", 60, "eu"],
  ["Austin", "Texas", "US", 30.2672, -97.7431, "America/Chicago", -360, "us"],
  ["Barcelona", "Catalunya", "ES", 41.3874, 2.1686, "Europe/Madrid", 60, "eu"],
  ["Bengaluru", "Karnataka", "IN", 12.9716, 77.5946, "Asia/Kolkata", 330, "none"],
  ["Bogot\xE1", "Cundinamarca", "CO", 4.711, -74.0721, "America/Bogota", -300, "none"],
  ["Boston", "Massachusetts", "US", 42.3601, -71.0589, "America/New_York", -300, "us"],
  ["Brisbane", "Queensland", "AU", -27.4698, 153.0251, "Australia/Brisbane", 600, "none"],
  ["Chicago", "Illinois", "US", 41.8781, -87.6298, "America/Chicago", -360, "us"],
  ["Denver", "Colorado", "US", 39.7392, -104.9903, "America/Denver", -420, "us"],
  ["Dublin", "Leinster", "IE", 53.3498, -6.2603, "Europe/Dublin", 0, "eu"],
  ["G\xF6teborg", "V\xE4stra G\xF6taland", "SE", 57.7089, 11.9746, "Europe/Stockholm", 60, "eu"],
  ["Helsinki", "Uusimaa", "FI", 60.1699, 24.9384, "Europe/Helsinki", 120, "eu"],
  ["K\xF8benhavn", "Hovedstaden", "DK", 55.6761, 12.5683, "Europe/Copenhagen", 60, "eu"],
  ["Krak\xF3w", "Ma\u0142opolskie", "PL", 50.0647, 19.945, "Europe/Warsaw", 60, "eu"],
  ["Lisboa", "Lisboa", "PT", 38.7223, -9.1393, "Europe/Lisbon", 0, "eu"],
  ["Lyon", "Auvergne-Rh\xF4ne-Alpes", "FR", 45.764, 4.8357, "Europe/Paris", 60, "eu"],
  ["Manchester", "England", "GB", 53.4808, -2.2426, "Europe/London", 0, "eu"],
  ["Melbourne", "Victoria", "AU", -37.8136, 144.9631, "Australia/Melbourne", 600, "au"],
  ["M\xE9xico", "Ciudad de M\xE9xico", "MX", 19.4326, -99.1332, "America/Mexico_City", -360, "none"],
  ["Milano", "Lombardia", "IT", 45.4642, 9.19, "Europe/Rome", 60, "eu"],
  ["M\xFCnchen", "Bayern", "DE", 48.1351, 11.582, "Europe/Berlin", 60, "eu"],
  ["Nairobi", "Nairobi", "KE", -1.2921, 36.8219, "Africa/Nairobi", 180, "none"],
  ["Osaka", "\u5927\u962A\u5E9C", "JP", 34.6937, 135.5023, "Asia/Tokyo", 540, "none"],
  ["Portland", "Oregon", "US", 45.5152, -122.6784, "America/Los_Angeles", -480, "us"],
  ["Reykjav\xEDk", "H\xF6fu\xF0borgarsv\xE6\xF0i", "IS", 64.1466, -21.9426, "Atlantic/Reykjavik", 0, "none"],
  ["S\xE3o Paulo", "S\xE3o Paulo", "BR", -23.5505, -46.6333, "America/Sao_Paulo", -180, "none"],
  ["Seattle", "Washington", "US", 47.6062, -122.3321, "America/Los_Angeles", -480, "us"],
  ["Seoul", "\uC11C\uC6B8\uD2B9\uBCC4\uC2DC", "KR", 37.5665, 126.978, "Asia/Seoul", 540, "none"],
  ["Sevilla", "Andaluc\xEDa", "ES", 37.3891, -5.9845, "Europe/Madrid", 60, "eu"],
  ["Singapore", "Singapore", "SG", 1.3521, 103.8198, "Asia/Singapore", 480, "none"],
  ["Toronto", "Ontario", "CA", 43.6532, -79.3832, "America/Toronto", -300, "us"],
  ["Z\xFCrich", "Z\xFCrich", "CH", 47.3769, 8.5417, "Europe/Zurich", 60, "eu"]
];
var placeCount = rows.length;
function placeAt(index) {
  const row = rows[index % rows.length];
  if (row === void 0) throw new RangeError("The list of cities is empty.");
  const [city, region, country, latitude, longitude, name2, standardMinutes, daylight] = row;
  return {
    city,
    region,
    country,
    latitude,
    longitude,
    zone: Object.freeze({ name: name2, standardMinutes, daylight })
  };
}

// src/own/zones.ts
var byCountry = {
  AE: [["Asia/Dubai", 240, "none"]],
  AR: [["America/Argentina/Buenos_Aires", -180, "none"]],
  AT: [["Europe/Vienna", 60, "eu"]],
  AU: [
    ["Australia/Sydney", 600, "au"],
    ["Australia/Melbourne", 600, "au"],
    ["Australia/Brisbane", 600, "none"],
    ["Australia/Perth", 480, "none"],
    ["Australia/Adelaide", 570, "au"],
    ["Australia/Hobart", 600, "au"],
    ["Australia/Darwin", 570, "none"]
  ],
  BE: [["Europe/Brussels", 60, "eu"]],
  BG: [["Europe/Sofia", 120, "eu"]],
  BR: [
    ["America/Sao_Paulo", -180, "none"],
    ["America/Bahia", -180, "none"],
    ["America/Fortaleza", -180, "none"],
    ["America/Manaus", -240, "none"]
  ],
  CA: [
    ["America/Toronto", -300, "us"],
    ["America/Vancouver", -480, "us"],
    ["America/Edmonton", -420, "us"],
    ["America/Winnipeg", -360, "us"],
    ["America/Halifax", -240, "us"],
    ["America/Regina", -360, "none"],
    ["America/St_Johns", -210, "us"]
  ],
  CH: [["Europe/Zurich", 60, "eu"]],
  CN: [["Asia/Shanghai", 480, "none"]],
  CO: [["America/Bogota", -300, "none"]],
  CY: [["Asia/Nicosia", 120, "eu"]],
  CZ: [["Europe/Prague", 60, "eu"]],
  DE: [["Europe/Berlin", 60, "eu"]],
  DK: [["Europe/Copenhagen", 60, "eu"]],
  EE: [["Europe/Tallinn", 120, "eu"]],
  ES: [
    ["Europe/Madrid", 60, "eu"],
    ["Atlantic/Canary", 0, "eu"]
  ],
  FI: [["Europe/Helsinki", 120, "eu"]],
  FR: [["Europe/Paris", 60, "eu"]],
  GB: [["Europe/London", 0, "eu"]],
  GR: [["Europe/Athens", 120, "eu"]],
  HK: [["Asia/Hong_Kong", 480, "none"]],
  HR: [["Europe/Zagreb", 60, "eu"]],
  HU: [["Europe/Budapest", 60, "eu"]],
  ID: [["Asia/Jakarta", 420, "none"]],
  IE: [["Europe/Dublin", 0, "eu"]],
  IN: [["Asia/Kolkata", 330, "none"]],
  IS: [["Atlantic/Reykjavik", 0, "none"]],
  IT: [["Europe/Rome", 60, "eu"]],
  JP: [["Asia/Tokyo", 540, "none"]],
  KE: [["Africa/Nairobi", 180, "none"]],
  KR: [["Asia/Seoul", 540, "none"]],
  LT: [["Europe/Vilnius", 120, "eu"]],
  LU: [["Europe/Luxembourg", 60, "eu"]],
  LV: [["Europe/Riga", 120, "eu"]],
  MT: [["Europe/Malta", 60, "eu"]],
  MX: [
    ["America/Mexico_City", -360, "none"],
    ["America/Monterrey", -360, "none"],
    ["America/Hermosillo", -420, "none"],
    ["America/Cancun", -300, "none"],
    ["America/Tijuana", -480, "us"]
  ],
  MY: [["Asia/Kuala_Lumpur", 480, "none"]],
  NG: [["Africa/Lagos", 60, "none"]],
  NL: [["Europe/Amsterdam", 60, "eu"]],
  NO: [["Europe/Oslo", 60, "eu"]],
  NZ: [["Pacific/Auckland", 720, "nz"]],
  PE: [["America/Lima", -300, "none"]],
  PH: [["Asia/Manila", 480, "none"]],
  PL: [["Europe/Warsaw", 60, "eu"]],
  PT: [
    ["Europe/Lisbon", 0, "eu"],
    ["Atlantic/Madeira", 0, "eu"],
    ["Atlantic/Azores", -60, "eu"]
  ],
  RO: [["Europe/Bucharest", 120, "eu"]],
  RS: [["Europe/Belgrade", 60, "eu"]],
  SA: [["Asia/Riyadh", 180, "none"]],
  SE: [["Europe/Stockholm", 60, "eu"]],
  SG: [["Asia/Singapore", 480, "none"]],
  SI: [["Europe/Ljubljana", 60, "eu"]],
  SK: [["Europe/Bratislava", 60, "eu"]],
  TH: [["Asia/Bangkok", 420, "none"]],
  TR: [["Europe/Istanbul", 180, "none"]],
  TW: [["Asia/Taipei", 480, "none"]],
  US: [
    ["America/New_York", -300, "us"],
    ["America/Chicago", -360, "us"],
    ["America/Los_Angeles", -480, "us"],
    ["America/Denver", -420, "us"],
    ["America/Phoenix", -420, "none"],
    ["America/Detroit", -300, "us"],
    ["America/Indiana/Indianapolis", -300, "us"],
    ["America/Anchorage", -540, "us"],
    ["Pacific/Honolulu", -600, "none"]
  ],
  VN: [["Asia/Ho_Chi_Minh", 420, "none"]],
  ZA: [["Africa/Johannesburg", 120, "none"]]
};
var zoneOf = ([name2, standardMinutes, daylight]) => Object.freeze({ name: name2, standardMinutes, daylight });
var zones = new Map(
  [...Object.values(byCountry).flat(), ["UTC", 0, "none"], ["Etc/UTC", 0, "none"]].map(
    (zone) => [zone[0], zoneOf(zone)]
  )
);
var links = new Map(
  [
    "UTC=Etc/UCT,Etc/Universal,Etc/Zulu,Etc/GMT,GMT,UCT,Universal,Zulu",
    "Europe/Brussels=CET,MET",
    "Europe/Athens=EET",
    "Europe/Lisbon=WET,Portugal",
    "Europe/London=GB,Europe/Belfast,Europe/Guernsey,Europe/Jersey,Europe/Isle_of_Man",
    "Europe/Dublin=Eire",
    "Europe/Warsaw=Poland",
    "Europe/Istanbul=Turkey,Asia/Istanbul",
    "Europe/Rome=Europe/Vatican,Europe/San_Marino",
    "Europe/Zurich=Europe/Busingen,Europe/Vaduz",
    "Asia/Nicosia=Europe/Nicosia",
    "Atlantic/Reykjavik=Iceland",
    "Asia/Kolkata=Asia/Calcutta",
    "Asia/Ho_Chi_Minh=Asia/Saigon",
    "Asia/Shanghai=PRC,Asia/Chongqing,Asia/Harbin",
    "Asia/Hong_Kong=Hongkong",
    "Asia/Tokyo=Japan",
    "Asia/Seoul=ROK",
    "Asia/Taipei=ROC",
    "Asia/Singapore=Singapore",
    "Pacific/Auckland=NZ",
    "Australia/Sydney=Australia/ACT,Australia/Canberra,Australia/NSW",
    "Australia/Melbourne=Australia/Victoria",
    "Australia/Brisbane=Australia/Queensland",
    "Australia/Adelaide=Australia/South",
    "Australia/Darwin=Australia/North",
    "Australia/Perth=Australia/West",
    "Australia/Hobart=Australia/Tasmania",
    "America/New_York=US/Eastern,EST5EDT",
    "America/Chicago=US/Central,CST6CDT",
    "America/Denver=US/Mountain,MST7MDT",
    "America/Los_Angeles=US/Pacific,PST8PDT",
    "America/Phoenix=US/Arizona,MST",
    "America/Anchorage=US/Alaska",
    "America/Detroit=US/Michigan",
    "Pacific/Honolulu=US/Hawaii,HST",
    "America/Indiana/Indianapolis=US/East-Indiana,America/Indianapolis,America/Fort_Wayne",
    "America/Toronto=Canada/Eastern,America/Montreal",
    "America/Winnipeg=Canada/Central",
    "America/Edmonton=Canada/Mountain",
    "America/Vancouver=Canada/Pacific",
    "America/Halifax=Canada/Atlantic",
    "America/St_Johns=Canada/Newfoundland",
    "America/Regina=Canada/Saskatchewan",
    "America/Sao_Paulo=Brazil/East",
    "America/Manaus=Brazil/West",
    "America/Mexico_City=Mexico/General",
    "America/Argentina/Buenos_Aires=America/Buenos_Aires"
  ].flatMap((line) => {
    const [name2 = "", older = ""] = line.split("=");
    return older.split(",").map((link) => [link, name2]);
  })
);
var zoneNames = [...zones.keys()];
function zoneByName(name2) {
  return zones.get(links.get(name2) ?? name2);
}
function onlyZoneOf(country) {
  const found = Object.hasOwn(byCountry, country) ? byCountry[country] ?? [] : [];
  return found.length === 1 && found[0] !== void 0 ? zoneOf(found[0]) : void 0;
}
var euro = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split(" ");
var currencies = {
  AE: "AED",
  AR: "ARS",
  AU: "AUD",
  BR: "BRL",
  CA: "CAD",
  CH: "CHF",
  CN: "CNY",
  CO: "COP",
  CZ: "CZK",
  DK: "DKK",
  GB: "GBP",
  HK: "HKD",
  HU: "HUF",
  ID: "IDR",
  IN: "INR",
  IS: "ISK",
  JP: "JPY",
  KE: "KES",
  KR: "KRW",
  MX: "MXN",
  MY: "MYR",
  NG: "NGN",
  NO: "NOK",
  NZ: "NZD",
  PE: "PEN",
  PH: "PHP",
  PL: "PLN",
  RO: "RON",
  RS: "RSD",
  SA: "SAR",
  SE: "SEK",
  SG: "SGD",
  TH: "THB",
  TR: "TRY",
  TW: "TWD",
  US: "USD",
  VN: "VND",
  ZA: "ZAR"
};
var currencyCodes = ["EUR", ...Object.values(currencies)];
function currencyOf(country) {
  if (euro.includes(country)) return "EUR";
  return Object.hasOwn(currencies, country) ? currencies[country] ?? "USD" : "USD";
}

// src/own/built-in-place.ts
var nowhere = ["UTC", "Etc/UTC"];
function builtInPlace({ timeZone, currency: currency2, holidays: holidays2 }, index) {
  const zone = typeof timeZone === "object" ? timeZone.name : timeZone && (zoneByName(timeZone)?.name ?? timeZone);
  for (let n = 0; n < placeCount; n++) {
    const place = placeAt(index + n);
    if (zone !== void 0 && zone !== place.zone.name && !nowhere.includes(zone)) continue;
    if (currency2 !== void 0 && currency2 !== currencyOf(place.country)) continue;
    if (typeof holidays2 === "string" && holidays2 !== place.country) continue;
    return place;
  }
  return void 0;
}
function noBuiltInPlace({ timeZone, currency: currency2, holidays: holidays2 }) {
  const zone = typeof timeZone === "object" ? timeZone.name : timeZone;
  const wanted = [
    ...zone === void 0 ? [] : [`the time zone ${zone}`],
    ...currency2 === void 0 ? [] : [`the currency ${currency2}`],
    ...typeof holidays2 === "string" ? [`the holidays of ${holidays2}`] : []
  ];
  return `missing, and no built-in city has ${wanted.join(" and ")}. Give the store its city, region, country, latitude and longitude.`;
}

// src/own/check-extra.ts
import { nearestNames } from "@store/foundation";
import { eventDayPartitioning, eventHourPartitioning } from "@store/schema";
var partitionKeys = [eventHourPartitioning.key, eventDayPartitioning.key];
var fields = [
  ...["store_id", "store_name", "timeZone", "currency", "language", "cluster"].map(
    (field) => `store.${field}`
  ),
  ...["city", "region", "country", "latitude", "longitude"].map((field) => `store.location.${field}`),
  ...["product_id", "product_name", "category", "packUnits", "shelfLifeDays", "launched", "withdrawn"].map(
    (field) => `product.${field}`
  )
];
function checkExtra({ extra, stores, products }) {
  const seen = /* @__PURE__ */ new Set();
  for (const [n, { name: name2, type, from, value }] of (extra ?? []).entries()) {
    const at = `extra[${n}]`;
    if (seen.has(name2)) throw wrong(`${at}.name`, name2, `'${name2}' stands twice; each column stands once.`);
    seen.add(name2);
    if (name2 in Object.prototype) {
      throw wrong(`${at}.name`, name2, `every object of JavaScript has '${name2}' already; take another name.`);
    }
    if (partitionKeys.includes(name2)) {
      throw wrong(`${at}.name`, name2, `'${name2}' is a partition key of the table; take another name.`);
    }
    if (from === void 0 === (value === void 0)) {
      throw wrong(at, name2, "give either `from`, a field of the store or product, or `value`.");
    }
    if (value !== void 0 && !isOfType(value, type)) throw wrong(`${at}.value`, value, isNo(type, value));
    if (from !== void 0 && !fields.includes(from) && !isFact(from, stores, products)) {
      const [nearest] = nearestNames(from, fields);
      const hint = nearest === void 0 ? `Fields are ${fields.join(", ")} and facts.` : `Did you mean '${nearest}'?`;
      throw wrong(`${at}.from`, from, `no field '${from}'. ${hint}`);
    }
  }
}
function isFact(from, stores, products) {
  const [owner, list, fact = ""] = from.split(".");
  const owners = owner === "store" ? stores : products;
  if (list !== "facts" || typeof owners !== "object") return false;
  return owners.some(({ facts: facts2 = {} }) => Object.hasOwn(facts2, fact));
}
function isOfType(value, type) {
  if (value === null) return true;
  switch (type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "int":
      return typeof value === "number" && (value | 0) === value;
    case "bigint":
      return Number.isSafeInteger(value);
    case "double":
      return Number.isFinite(value);
  }
}
function isNo(type, value, from) {
  const all = ["int", "bigint", "double", "boolean", "string"];
  const fitting = all.find((other) => isOfType(value, other));
  const fix = fitting === void 0 ? "Take another field." : `Write "type": "${fitting}", or give another ${from === void 0 ? "value" : "field"}.`;
  return `${from ?? "the value"} is ${JSON.stringify(value)}, which is no ${type}. ${fix}`;
}

// src/own/zone-advice.ts
import { nearestNames as nearestNames2 } from "@store/foundation";
var rules = ["none", "us", "eu", "au", "nz"];
var firstDay = Date.UTC(2026, 0, 1) / DAY_MS;
var days = Array.from({ length: 365 }, (_, n) => firstDay + n);
function zoneAdvice(name2) {
  const offsets = offsetsOf(name2);
  if (offsets === void 0) {
    const [nearest] = nearestNames2(name2, zoneNames);
    const hint = nearest === void 0 ? "" : `Did you mean '${nearest}'? `;
    return `${hint}Otherwise give its rule: { "name": \u2026, "standardMinutes": 60, "daylight": "none" }.`;
  }
  const standardMinutes = Math.min(...offsets);
  const daylight = rules.find(
    (rule) => days.every((day, n) => offsetMinutes({ name: name2, standardMinutes, daylight: rule }, day) === offsets[n])
  );
  if (daylight === void 0) {
    return "Its clocks change by a rule of its own, which this version does not know; name a zone of the table.";
  }
  return `Give its rule: ${JSON.stringify({ name: name2, standardMinutes, daylight })}.`;
}
function offsetsOf(name2) {
  let format;
  try {
    format = new Intl.DateTimeFormat("en", { timeZone: name2, timeZoneName: "longOffset" });
  } catch {
    return void 0;
  }
  return days.map((day) => {
    const noon = new Date((day + 0.5) * DAY_MS);
    const text4 = format.formatToParts(noon).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign = "+", hours3 = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)/.exec(text4) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours3) * 60 + Number(minutes));
  });
}

// src/own/check-references.ts
function checkReferences(own) {
  const stores = typeof own.stores === "object" ? own.stores : void 0;
  const products = typeof own.products === "object" ? own.products : void 0;
  const storePlaces = stores && placesOf(
    stores.map(({ store_id }) => store_id),
    "stores",
    "store_id"
  );
  const productPlaces = products && placesOf(
    products.map(({ product_id }) => product_id),
    "products",
    "product_id"
  );
  for (const [s, store] of (stores ?? []).entries()) checkStore(store, s, productPlaces);
  for (const [p, product] of (products ?? []).entries()) checkProduct(product, p);
  checkCalendar(own, stores, products, storePlaces, productPlaces);
  checkSeries(own, stores, storePlaces, productPlaces);
  checkExtra(own);
  return { stores: storePlaces, products: productPlaces };
}
function placesOf(ids, list, field) {
  const places = /* @__PURE__ */ new Map();
  for (const [n, id2] of ids.entries()) {
    const first = places.get(id2);
    if (first !== void 0) {
      throw wrong(
        `${list}[${n}].${field}`,
        id2,
        `'${id2}' is the id of ${list}[${first}] already; each id stands once.`
      );
    }
    places.set(id2, n);
  }
  return places;
}
function noSuch(path, id2, what, known, list = `${what}s`) {
  const [nearest] = nearestNames3(id2, known);
  const hint = nearest === void 0 ? `Add it to \`${list}\`, or take it out.` : `Did you mean '${nearest}'?`;
  return wrong(path, id2, `no ${what} '${id2}'. ${hint}`);
}
function find(places, id2, path, what) {
  if (places !== void 0 && !places.has(id2)) throw noSuch(path, id2, what, places.keys());
}
function checkStore(store, s, products) {
  const { timeZone, location, assortment, opens = {} } = store;
  const at = `stores[${s}]`;
  if (typeof timeZone === "string" && zoneByName(timeZone) === void 0) {
    throw wrong(
      `${at}.timeZone`,
      timeZone,
      `no time zone '${timeZone}' in the table. ${zoneAdvice(timeZone)}`
    );
  }
  if (location === void 0 && builtInPlace(store, s) === void 0)
    throw wrong(`${at}.location`, location, noBuiltInPlace(store));
  if (timeZone === void 0 && location !== void 0 && onlyZoneOf(location.country) === void 0) {
    throw wrong(
      `${at}.timeZone`,
      timeZone,
      `missing, and ${location.country} has not one time zone in the table; name it.`
    );
  }
  checkSunday(store, s);
  const closed = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  if (closed.every((day) => opens[day] === null)) {
    throw wrong(`${at}.opens`, opens, "the store is closed on every weekday; give one at least hours.");
  }
  const seen = /* @__PURE__ */ new Set();
  for (const [n, id2] of (assortment ?? []).entries()) {
    const path = `${at}.assortment[${n}]`;
    find(products, id2, path, "product");
    if (seen.has(id2)) throw wrong(path, id2, `'${id2}' stands twice; each product stands once.`);
    seen.add(id2);
  }
}
function checkSunday(store, s) {
  const { timeZone, location } = store;
  const sunday = store.opens?.sun;
  if (sunday === void 0 || sunday === null) return;
  const ofPlace = location === void 0 ? void 0 : onlyZoneOf(location.country);
  const zone = typeof timeZone === "object" ? timeZone : timeZone === void 0 ? ofPlace ?? builtInPlace(store, s)?.zone : zoneByName(timeZone);
  const earliest = zone === void 0 ? void 0 : openAfterChange(zone);
  if (zone === void 0 || earliest === void 0 || sunday[0] >= earliest) return;
  throw wrong(
    `stores[${s}].opens.sun`,
    sunday,
    `the clocks of ${zone.name} change before ${earliest} on a Sunday; open at ${earliest} or later.`
  );
}
function checkProduct({ launched, withdrawn }, p) {
  if (launched === void 0 || withdrawn === void 0 || launched <= withdrawn) return;
  throw wrong(
    `products[${p}].withdrawn`,
    withdrawn,
    `before its launch on ${launched}; the last day of sale comes later.`
  );
}
function checkCalendar({ calendar = {} }, stores, products, storePlaces, productPlaces) {
  const { byCategory = {}, byCluster = {}, promotions = [] } = calendar;
  const clusters = new Set((stores ?? []).flatMap(({ cluster }) => cluster ?? []));
  for (const name2 of Object.keys(byCluster)) {
    if (!clusters.has(name2))
      throw noSuch(`calendar.byCluster["${name2}"]`, name2, "store of the cluster", clusters, "stores");
  }
  if (products !== void 0) {
    const categories = new Set(products.map(({ category = "General" }) => category));
    for (const name2 of Object.keys(byCategory)) {
      if (!categories.has(name2))
        throw noSuch(
          `calendar.byCategory["${name2}"]`,
          name2,
          "product of the category",
          categories,
          "products"
        );
    }
  }
  const sold = /* @__PURE__ */ new Map();
  const sells = (store, id2) => {
    if (store?.assortment === void 0) return true;
    const has = sold.get(store) ?? new Set(store.assortment);
    sold.set(store, has);
    return has.has(id2);
  };
  for (const [n, { product_id, stores: some, from, to }] of promotions.entries()) {
    const at = `calendar.promotions[${n}]`;
    find(productPlaces, product_id, `${at}.product_id`, "product");
    if (some?.length === 0)
      throw wrong(`${at}.stores`, some, "names no store; leave it out for every store.");
    const seen = /* @__PURE__ */ new Set();
    for (const [k, id2] of (some ?? []).entries()) {
      find(storePlaces, id2, `${at}.stores[${k}]`, "store");
      if (seen.has(id2))
        throw wrong(`${at}.stores[${k}]`, id2, `'${id2}' stands twice; each store stands once.`);
      seen.add(id2);
      const s = storePlaces?.get(id2) ?? 0;
      if (!sells(stores?.[s], product_id)) {
        const advice = `add it to stores[${s}].assortment, or take the store out.`;
        throw wrong(`${at}.stores[${k}]`, id2, `'${id2}' does not sell '${product_id}'; ${advice}`);
      }
    }
    if (some === void 0 && stores?.some((store) => sells(store, product_id)) === false)
      throw wrong(`${at}.product_id`, product_id, `no store sells '${product_id}'; take the promotion out.`);
    if (to < from) throw wrong(`${at}.to`, to, `before its first day ${from}; the last day comes later.`);
  }
}
function checkSeries({ demand: { series = [] } = {} }, stores, storePlaces, productPlaces) {
  const sold = /* @__PURE__ */ new Map();
  const seen = /* @__PURE__ */ new Map();
  for (const [n, { store_id, product_id }] of series.entries()) {
    const at = `demand.series[${n}]`;
    find(storePlaces, store_id, `${at}.store_id`, "store");
    find(productPlaces, product_id, `${at}.product_id`, "product");
    const ofStore = seen.get(store_id) ?? /* @__PURE__ */ new Map();
    seen.set(store_id, ofStore);
    const first = ofStore.get(product_id);
    if (first !== void 0) {
      throw wrong(
        at,
        product_id,
        `'${store_id}' and '${product_id}' stand in demand.series[${first}] already; each series stands once.`
      );
    }
    ofStore.set(product_id, n);
    const s = storePlaces?.get(store_id);
    const assortment = s === void 0 ? void 0 : stores?.[s]?.assortment;
    if (s === void 0 || assortment === void 0) continue;
    const has = sold.get(s) ?? new Set(assortment);
    sold.set(s, has);
    if (!has.has(product_id)) {
      throw wrong(
        `${at}.product_id`,
        product_id,
        `'${product_id}' is not in stores[${s}].assortment; add it there, or take the series out.`
      );
    }
  }
}

// src/model/stores.ts
var quarters = ["Market", "Station", "Harbour", "North", "Park", "South", "Old Town", "University"];
var hours = [
  [7 * 60, 22 * 60],
  [8 * 60, 20 * 60],
  [8 * 60, 21 * 60],
  [9 * 60, 21 * 60]
];
function storeAt(index, randomness) {
  const { city, region, country, latitude, longitude, zone } = placeAt(index);
  const ring = Math.floor(index / placeCount);
  const round = Math.floor(ring / quarters.length);
  const [word, other] = randomness.ofStore(index, 1);
  const near = (degrees, bits) => Math.round(degrees * 1e4 + bits % 1601 - 800) / 1e4;
  const [opensAtMinute, closesAtMinute] = hours[other >>> 30] ?? [480, 1200];
  return Object.freeze({
    index,
    store_id: `store-${String(index + 1).padStart(4, "0")}`,
    store_name: `${city} ${quarters[ring % quarters.length] ?? ""}${round === 0 ? "" : ` ${round + 1}`}`,
    location: Object.freeze({
      city,
      region,
      country,
      latitude: near(latitude, word & 65535),
      longitude: near(longitude, word >>> 16)
    }),
    timeZone: zone,
    opensAtMinute,
    closesAtMinute
  });
}
function storesOfShard(stores, { index, count }) {
  return [Math.floor(index * stores / count), Math.floor((index + 1) * stores / count)];
}
function storesOf(first, last, randomness) {
  return Object.freeze(Array.from({ length: last - first }, (_, s) => storeAt(first + s, randomness)));
}

// src/model/products.ts
var lines = [
  ["Dairy", "pack", 119, ["Milk", "Yoghurt", "Butter", "Cheddar", "Cr\xE8me fra\xEEche", "Skyr", "Mozzarella"]],
  ["Bakery", "piece", 149, ["Bread", "Baguette", "Croissant", "Bagel", "Rye loaf", "Brioche", "Tortillas"]],
  ["Produce", "kilogram", 129, ["Apples", "Bananas", "Tomatoes", "Spinach", "Jalape\xF1os", "A\xE7a\xED", "Potatoes"]],
  ["Beverages", "bottle", 139, ["Orange juice", "Sparkling water", "Cold brew", "Oat drink", "Green tea"]],
  ["Pantry", "jar", 219, ["Olive oil", "Passata", "Peanut butter", "M\xFCsli", "Lentils", "Basmati rice"]],
  ["Frozen", "pack", 299, ["Peas", "Fish fingers", "Pizza", "Berries", "Gyoza", "Vanilla ice cream"]],
  ["Household", "pack", 399, ["Dish soap", "Paper towels", "Laundry powder", "Light bulb", "Bin bags"]],
  ["Care", "piece", 249, ["Toothpaste", "Shampoo", "Hand cream", "Razor", "Plasters", "Sun lotion"]],
  ["Pets", "bag", 549, ["Cat litter", "Dog biscuits", "Bird seed", "Cat food", "Chew toy"]],
  ["Hobbies", "piece", 899, ["Sketch book", "Playing cards", "Yarn", "Fishing line", "Puzzle", "Paint set"]]
];
var kinds = ["", "Organic ", "Classic ", "Large ", "Value ", "Premium ", "Mini ", "Family "];
var packs = [1, 4, 6, 12];
function productAt(index, count, randomness) {
  const lineIndex = Math.floor(index * lines.length / count);
  const [category, unit, cents, names] = lines[lineIndex] ?? ["", "", 100, [""]];
  const turn = index - Math.ceil(lineIndex * count / lines.length);
  const kind = Math.floor(turn / names.length);
  const round = Math.floor(kind / kinds.length);
  const [word, other] = randomness.ofProduct(index, 1);
  return Object.freeze({
    index,
    product_id: `SKU-${String(index + 1).padStart(6, "0")}`,
    product_name: `${kinds[kind % kinds.length] ?? ""}${names[turn % names.length] ?? ""}${round === 0 ? "" : ` ${round + 1}`}`,
    category,
    unit,
    priceCents: cents + word % (2 * cents),
    packUnits: packs[other >>> 30] ?? 1
  });
}
function productsOf(count, randomness) {
  return Object.freeze(Array.from({ length: count }, (_, p) => productAt(p, count, randomness)));
}

// src/own/frozen-copy.ts
function frozenCopy(given) {
  const path = [];
  function copy(value) {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return Object.freeze(Array.from(value, (item, n) => inside(n, item)));
    if (!isPlain(value)) {
      throw wrong(
        pathText(path),
        value,
        "an object of a class, or with hidden or inherited fields; give a plain object with fields of its own."
      );
    }
    const parts = Object.entries(value).filter(([, part]) => part !== void 0);
    return Object.freeze(Object.fromEntries(parts.map(([name2, part]) => [name2, inside(name2, part)])));
  }
  function inside(step, value) {
    path.push(step);
    const copied = copy(value);
    path.pop();
    return copied;
  }
  return Object(copy(given));
}
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.getOwnPropertyNames(value).length === Object.keys(value).length;
}
var pathText = (path) => path.map((step, n) => typeof step === "number" ? `[${step}]` : n === 0 ? step : `.${step}`).join("");

// src/own/own-settings.ts
function settleOwn(options, model, randomness) {
  const { stores, products, calendar, demand, policy } = options;
  const extra = Array.isArray(options.extra) ? options.extra : void 0;
  const lists = typeof stores === "object" || typeof products === "object";
  const others = [calendar, demand, policy, extra].some((part) => part !== void 0);
  if (!lists && !others) return void 0;
  const given = { stores, products, calendar, demand, policy, extra };
  const data = frozenCopy(
    Object.fromEntries(Object.entries(given).filter(([, part]) => part !== void 0))
  );
  checkReferences(data);
  checkBuiltIn(data, randomness);
  checkPrices(data);
  const { series = [], memory = 0, shocks = {} } = data.demand ?? {};
  if (model.fixedMean > 0 && (series.length > 0 || memory > 0 || (shocks.store ?? 0) + (shocks.local ?? 0) > 0)) {
    throw wrong(
      "demand",
      demand,
      "the preset has one mean for all, and draws none; take a preset such as m5."
    );
  }
  const ownDays = lists || calendar !== void 0 || demand !== void 0;
  return { data, extra: data.extra ?? [], ownDays, digest: digestOf(JSON.stringify(data)) };
}
function checkBuiltIn(data, randomness) {
  const { demand: { series = [] } = {}, calendar: { promotions = [] } = {} } = data;
  if (series.length + promotions.length === 0 && !hasAssortments(data)) return;
  if (typeof data.stores !== "object" && data.stores !== void 0) {
    const known = new Set(storesOf(0, data.stores, randomness).map(({ store_id }) => store_id));
    for (const [n, { store_id }] of series.entries())
      expect(known, store_id, `demand.series[${n}].store_id`, "store");
    for (const [n, { stores = [] }] of promotions.entries())
      for (const [k, id2] of stores.entries())
        expect(known, id2, `calendar.promotions[${n}].stores[${k}]`, "store");
  }
  if (typeof data.products !== "object" && data.products !== void 0) {
    const known = new Set(productsOf(data.products, randomness).map(({ product_id }) => product_id));
    for (const [n, { product_id }] of series.entries())
      expect(known, product_id, `demand.series[${n}].product_id`, "product");
    for (const [n, { product_id }] of promotions.entries())
      expect(known, product_id, `calendar.promotions[${n}].product_id`, "product");
    for (const [s, { assortment = [] }] of (typeof data.stores === "object" ? data.stores : []).entries())
      for (const [n, id2] of assortment.entries())
        expect(known, id2, `stores[${s}].assortment[${n}]`, "product");
  }
}
var hasAssortments = ({ stores }) => typeof stores === "object" && stores.some(({ assortment }) => assortment !== void 0);
function expect(known, id2, path, what) {
  if (!known.has(id2))
    throw wrong(path, id2, `no ${what} '${id2}' among the built-in ones; give \`${what}s\` as a list.`);
}
var withoutHundredths = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" ");
function checkPrices({ stores, products }) {
  if (typeof products !== "object") return;
  const currencies2 = /* @__PURE__ */ new Map();
  const note = (currency2, who) => {
    if (!currencies2.has(currency2)) currencies2.set(currency2, who);
  };
  if (typeof stores === "object")
    for (const [s, store] of stores.entries()) note(currencyFor(store, s), `stores[${s}]`);
  else
    for (let n = 0; n < Math.min(stores ?? 1, placeCount); n++)
      note(currencyOf(placeAt(n).country), `the built-in store ${n + 1}`);
  for (const [p, { unit_price }] of products.entries()) {
    if (unit_price === void 0) continue;
    for (const [currency2, who] of currencies2) {
      const price2 = typeof unit_price === "object" ? unit_price[currency2] : unit_price;
      if (withoutHundredths.includes(currency2) && price2 !== void 0 && !Number.isInteger(price2)) {
        const advice = `no whole price in ${currency2}, the currency of ${who}, which has no hundredths.`;
        throw wrong(`products[${p}].unit_price`, unit_price, advice);
      }
      if (typeof unit_price !== "object") continue;
      if (Object.hasOwn(unit_price, currency2)) continue;
      throw wrong(
        `products[${p}].unit_price`,
        unit_price,
        `no price in ${currency2}, the currency of ${who}; add it.`
      );
    }
  }
}
function currencyFor(store, s) {
  const { currency: currency2, location } = store;
  return currency2 ?? currencyOf((location ?? builtInPlace(store, s) ?? placeAt(s)).country);
}
function digestOf(text4) {
  let [a, b] = [2654435761, 2246822507];
  for (let n = 0; n < text4.length; n++) {
    const unit = text4.charCodeAt(n);
    a = Math.imul(a ^ unit, 16777619);
    b = Math.imul(b ^ unit, 668265263) ^ b >>> 15;
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
function extraProblem(path, value) {
  const expected = "columns, which can be written as bytes";
  const message = `Expected \`${path}\` to be ${expected}, got a function. Declare the columns: [{ "name": \u2026, "type": \u2026, "from": "store.currency" }].`;
  return invalidOption({ path, value, expected, message });
}

// src/own/world-rules.ts
import {
  callback as callback2,
  flag as flag2,
  listOf as listOf3,
  mapOf,
  nested as nested2,
  numberBetween as numberBetween4,
  oneOf as oneOf3,
  required as required4,
  satisfying as satisfying4,
  text as text3,
  wholeNumber as wholeNumber2
} from "@store/foundation";

// src/model/model-rules.ts
import {
  flag,
  numberBetween as numberBetween2,
  oneOf,
  required as required2,
  satisfying as satisfying2,
  wholeNumber
} from "@store/foundation";
var share = required2(numberBetween2(0, 1));
var spread = required2(numberBetween2(0, 10));
var logarithm = required2(numberBetween2(-10, 10));
var isList = (value, length) => Array.isArray(value) && value.length === length;
function salesFactors(length) {
  const fits = (factor2) => typeof factor2 === "number" && factor2 >= 0 && factor2 <= 100;
  return satisfying2(
    `a list of ${length} numbers from 0 to 100, one at least above 0`,
    // `every` passes over the holes of a sparse list.
    (value) => isList(value, length) && Array.from(value).every(fits) && value.some((factor2) => factor2 !== 0)
  );
}
var modelRules = {
  logMean: logarithm,
  logMeanSpread: spread,
  storeShare: share,
  productShare: share,
  logDispersion: logarithm,
  logDispersionSpread: spread,
  fixedMean: required2(numberBetween2(0, 100)),
  weekdays: required2(salesFactors(7)),
  months: required2(salesFactors(12)),
  holidays: required2(flag()),
  promotionRate: share,
  priceElasticity: logarithm,
  policy: required2(oneOf("sS", "sQ", "RS", "newsvendor")),
  safetyFactor: logarithm,
  orderCostRatio: required2(numberBetween2(0, 1e6)),
  reviewDays: required2(wholeNumber(1, 28)),
  criticalRatio: required2(
    satisfying2("above 0 and below 1", (value) => typeof value === "number" && value > 0 && value < 1)
  ),
  leadDays: required2(
    satisfying2("two whole numbers, 0 to 14, the second at most 3 above the first", (value) => {
      if (!isList(value, 2)) return false;
      const [least, most] = value.map(Number);
      const whole2 = Array.from(value).every((days2) => Number.isSafeInteger(days2));
      return whole2 && least !== void 0 && most !== void 0 && least >= 0 && most >= least && most <= Math.min(14, least + 3);
    })
  ),
  missedOrderRate: share,
  lateRate: share,
  lateDays: required2(wholeNumber(0, 30)),
  leastReorderPoint: required2(wholeNumber(1, 1e4)),
  fixedReorderPoint: required2(wholeNumber(-1, 1e4)),
  fixedOrderUpTo: required2(wholeNumber(-1, 6e4)),
  backorders: required2(flag()),
  shrinkRate: share,
  unseenShrinkShare: share,
  returnRate: share,
  shelfFailureRate: share,
  receivingErrorRate: share,
  countIntervalDays: required2(wholeNumber(0, 3650)),
  substitutionRate: share,
  shelfLifeDays: required2(wholeNumber(0, 3650))
};
function checkTogether(model, path) {
  const { storeShare, productShare, fixedReorderPoint, fixedOrderUpTo } = model;
  if (storeShare + productShare > 1 + 1e-9) {
    throw tooMuch("productShare", productShare, `at most 1 less \`storeShare\`, ${1 - storeShare}`);
  }
  if (fixedOrderUpTo >= 0 && fixedOrderUpTo < fixedReorderPoint) {
    throw tooMuch("fixedOrderUpTo", fixedOrderUpTo, `at least \`fixedReorderPoint\`, ${fixedReorderPoint}`);
  }
  function tooMuch(name2, value, expected) {
    const at = `${path}.${name2}`;
    const message = `Expected \`${at}\` to be ${expected}, got ${value}.`;
    return invalidOption({ path: at, value, expected, message });
  }
}

// src/own/value-rules.ts
import {
  listOf as listOf2,
  nested,
  numberBetween as numberBetween3,
  oneOf as oneOf2,
  required as required3,
  satisfying as satisfying3,
  text as text2
} from "@store/foundation";

// src/own/holidays.ts
var rules2 = {
  AU: "01-01=.6 01-26=.8 E-2=0 E+1=.8 04-25=.6 12-25=0 12-26=.8",
  BR: "01-01=.5 E-2=.8 04-21=.9 05-01=.6 09-07=.9 10-12=.9 11-02=.9 11-15=.9 11-20=.9 12-25=.3",
  CA: "01-01=.4 E-2=.5 5/0/-2=.8 07-01=.6 9/0/1=.7 10/0/2=.7 12-25=0 12-26=.8",
  CH: "01-01=0 E-2=0 E+1=0 E+39=0 E+50=0 08-01=0 12-25=0 12-26=0",
  CO: "01-01=.5 E-3=.8 E-2=.7 05-01=.7 07-20=.8 08-07=.8 12-08=.9 12-25=.4",
  DE: "01-01=0 E-2=0 E+1=0 05-01=0 E+39=0 E+50=0 10-03=0 12-25=0 12-26=0",
  DK: "01-01=0 E-3=0 E-2=0 E+1=0 E+39=0 E+50=0 12-25=0 12-26=0",
  ES: "01-01=0 01-06=0 E-2=0 05-01=0 08-15=.3 10-12=.3 11-01=.3 12-06=.5 12-08=.5 12-25=0",
  FI: "01-01=.4 01-06=.6 E-2=.4 E+1=.5 05-01=.4 E+39=.6 12-06=.4 12-25=0 12-26=.5",
  FR: "01-01=.2 E+1=.6 05-01=0 05-08=.7 E+39=.7 07-14=.6 08-15=.6 11-01=.6 11-11=.7 12-25=.1",
  GB: "01-01=.5 E+0=0 E-2=.9 E+1=.8 5/0/1=.9 5/0/-1=.9 8/0/-1=.9 12-25=0 12-26=.5",
  IE: "01-01=.5 2/0/1=.9 03-17=.8 E+1=.8 5/0/1=.9 6/0/1=.9 8/0/1=.9 10/0/-1=.9 12-25=0 12-26=.4",
  IN: "01-26=.8 08-15=.8 10-02=.8 12-25=.9",
  IS: "01-01=.2 E-3=.6 E-2=.3 E+0=.2 E+1=.5 05-01=.5 06-17=.5 12-25=0 12-26=.4",
  IT: "01-01=.2 01-06=.7 E+0=.3 E+1=.4 04-25=.6 05-01=.3 06-02=.6 08-15=.3 11-01=.6 12-08=.8 12-25=0 12-26=.3",
  JP: "01-01=.5 01-02=.7 01-03=.8 04-29=1.05 05-03=1.05 05-04=1.05 05-05=1.05 12-31=1.3",
  KE: "01-01=.7 E-2=.8 E+1=.9 05-01=.8 06-01=.9 10-20=.9 12-12=.9 12-25=.5 12-26=.7",
  KR: "01-01=.8 03-01=.95 05-05=1.1 06-06=.95 08-15=.95 10-03=.95 10-09=.95 12-25=1.05",
  MX: "01-01=.5 2/0/1=.9 3/0/3=.9 05-01=.8 09-16=.8 11/0/3=.9 12-25=.4",
  NL: "01-01=.4 E+0=.5 E+1=.7 04-27=.7 E+39=.8 E+50=.7 12-25=.2 12-26=.5",
  PL: "01-01=0 01-06=0 E+0=0 E+1=0 05-01=0 05-03=0 E+60=0 08-15=0 11-01=0 11-11=0 12-25=0 12-26=0",
  PT: "01-01=0 E-2=.6 E+0=.4 04-25=.7 05-01=.2 06-10=.8 08-15=.8 10-05=.8 11-01=.8 12-01=.8 12-08=.8 12-25=0",
  SE: "01-01=.5 01-06=.8 E-2=.6 E+1=.7 05-01=.8 E+39=.8 06-06=.8 12-24=.5 12-25=.3 12-26=.6",
  SG: "01-01=.9 E-2=.95 05-01=.95 08-09=.95 12-25=.95",
  US: "01-01=.72 2/6/2=1.08 6/6/3=1.26 9/0/1=1.23 10-31=.82 11/3/4=.9 12-25=0"
};
var holidayCountries = Object.keys(rules2);
function holidayRules(country) {
  if (!Object.hasOwn(rules2, country)) return [];
  return (rules2[country] ?? "").split(" ").map((text4) => {
    const [rule = "", factor2 = "1"] = text4.split("=");
    return { rule, dayIn: yearly(rule), factor: Number(factor2) };
  });
}
function holidaysOf(country) {
  const parsed = holidayRules(country);
  const years = /* @__PURE__ */ new Map();
  return (day) => {
    const { year } = civilFromDays(day);
    let found = years.get(year);
    if (found === void 0) {
      found = new Map(parsed.map(({ dayIn, factor: factor2 }) => [dayIn(year), factor2]));
      years.set(year, found);
    }
    return found.get(day) ?? 1;
  };
}
function holidaysOn(factors) {
  const entries = isList2(factors) ? factors.map(({ date, factor: factor2 }) => [date, factor2]) : Object.entries(factors);
  const dates = new Map(entries);
  return (day) => {
    const { year, month, day: date } = civilFromDays(day);
    const two = (n) => String(n).padStart(2, "0");
    const short = `${two(month)}-${two(date)}`;
    return dates.get(`${year}-${short}`) ?? dates.get(short) ?? 1;
  };
}
var isList2 = (factors) => Array.isArray(factors);
function yearly(rule) {
  if (rule.startsWith("E")) return (year) => easter(year) + Number(rule.slice(1));
  const [month = 1, weekday = 0, n = 1] = rule.split("/").map(Number);
  if (rule.includes("/")) {
    if (n === -2) return (year) => lastBefore(daysFromCivil(year, month, 25), weekday);
    return (year) => nthWeekday(year, month, weekday, n);
  }
  const [m = 1, d = 1] = rule.split("-").map(Number);
  return (year) => daysFromCivil(year, m, d);
}
function lastBefore(day, weekday) {
  const before = day - 1;
  return before - ((before + 3) % 7 - weekday + 7) % 7;
}
function easter(year) {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return daysFromCivil(year, month, (h + l - 7 * m + 114) % 31 + 1);
}

// src/own/value-rules.ts
function codeOf(rule, codes, type) {
  return {
    expected: rule.expected,
    problem(value, path) {
      const problem = rule.problem(value, path);
      if (problem === void 0 || typeof value !== "string") return problem;
      const names = new Intl.DisplayNames("en", { type });
      const given = value.toLowerCase();
      const code = codes.find((one) => [one, names.of(one)].some((name2) => name2?.toLowerCase() === given));
      if (code === void 0 || problem.message.includes("Did you mean")) return problem;
      return { ...problem, message: `${problem.message} Did you mean '${code}'?` };
    }
  };
}
function whole(rule) {
  const expected = "text of whole characters, without half of a surrogate pair";
  const isWhole = satisfying3(expected, (value) => typeof value !== "string" || !new RegExp("\\p{Cs}", "u").test(value));
  return {
    expected: rule.expected,
    problem: (value, path) => rule.problem(value, path) ?? isWhole.problem(value, path)
  };
}
var id = whole(text2("text of 1 to 200 characters", /^[^]{1,200}$/u));
var name = whole(text2());
var anyText = whole(text2("text", /^/));
var scalar = whole(
  satisfying3(
    "text, a finite number, true, false or null",
    (value) => typeof value === "number" ? Number.isFinite(value) : value === null || ["string", "boolean"].includes(typeof value)
  )
);
var dayRule = satisfying3(
  "a day such as 2026-03-02, from 1970-01-11 to 8999",
  (value) => {
    if (typeof value !== "string" || !/^[1-8]\d{3}-\d{2}-\d{2}$/.test(value)) return false;
    return isDay(value) && Date.parse(value) >= 864e6;
  }
);
function isDay(date) {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}
var factor = numberBetween3(0, 100);
var holidayDate = /^(?:\d{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
var dateOfHoliday = satisfying3(
  "a date such as 2026-12-24, or 12-24 for each year",
  // 02-29 of each year is that of leap years.
  (value) => typeof value === "string" && holidayDate.test(value) && isDay(value.length === 5 ? `2024-${value}` : value)
);
var datesAndFactors = nested({ date: required3(dateOfHoliday), factor: required3(factor) });
function byKind(expected, kinds2) {
  const other = satisfying3(expected, () => false);
  return {
    expected,
    problem(value, path) {
      const kind = Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
      return (kinds2[kind] ?? other).problem(value, path);
    }
  };
}
var holidays = byKind("a country, dates with factors, or false", {
  string: codeOf(oneOf2(...holidayCountries), holidayCountries, "region"),
  boolean: satisfying3("a country, dates with factors, or false", (value) => value === false),
  list: {
    expected: "dates with factors",
    problem: (value, path) => listOf2(datesAndFactors).problem(value, path) ?? twice(value, path)
  },
  object: {
    expected: "dates with factors",
    problem(value, path) {
      for (const [date, one] of Object.entries(value)) {
        const at = `${path}["${date}"]`;
        const problem = dateOfHoliday.problem(date, at) ?? factor.problem(one, at);
        if (problem !== void 0) return problem;
      }
      return void 0;
    }
  }
});
function twice(value, path) {
  const dates = /* @__PURE__ */ new Map();
  for (const [n, { date }] of value.entries()) {
    const first = dates.get(date);
    const at = `${path}[${n}].date`;
    const expected = "a date that stands once";
    const message = `${at}: '${date}' is the date of ${path}[${first ?? n}] already; each date stands once.`;
    if (first !== void 0) return { path: at, value: date, expected, message };
    dates.set(date, n);
  }
  return void 0;
}
var clockTime = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
var hours2 = satisfying3(
  "null, or two times such as ['09:00', '20:00'] with two digits for each hour, at least half an hour of which is from 01:00 to 23:00",
  (value) => {
    if (value === null) return true;
    const pair = Array.isArray(value) ? value : [];
    if (pair.length !== 2) return false;
    const [opens, closes] = pair;
    if (typeof opens !== "string" || typeof closes !== "string") return false;
    if (!clockTime.test(opens) || !clockTime.test(closes)) return false;
    return salesMinutes([opens, closes]) >= 30;
  }
);
var minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
var FIRST_MINUTE = 60;
var LAST_MINUTE = 23 * 60;
function sellingHours([opens, closes]) {
  return [Math.max(FIRST_MINUTE, minutesOf(opens)), Math.min(LAST_MINUTE, minutesOf(closes))];
}
function salesMinutes(given) {
  const [opens, closes] = sellingHours(given);
  return closes - opens;
}
function oneAtLeast(values, keys) {
  return {
    expected: values.expected,
    problem(value, path) {
      const names = Object.keys(value);
      if (names.length === 0)
        return satisfying3(`${values.expected}, one at least`, () => false).problem(value, path);
      const wrong2 = names.map((key) => keys.problem(key, `${path}["${key}"]`)).find((problem) => problem !== void 0);
      return wrong2 ?? values.problem(value, path);
    }
  };
}

// src/own/world-rules.ts
var zoneRules = {
  name: required4(name),
  standardMinutes: required4(wholeNumber2(-720, 840)),
  daylight: required4(oneOf3("none", "us", "eu", "au", "nz"))
};
var locationRules = {
  city: required4(name),
  region: required4(anyText),
  country: required4(text3("two capital letters, such as PT", /^[A-Z]{2}$/)),
  latitude: required4(numberBetween4(-90, 90)),
  longitude: required4(numberBetween4(-180, 180))
};
var facts = mapOf(scalar);
var currency = codeOf(text3("a currency such as EUR", /^[A-Z]{3}$/), currencyCodes, "currency");
var language = text3("a language such as pt or pt-BR", /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/);
var price = satisfying4("0.01 to 20000000 in whole hundredths", (value) => {
  const [least, most] = ownLimits.price;
  return typeof value === "number" && value >= least && value <= most && isHundredths(value);
});
var isHundredths = (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;
var storeRules = {
  store_id: required4(id),
  store_name: name,
  timeZone: byKind("a zone such as Europe/Lisbon", { string: name, object: nested2(zoneRules) }),
  currency,
  language,
  location: nested2(locationRules),
  opens: nested2({ mon: hours2, tue: hours2, wed: hours2, thu: hours2, fri: hours2, sat: hours2, sun: hours2 }),
  holidays,
  cluster: name,
  assortment: listOf3(id),
  facts
};
var productRules = {
  product_id: required4(id),
  product_name: byKind("a name, or one for each language", {
    string: name,
    object: oneAtLeast(mapOf(name), language)
  }),
  category: name,
  unit_price: byKind("a price, or one for each currency", {
    number: price,
    object: oneAtLeast(mapOf(price), currency)
  }),
  packUnits: wholeNumber2(1, 1e4),
  shelfLifeDays: wholeNumber2(1, 3650),
  launched: dayRule,
  withdrawn: dayRule,
  facts
};
var seasonRules = { weekdays: salesFactors(7), months: salesFactors(12) };
var promotionRules = {
  product_id: required4(id),
  stores: listOf3(id),
  from: required4(dayRule),
  to: required4(dayRule),
  price: required4(numberBetween4(0, 1, { above: true }))
};
var calendarRules = {
  ...seasonRules,
  holidays: flag2(),
  byCategory: mapOf(nested2(seasonRules)),
  byCluster: mapOf(nested2(seasonRules)),
  promotions: listOf3(nested2(promotionRules))
};
var seriesRules = {
  store_id: required4(id),
  product_id: required4(id),
  mean: required4(numberBetween4(...ownLimits.mean)),
  dispersion: numberBetween4(...ownLimits.dispersion)
};
var demandRules = {
  series: listOf3(nested2(seriesRules)),
  elasticity: numberBetween4(0, 10),
  memory: numberBetween4(0, 1),
  shocks: nested2({ store: numberBetween4(0, 1), local: numberBetween4(0, 1) })
};
var extraRules = {
  name: required4(text3("a column name of small letters, digits and underscores", /^[a-z_][a-z0-9_]{0,254}$/)),
  type: required4(oneOf3("string", "boolean", "int", "bigint", "double")),
  from: text3("a field such as store.currency or product.facts.brand", /^(?:store|product)(?:\.\w+){1,2}$/),
  value: scalar
};
var planned = {
  expected: "left out",
  problem(value, path) {
    const message = `${path}: a supply network is planned, and this version has none. Leave it out.`;
    return { path, value, expected: "left out", message };
  }
};
function someOrCount(most, rules3, what) {
  const expected = `1 to ${most}, or a list of ${what}`;
  const some = listOf3(rules3);
  return byKind(expected, {
    number: wholeNumber2(1, most),
    list: {
      expected,
      problem(value, path) {
        const { length } = value;
        if (length === 0 || length > most)
          return satisfying4(`a list of 1 to ${most} ${what}`, () => false).problem(value, path);
        return some.problem(value, path);
      }
    }
  });
}
var policyName = oneOf3("sS", "sQ", "RS", "newsvendor");
var ownRules = {
  stores: someOrCount(worldLimits.stores, nested2(storeRules), "stores"),
  products: someOrCount(worldLimits.products, nested2(productRules), "products"),
  calendar: nested2(calendarRules),
  demand: nested2(demandRules),
  policy: byKind("'sS', 'sQ', 'RS', 'newsvendor', or a function of the state", {
    string: policyName,
    function: callback2()
  }),
  costs: nested2(costRules),
  extra: byKind("a list of columns, or a function", {
    list: listOf3(nested2(extraRules)),
    function: callback2()
  }),
  network: planned
};
var worldFileRules = {
  $schema: text3("the address of the schema"),
  worldFile: required4(satisfying4("1, the version of the format", (value) => value === 1)),
  ...ownRules,
  policy: policyName,
  extra: byKind("a list of columns", { list: listOf3(nested2(extraRules)) })
};

export {
  DAY_MS,
  daysFromCivil,
  civilFromDays,
  weekdayOf,
  holidayFactor,
  dateOf,
  monthOf,
  threefry2x32,
  offsetMinutes,
  greatestOffset,
  leastOffset,
  exp,
  log,
  normalDensity,
  normalQuantile,
  normalTable,
  RATE_CLASSES,
  GROUPS,
  ALL_GROUPS,
  RATE_STEP,
  rateClassOf,
  shiftOf,
  rateMeans,
  demandProbabilities,
  HEAD,
  DemandTable,
  ownDispersions,
  ownDispersionRange,
  ownGroupOf,
  productAt,
  productsOf,
  placeAt,
  storeAt,
  storesOfShard,
  storesOf,
  holidayRules,
  holidaysOf,
  holidaysOn,
  zoneByName,
  onlyZoneOf,
  currencyOf,
  builtInPlace,
  sellingHours,
  isOfType,
  isNo,
  checkReferences,
  settleOwn,
  withoutHundredths,
  currencyFor,
  extraProblem,
  MODEL_VERSION,
  fingerprintOf,
  eventId,
  modelRules,
  checkTogether,
  frozenModel,
  costDefaults,
  settleCosts,
  worldDefaults,
  worldLimits,
  ownLimits,
  ownRules,
  worldFileRules,
  formatRules,
  presets
};
//# sourceMappingURL=chunk-XMUMF5LL.js.map