import {
  createWorld
} from "../chunk-EZYGVHAB.js";
import "../chunk-XMUMF5LL.js";
import {
  invalidOption
} from "../chunk-RECR2M4S.js";

// src/fast-check/index.ts
import { checkOptions, flag, listOf, oneOf, wholeNumber } from "@store/foundation";
import { constant, constantFrom, integer, record } from "fast-check";
var kinds = ["m5", "fresh", "audit", "theory"];
var worldRules = {
  maxStores: wholeNumber(1, 1e3),
  maxProducts: wholeNumber(1, 1e4),
  maxDays: wholeNumber(1, 3650),
  presets: listOf(oneOf(...kinds)),
  chaos: flag()
};
var eventRules = {
  ...worldRules,
  minEvents: wholeNumber(0, 1e5),
  maxEvents: wholeNumber(1, 1e5)
};
var START_DAYS = 365;
var startOf = (day) => new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);
function worlds(constraints = {}) {
  checkOptions(constraints, worldRules, invalidOption);
  return drawn(constraints);
}
function drawn({
  maxStores = 10,
  maxProducts = 20,
  maxDays = 7,
  presets = kinds,
  chaos = false
}) {
  return record({
    stores: integer({ min: 1, max: maxStores }),
    products: integer({ min: 1, max: maxProducts }),
    days: integer({ min: 1, max: maxDays }),
    preset: constantFrom(...presets.length === 0 ? kinds : presets),
    chaos: chaos ? constantFrom(false, true) : constant(false),
    start: integer({ min: 0, max: START_DAYS }).map(startOf),
    seed: integer({ min: 0, max: 2147483647 })
  });
}
function worldEvents(constraints = {}) {
  checkOptions(constraints, eventRules, invalidOption);
  const { minEvents = 0, maxEvents = 1e3 } = constraints;
  if (minEvents > maxEvents) {
    const allowed = `at most \`maxEvents\`, ${maxEvents}`;
    throw invalidOption({
      path: "minEvents",
      value: minEvents,
      expected: allowed,
      message: `Expected \`minEvents\` to be ${allowed}, got ${minEvents}.`
    });
  }
  return drawn(constraints).map((options) => [...createWorld(options).events({ maxEvents })]).filter((events) => events.length >= minEvents);
}
export {
  worldEvents,
  worlds
};
//# sourceMappingURL=index.js.map