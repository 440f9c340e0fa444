/**
 * How the records of one source become inventory events: a document of JSON, without code. Its JSON Schema is emitted
 * from this type.
 */
export interface MappingDocument {
  /** Where an editor finds the JSON Schema; not read. */
  readonly $schema?: string;
  /** Version of the language: 1. */
  readonly version: 1;
  /**
   * Name of the mapping; results and messages say it.
   * @minLength 1
   * @maxLength 100
   */
  readonly name: string;
  /** What it reads, and where the names of its columns come from. */
  readonly description?: string;
  /** `events`: each row is something that happened; `snapshot`: each row is a count of one shelf. Left out: events. */
  readonly mode?: 'events' | 'snapshot';
  /**
   * Encoding of a text file, such as `windows-1252`. Left out: found by the file itself.
   * @minLength 1
   */
  readonly encoding?: string;
  /**
   * What separates the fields of a CSV file. Left out: found by the file itself.
   * @minLength 1
   * @maxLength 1
   */
  readonly delimiter?: string;
  /**
   * Lines of a text file before its header. Left out: none.
   * @asType integer
   * @minimum 0
   * @maximum 1000
   */
  readonly skip?: number;
  /** Character before the fraction of a number in text. Left out: a point. */
  readonly decimal?: '.' | ',';
  /** Character between the digits of a number in text, as in 1,204. Left out: none. */
  readonly group?: '.' | ',' | ' ' | "'";
  /** Clock of times without an offset, for all fields: `Europe/Vienna`, `UTC` or `+01:00`. Left out: such a time is refused. */
  readonly zone?: string;
  /** Where the rows stand within a record of JSON: `$.levels[*]`. Left out: the record is the row. */
  readonly records?: string;
  /** Columns that are found by letters and digits alone, whatever the case, blanks and punctuation; `*` means all. Left out: none. */
  readonly looseNames?: readonly string[];
  /** Columns that say that a file has another form than this document is for. Left out: none. */
  readonly absentColumns?: readonly string[];
  /** Makes a row of each of several columns. */
  readonly unpivot?: Unpivot;
  /** Skips a row whose column, or source of a field, has one of these texts: `x*` is every text that begins with x, an empty text is a blank. */
  readonly skipWhen?: Readonly<Record<string, readonly string[]>>;
  /** Skips a row whose column, or source of a field, has none of these texts. */
  readonly keepWhen?: Readonly<Record<string, readonly string[]>>;
  /** Where each field of the event comes from. */
  readonly fields: MappingFields;
  /**
   * What makes an event the same event when its file is sent twice: fields of the event, `column:NAME` for a column of the source, `record` for its line. Left out: store, product, time and count for a snapshot, else all contents.
   * @minItems 1
   */
  readonly key?: readonly string[];
}

/** Columns that become rows. */
export interface Unpivot {
  /** Name under which a row has what stands for `*` in the column's name. */
  readonly name: string;
  /** Name under which a row has the value, to the columns that hold it: `d_*`, or `Current Quantity *`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that are none of them, for a pattern that takes everything. */
  readonly except?: readonly string[];
}

/** The event's fields that a mapping may fill. What is left out is unknown, 0 or ZZ; `is_low_stock` follows from the stock. */
export interface MappingFields {
  /** Unique id. Left out: made of the key, or of all contents. */
  readonly event_id?: FieldSource;
  /** What happened. Left out: stock_count for a snapshot. */
  readonly event_type?: FieldSource;
  /** When it happened. */
  readonly event_time?: FieldSource;
  /** Order within the store. Left out: the time in milliseconds. */
  readonly sequence?: FieldSource;
  /** Store that reports. */
  readonly store_id?: FieldSource;
  /** Name of the store. Left out: its id. */
  readonly store_name?: FieldSource;
  /** City of the store. */
  readonly city?: FieldSource;
  /** State, province or county of the store. */
  readonly region?: FieldSource;
  /** Country of the store, ISO 3166-1 alpha-2. */
  readonly country?: FieldSource;
  /** Degrees north, WGS 84. */
  readonly latitude?: FieldSource;
  /** Degrees east, WGS 84. */
  readonly longitude?: FieldSource;
  /** SKU. */
  readonly product_id?: FieldSource;
  /** Name of the product. */
  readonly product_name?: FieldSource;
  /** Department that the product belongs to. */
  readonly category?: FieldSource;
  /** Selling price of one unit. */
  readonly unit_price?: FieldSource;
  /** Signed change of the stock. Left out: the count less the last known stock for a snapshot, else 0. */
  readonly quantity_delta?: FieldSource;
  /** Stock on hand after the event. */
  readonly current_stock?: FieldSource;
  /** Reorder point. */
  readonly min_threshold?: FieldSource;
  /** Units ordered and not yet delivered. */
  readonly on_order?: FieldSource;
}

/**
 * Where one field comes from, in the order in which it is worked out: `const`, else `from`, `join` or `sum`; `carry`;
 * `extract`; `default` for what is blank; then `enum`, `per`, `times`, `negate`,
 * `decimals`, `unsigned`, or the time's `format` and `zone`.
 *
 * A column is named as the header has it. `$.a.b` and `$.list[0]['x y']` are places in the whole record of JSON, `@.a.b`
 * places in the row that `records` found.
 */
export interface FieldSource {
  /** The column, or several of which the first counts that is there and not blank. */
  readonly from?: string | readonly string[];
  /** Always this value. */
  readonly const?: string | number | boolean;
  /** The columns' texts one after another, where `from` gives nothing; blank ones are left out. */
  readonly join?: readonly string[];
  /** What is between the texts of `join`. Left out: a blank. */
  readonly with?: string;
  /** The sum of the columns' numbers; a blank counts as 0 unless all are blank. */
  readonly sum?: readonly string[];
  /** A blank continues the row above. */
  readonly carry?: boolean;
  /** What part of the text counts, by one or several named patterns, one after another. */
  readonly extract?: ExtractName | readonly ExtractName[];
  /** The value of what is absent or blank. */
  readonly default?: string | number | boolean;
  /** The text's meaning; a text that is not listed is refused. `x*` is every text that begins with x, `*` every other. */
  readonly enum?: Readonly<Record<string, string | number>>;
  /** Units in one of each kind of pack, by the text of the `unit` column. */
  readonly per?: Readonly<Record<string, number>>;
  /** Column that names the kind of pack. */
  readonly unit?: string;
  /** Factor of the number. */
  readonly times?: number;
  /** Of quantity_delta: the numbers have no sign; a sale or a shrinkage lowers the stock, everything else raises it. */
  readonly unsigned?: boolean;
  /** Turns the sign of the number. */
  readonly negate?: boolean;
  /**
   * Of unit_price: digits behind the point that a price is rounded to, a half away from zero. Left out: a price of more than two is refused.
   * @asType integer
   * @minimum 0
   * @maximum 2
   */
  readonly decimals?: number;
  /** Format of a time in text, or several: `dd.MM.yyyy HH:mm`. Left out: ISO 8601, or seconds or milliseconds since 1970. */
  readonly format?: string | readonly string[];
  /** Clock of a time without an offset. Left out: the document's. */
  readonly zone?: string;
  /** The same, by a column of the row. */
  readonly zoneBy?: ZoneSource;
  /** Date of day 1, for a source that numbers its days. */
  readonly dayOne?: string;
}

/** Clock by a column. */
export interface ZoneSource {
  /** The column. */
  readonly from: string;
  /** Its texts' zones. */
  readonly enum: Readonly<Record<string, string>>;
}

/**
 * Named patterns: `code-in-brackets` is CODE of `[CODE] name`, `name-after-brackets` the rest, and both
 * a text without brackets as it is; `last-of-path` and
 * `first-of-path` are C and A of `A > B > C`; `first-of-list` is what is before the first comma; `amount` is
 * the number of `$6.99` or `6,99 EUR`, and -6.99 of `(6.99)` or `6.99-`.
 */
export type ExtractName =
  'amount' | 'code-in-brackets' | 'first-of-list' | 'first-of-path' | 'last-of-path' | 'name-after-brackets';

/** Name of a field that a mapping may fill. */
export type MappedField = keyof MappingFields;

/** Bounds of the interface {@link MappingDocument}; they are ours, far above what a shop's export needs. */
export interface MappingLimits {
  /** Characters of a document's text: 262,144. */
  readonly documentChars: number;
  /** Objects and lists within each other: 16. */
  readonly depth: number;
  /** Entries of one list or table of a document: 10,000. */
  readonly entries: number;
  /** Characters of one name of a column, path, or text to compare: 1,000. */
  readonly nameChars: number;
  /** Steps of one path: 16. */
  readonly pathSteps: number;
  /** Rows that one record may become: 10,000, five times the days of the longest file of daily columns that is read. */
  readonly rowsPerRecord: number;
  /** Problems that are reported together: 50. */
  readonly problems: number;
}

/** Bounds of every mapping. */
export const mappingLimits: MappingLimits = Object.freeze({
  documentChars: 262_144,
  depth: 16,
  entries: 10_000,
  nameChars: 1_000,
  pathSteps: 16,
  rowsPerRecord: 10_000,
  problems: 50,
});
