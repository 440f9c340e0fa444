import type { Costs } from '../score/costs.js';

/** Opening hours of one weekday, local time: `['09:00', '20:00']`; `null` is closed: no customer and no truck. */
export type OpeningHours = readonly [opens: string, closes: string] | null;

/** A weekday as keys of `opens` name it. */
export type WeekdayName = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** A text for everybody, or one for each language (BCP 47): `{ pt: 'Aveia', en: 'Oats' }`. */
export type TextByLanguage = string | Readonly<Record<string, string>>;

/** One price for every currency, or one for each (ISO 4217): `{ EUR: 2.35, CHF: 2.6 }`. */
export type PriceByCurrency = number | Readonly<Record<string, number>>;

/** Where a store stands. */
export interface LocationInput {
  /** City, as addresses write it. */
  readonly city: string;
  /** State, province or region. */
  readonly region: string;
  /** ISO 3166-1 alpha-2, such as `PT`. */
  readonly country: string;
  /** Degrees north, -90 to 90. South of the equator months of the preset are turned by half a year. */
  readonly latitude: number;
  /** Degrees east, -180 to 180. */
  readonly longitude: number;
}

/** A time zone that the package's table does not know, by its rule. */
export interface TimeZoneInput {
  /** IANA name, such as `America/Santiago`. */
  readonly name: string;
  /** Minutes east of UTC in standard time, -720 to 840. */
  readonly standardMinutes: number;
  /** Rule for the hour of summer time. */
  readonly daylight: 'none' | 'us' | 'eu' | 'au' | 'nz';
}

/** Sales factors of dates: `2026-12-24`, or `12-24` for each year; 0 is closed. */
export type HolidayFactors =
  Readonly<Record<string, number>> | readonly { readonly date: string; readonly factor: number }[];

/** A store of one's own. Its number is its place in the list: appending leaves older stores as they are. */
export interface StoreInput {
  /** Identifier, unique in the file. */
  readonly store_id: string;
  /** Name of the store. @defaultValue the identifier */
  readonly store_name?: string;
  /** IANA name, such as `Europe/Lisbon`, or a zone by its rule. @defaultValue the only one of its country */
  readonly timeZone?: string | TimeZoneInput;
  /** ISO 4217, such as `EUR`: which of a product's prices holds. @defaultValue its country's */
  readonly currency?: string;
  /** Which of a product's names is on its shelf labels, such as `pt`. @defaultValue each product's first */
  readonly language?: string;
  /** Where it stands. @defaultValue a built-in city */
  readonly location?: LocationInput;
  /** Hours by weekday; a day that is missing is 08:00 to 20:00. Sales are between 01:00 and 23:00. */
  readonly opens?: Readonly<Partial<Record<WeekdayName, OpeningHours>>>;
  /** A country, dates with factors, or `false` for none. @defaultValue the calendar's */
  readonly holidays?: string | false | HolidayFactors;
  /** Name of a group of stores, for `calendar.byCluster`. */
  readonly cluster?: string;
  /** SKUs that the store sells. @defaultValue every product */
  readonly assortment?: readonly string[];
  /** Facts of one's own, for `extra`: the world does not read them. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A product of one's own. Its number is its place in the list: appending leaves older products as they are. */
export interface ProductInput {
  /** SKU, unique in the file. */
  readonly product_id: string;
  /** Name on the shelf label. @defaultValue the SKU */
  readonly product_name?: TextByLanguage;
  /** Department; buyers of a missing product may take the next one of its category. @defaultValue 'General' */
  readonly category?: string;
  /** Everyday price of a unit, in whole hundredths. @defaultValue drawn from the seed, at the level of each currency */
  readonly unit_price?: PriceByCurrency;
  /** Units in a case, 1 to 10,000: orders are whole cases. @defaultValue drawn from the seed */
  readonly packUnits?: number;
  /** Days a unit keeps: each unit left at closing spoils with chance one in this many. @defaultValue the preset's */
  readonly shelfLifeDays?: number;
  /** First local day of sale, `2026-03-02`. */
  readonly launched?: string;
  /** Last local day of sale, `2026-11-30`; what was ordered in time and comes later is still delivered. */
  readonly withdrawn?: string;
  /** Facts of one's own, for `extra`: the world does not read them. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Sales factors by weekday and month. 0 is closed: no customer and no truck on that local day. */
export interface SeasonInput {
  /** Seven factors from Monday on. */
  readonly weekdays?: readonly number[];
  /** Twelve factors from January on. */
  readonly months?: readonly number[];
}

/** A lower price for some days. */
export interface PromotionInput {
  /** SKU on promotion. */
  readonly product_id: string;
  /** Stores that have it. @defaultValue every store */
  readonly stores?: readonly string[];
  /** First local day, `2026-04-06`. */
  readonly from: string;
  /** Last local day, `2026-04-12`. */
  readonly to: string;
  /** Share of the everyday price, above 0 and at most 1: 0.8 is 20 % off. Of two promotions the lower price holds. */
  readonly price: number;
}

/** When customers come and what is cheaper. */
export interface CalendarInput extends SeasonInput {
  /** Whether the preset's holidays count in stores that have none of their own. @defaultValue the preset's */
  readonly holidays?: boolean;
  /** Factors of a category, in place of the calendar's and a cluster's. */
  readonly byCategory?: Readonly<Record<string, SeasonInput>>;
  /** Factors of a cluster's stores, in place of the calendar's. */
  readonly byCluster?: Readonly<Record<string, SeasonInput>>;
  /** Promotions in place of the preset's drawn ones. @defaultValue the preset's */
  readonly promotions?: readonly PromotionInput[];
}

/** Demand of one product in one store. */
export interface SeriesInput {
  /** One of the file's stores. */
  readonly store_id: string;
  /** One of the store's products. */
  readonly product_id: string;
  /** Units wanted on an average open day at the everyday price, with all factors 1; 0.008 to 99. */
  readonly mean: number;
  /** k of the negative binomial demand, 0.05 to 100: its variance is mean + mean² / k. @defaultValue drawn as in the preset */
  readonly dispersion?: number;
}

/** What customers want. */
export interface DemandInput {
  /** Series with a demand of their own; the others are drawn as in the preset. */
  readonly series?: readonly SeriesInput[];
  /** Demand is multiplied by (price ratio) to the power of minus this, 0 to 10. @defaultValue the preset's */
  readonly elasticity?: number;
  /**
   * Standard deviation of the logarithm of a series' slow level, 0 to 1: the mean of eight weekly draws, so that busy
   * weeks follow busy weeks. Its variance is taken out of the dispersion, and where that is too small, the level moves
   * less. @defaultValue the preset's; 0 where `series` are given
   */
  readonly memory?: number;
  /**
   * Standard deviations of logarithms, 0 to 1; their variance is taken out of the dispersion, too. @defaultValue the preset's;
   * 0 where `series` are given
   */
  readonly shocks?: {
    /** Of a whole store's day, such as weather. */
    readonly store?: number;
    /** Of a whole store's slow level, the mean of four weekly draws. */
    readonly storeWeek?: number;
    /** Of a product's slow level in the stores of one cluster, the mean of four weekly draws. */
    readonly local?: number;
  };
  /**
   * Share of the units that a promotion sells in addition that are missing a week later, 0 to 1. @defaultValue the preset's;
   * 0 where `series` are given
   */
  readonly dip?: number;
}

/** Type of an extra column, as Glue names it. */
export type ExtraType = 'string' | 'boolean' | 'int' | 'bigint' | 'double';

/** A column of one's own that is fixed for each store and product: in objects, columns, NDJSON and the emitted schema. */
export interface ExtraColumn {
  /** Name of the column: small letters, digits and underscores. */
  readonly name: string;
  /** Type of its values. */
  readonly type: ExtraType;
  /** Field of the store or product as given: `store.currency`, `store.location.region`, `product.facts.brand`; null where it is missing. */
  readonly from?: `store.${string}` | `product.${string}`;
  /** The same value in every event, in place of `from`. */
  readonly value?: string | number | boolean | null;
}

/** Fields that declared columns add to an event. */
export type ExtraOf<Columns extends readonly ExtraColumn[]> = string extends Columns[number]['name']
  ? unknown
  : {
      readonly [Column in Columns[number] as Column['name']]:
        | { string: string; boolean: boolean; int: number; bigint: number; double: number }[Column['type']]
        | null;
    };

/** How stores order: one of the built-in policies. */
export type PolicyName = 'sS' | 'sQ' | 'RS' | 'newsvendor';

/** The parts of a world that are one's own data; what is left out comes from the preset. */
export interface OwnWorld {
  /** Stores of one's own, or how many of the built-in ones. */
  readonly stores?: number | readonly StoreInput[];
  /** Products of one's own, or how many of the built-in ones. */
  readonly products?: number | readonly ProductInput[];
  /** When customers come, and promotions. */
  readonly calendar?: CalendarInput;
  /** What customers want. */
  readonly demand?: DemandInput;
  /** How stores order. */
  readonly policy?: PolicyName;
  /** What stock, orders, empty shelves and waste cost, for `world.score()`. @defaultValue `costDefaults` */
  readonly costs?: Partial<Costs>;
  /** Columns of one's own, fixed for each store and product. */
  readonly extra?: readonly ExtraColumn[];
}

/**
 * A retailer as one JSON document: stores, products, calendar and demand. Spread it into `createWorld`, or hand the
 * file to a command as `--world FILE`. The version of the format is 1.
 */
export interface WorldFile extends OwnWorld {
  /** Address of the JSON Schema, for editors; `readWorldFile` leaves it out. */
  readonly $schema?: string;
  /** Version of the format. */
  readonly worldFile: 1;
}
