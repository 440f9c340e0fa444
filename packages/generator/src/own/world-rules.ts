import {
  callback,
  flag,
  listOf,
  mapOf,
  nested,
  numberBetween,
  oneOf,
  required,
  satisfying,
  text,
  wholeNumber,
  type OptionRule,
  type OptionRules,
} from '@store/foundation';
import { currencyCodes } from '../model/currencies.js';
import { salesFactors } from '../model/model-rules.js';
import { costRules } from '../score/costs.js';
import { ownLimits, worldLimits } from '../world/defaults-and-limits.js';
import {
  anyText,
  byKind,
  codeOf,
  dayRule,
  holidays,
  hours,
  id,
  name,
  oneAtLeast,
  scalar,
} from './value-rules.js';
import type {
  CalendarInput,
  DemandInput,
  ExtraColumn,
  LocationInput,
  OwnWorld,
  ProductInput,
  PromotionInput,
  SeasonInput,
  SeriesInput,
  StoreInput,
  TimeZoneInput,
  WorldFile,
} from './world-file.js';

const zoneRules: OptionRules<TimeZoneInput> = {
  name: required(name),
  standardMinutes: required(wholeNumber(-720, 840)),
  daylight: required(oneOf('none', 'us', 'eu', 'au', 'nz')),
};
const locationRules: OptionRules<LocationInput> = {
  city: required(name),
  region: required(anyText),
  country: required(text('two capital letters, such as PT', /^[A-Z]{2}$/)),
  latitude: required(numberBetween(-90, 90)),
  longitude: required(numberBetween(-180, 180)),
};
const facts = mapOf(scalar);
const currency = codeOf(text('a currency such as EUR', /^[A-Z]{3}$/), currencyCodes, 'currency');
const language = text('a language such as pt or pt-BR', /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/);
const price = satisfying('0.01 to 20000000 in whole hundredths', (value) => {
  const [least, most] = ownLimits.price;
  return typeof value === 'number' && value >= least && value <= most && isHundredths(value);
});
const isHundredths = (value: number): boolean => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;

const storeRules: OptionRules<StoreInput> = {
  store_id: required(id),
  store_name: name,
  timeZone: byKind('a zone such as Europe/Lisbon', { string: name, object: nested(zoneRules) }),
  currency,
  language,
  location: nested(locationRules),
  opens: nested({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }),
  holidays,
  cluster: name,
  assortment: listOf(id),
  facts,
};

const productRules: OptionRules<ProductInput> = {
  product_id: required(id),
  product_name: byKind('a name, or one for each language', {
    string: name,
    object: oneAtLeast(mapOf(name), language),
  }),
  category: name,
  unit_price: byKind('a number such as 2.35, or one for each currency', {
    number: price,
    object: oneAtLeast(mapOf(price), currency),
  }),
  packUnits: wholeNumber(1, 10_000),
  shelfLifeDays: wholeNumber(1, 3650),
  launched: dayRule,
  withdrawn: dayRule,
  facts,
};

const seasonRules: OptionRules<SeasonInput> = { weekdays: salesFactors(7), months: salesFactors(12) };
const promotionRules: OptionRules<PromotionInput> = {
  product_id: required(id),
  stores: listOf(id),
  from: required(dayRule),
  to: required(dayRule),
  price: required(numberBetween(0, 1, { above: true })),
};
export const calendarRules: OptionRules<CalendarInput> = {
  ...seasonRules,
  holidays: flag(),
  byCategory: mapOf(nested(seasonRules)),
  byCluster: mapOf(nested(seasonRules)),
  promotions: listOf(nested(promotionRules)),
};
const seriesRules: OptionRules<SeriesInput> = {
  store_id: required(id),
  product_id: required(id),
  mean: required(numberBetween(...ownLimits.mean)),
  dispersion: numberBetween(...ownLimits.dispersion),
};
export const demandRules: OptionRules<DemandInput> = {
  series: listOf(nested(seriesRules)),
  elasticity: numberBetween(0, 10),
  memory: numberBetween(0, 1),
  shocks: nested({ store: numberBetween(0, 1), storeWeek: numberBetween(0, 1), local: numberBetween(0, 1) }),
  dip: numberBetween(0, 1),
};
const extraRules: OptionRules<ExtraColumn> = {
  name: required(text('a column name of small letters, digits and underscores', /^[a-z_][a-z0-9_]{0,254}$/)),
  type: required(oneOf('string', 'boolean', 'int', 'bigint', 'double')),
  from: text('a field such as store.currency or product.facts.brand', /^(?:store|product)(?:\.\w+){1,2}$/),
  value: scalar,
};

const planned: OptionRule = {
  expected: 'left out',
  problem(value, path) {
    const message = `${path}: a supply network is planned, and this version has none. Leave it out.`;
    return { path, value, expected: 'left out', message };
  },
};

function someOrCount(most: number, rules: OptionRule, what: string): OptionRule {
  const expected = `1 to ${most}, or a list of ${what}`;
  const some = listOf(rules);
  return byKind(expected, {
    number: wholeNumber(1, most),
    list: {
      expected,
      problem(value, path) {
        // byKind looked: it is a list.
        const { length } = value as readonly unknown[];
        if (length === 0 || length > most)
          return satisfying(`a list of 1 to ${most} ${what}`, () => false).problem(value, path);
        return some.problem(value, path);
      },
    },
  });
}

const policyName: OptionRule = oneOf('sS', 'sQ', 'RS', 'newsvendor');

/** Rules of the parts of a world that are one's own data, of a world file and of `createWorld`. */
export const ownRules: OptionRules<OwnWorld & { readonly network: unknown }> = {
  stores: someOrCount(worldLimits.stores, nested(storeRules), 'stores'),
  products: someOrCount(worldLimits.products, nested(productRules), 'products'),
  calendar: nested(calendarRules),
  demand: nested(demandRules),
  policy: byKind("'sS', 'sQ', 'RS', 'newsvendor', or a function of the state", {
    string: policyName,
    function: callback(),
  }),
  costs: nested(costRules),
  extra: byKind('a list of columns, or a function', {
    list: listOf(nested(extraRules)),
    function: callback(),
  }),
  network: planned,
};

/** Rules of a whole world file. */
export const worldFileRules: OptionRules<WorldFile & { readonly network: unknown }> = {
  $schema: text('the address of the schema'),
  worldFile: required(satisfying('1, the version of the format', (value) => value === 1)),
  ...ownRules,
  policy: policyName,
  extra: byKind('a list of columns', { list: listOf(nested(extraRules)) }),
};
