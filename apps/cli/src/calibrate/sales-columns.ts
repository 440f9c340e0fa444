import { inertText, nearestNames } from '@store/foundation';
import { salesColumns } from '@store/generator/calibrate';
import { createInstantReader, suggestMapping, type MappingDocument } from '@store/intake';
import { CliError, didYouMean } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';

/** What the command line says of the columns of a sales file. */
export interface ColumnFlags {
  /** The file's column for each of ours that was named; empty for one that is not read. */
  readonly column?: ReadonlyMap<string, string>;
  /** The store of a file that names none. */
  readonly store?: string;
  /** How the file writes days; ISO 8601 where it is missing. */
  readonly dateFormat?: string;
}

/** Which columns of a file are read, and as what. */
export interface SalesHeader {
  /** Our name of each column of the file; undefined for one that is not read. */
  readonly fields: readonly (string | undefined)[];
  /** Columns that are not read, as the file names them. */
  readonly unread: readonly string[];
}

/** Columns of a file that a message lists. */
const MOST_LISTED = 20;
const required = salesColumns.slice(0, 4);
const optional = salesColumns.slice(4);

/** Checks what can be checked before a file is read. @throws CliError `USAGE` */
export function checkColumnFlags({ column = new Map(), dateFormat }: ColumnFlags): void {
  for (const name of column.keys())
    if (!salesColumns.includes(name))
      throw new CliError(
        'USAGE',
        `There is no column ${inertText(name)} to name; known are ${salesColumns.join(', ')}.${didYouMean(name, salesColumns)}`,
      );
  dayReader(dateFormat);
}

/**
 * Tells which column of a file is which of ours: the one that was named for it, or the one of its name, whatever its case
 * and with blanks or hyphens for underscores.
 *
 * @param wrong - makes the error: what the header does
 * @throws CliError `USAGE` where a column that is required is missing, or one is nearly of our name
 */
export function readColumns(
  header: readonly string[],
  { column: named = new Map<string, string>(), store }: ColumnFlags,
  wrong: (problem: string, fix?: string) => CliError,
): SalesHeader {
  const names = header.map((name) => name.trim());
  const taken = new Map<number, string>();
  for (const [field, name] of named) {
    if (name === '') continue;
    const at = names.indexOf(name);
    if (at === -1)
      throw wrong(`does not name the column '${inertText(name)}'; it names ${listedColumns(names)}.`);
    if (taken.has(at)) throw wrong(`has the column '${inertText(name)}' once, and it was named for two.`);
    taken.set(at, field);
  }
  for (const field of salesColumns) {
    if (named.has(field)) continue;
    const places = names.flatMap((name, at) => (ownName(name) === field && !taken.has(at) ? [at] : []));
    if (places.length > 1) throw wrong(`names the column '${field}' twice. Leave one out.`);
    for (const at of places) taken.set(at, field);
  }
  const found = new Set(taken.values());
  if (store !== undefined && found.has('store_id'))
    throw wrong("names the column 'store_id'.", 'Leave --store out, or add --column store_id=.');
  const missing = required.filter(
    (field) => !found.has(field) && (field !== 'store_id' || store === undefined),
  );
  if (missing.length > 0)
    throw wrong(
      `does not name ${missing.map((field) => `'${field}'`).join(', ')}; it names ${listedColumns(names)}.`,
      adviceFor(missing, names, taken),
    );
  for (const [at, name] of names.entries()) {
    if (taken.has(at)) continue;
    const [near] = nearestNames(
      name,
      optional.filter((field) => !found.has(field) && !named.has(field)),
    );
    if (near !== undefined)
      throw wrong(
        `names a column '${inertText(name)}', which may be ${near}.`,
        `Say --column ${shellWord(`${near}=${name}`)} to read it, or --column ${near}= to leave it out.`,
      );
  }
  return {
    fields: names.map((_, at) => taken.get(at)),
    unread: names.filter((_, at) => !taken.has(at)),
  };
}

const ownName = (name: string): string => name.toLowerCase().replaceAll(/[\s-]+/g, '_');

/** Columns as a message names them; of many, the first. */
export const listedColumns = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_LISTED).map((name) => `'${inertText(name)}'`);
  return names.length > MOST_LISTED ? `${shown.join(', ')} and others` : shown.join(', ');
};

/** What to say for columns that are missing; a column whose name is a word for one of them is proposed. */
function adviceFor(
  missing: readonly string[],
  names: readonly string[],
  taken: ReadonlyMap<number, string>,
): string {
  const free = names.filter((name, at) => name !== '' && !taken.has(at));
  const guesses = guessedColumns([...new Set(free)]);
  const options = missing.map((field) => {
    const guess = guesses.get(field);
    if (guess !== undefined) return `--column ${shellWord(`${field}=${guess}`)}`;
    return field === 'store_id' ? '--store ID where all is of one store' : `--column ${field}=HEADER`;
  });
  return `Say which they are: ${options.join(', ')}.`;
}

/** Beside receipts, a column of a mere quantity is what was sold. */
const receipt = 'receipt';

function guessedColumns(columns: readonly string[]): ReadonlyMap<string, string> {
  const fieldsOf = (names: readonly string[]): MappingDocument['fields'] =>
    suggestMapping({ name: 'sales', columns: [...new Set([...names, receipt])], rows: [] }).document.fields;
  const { event_time, store_id, product_id, quantity_delta, current_stock } = fieldsOf(columns);
  // Stock on hand is not what was sold, and hides a quantity.
  const others = columns.filter((name) => name !== current_stock?.from);
  const guesses = new Map<string, string>();
  for (const [field, source] of [
    ['store_id', store_id],
    ['product_id', product_id],
    ['date', event_time],
    ['units_sold', quantity_delta ?? fieldsOf(others).quantity_delta],
  ] as const) {
    const from = source?.from;
    if (typeof from === 'string' && columns.includes(from)) guesses.set(field, from);
  }
  return guesses;
}

/** Midnight behind a day, as many programs export it; with the zone UTC where a column must have one. */
const midnight = /^(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+]00(?::?00)?)?$/;

/**
 * Returns what reads the day that a text means, `2026-01-05`: one in the format, or a midnight. Any other text stays as it is,
 * for the fit to judge.
 *
 * @throws CliError `USAGE` for a format that cannot be read
 */
export function dayReader(format: string | undefined): (text: string) => string {
  const instant = format === undefined ? undefined : readerOf(format);
  const read = (text: string): string => {
    const at = instant?.(text);
    return typeof at === 'number'
      ? new Date(at).toISOString().slice(0, 10)
      : (midnight.exec(text)?.[1] ?? text);
  };
  // A history has few days and many rows.
  const days = new Map<string, string>();
  return (text) => {
    let day = days.get(text);
    if (day === undefined) days.set(text, (day = read(text)));
    return day;
  };
}

/** An offset behind a time, as a format and as a text. */
const offsetOfFormat = /(?:X+|x+|Z+)$/;
const offsetOfText = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;

/** A reader of local times: the day is the one that is written, whatever the offset behind it. */
function readerOf(format: string): (text: string) => number | string {
  const local = format.replace(offsetOfFormat, '');
  if (/[XxZ]/.test(local.replaceAll(/'(?:[^']|'')*'/g, '')))
    throw new CliError('USAGE', `Expected an offset at the end of --date-format, got ${inertText(format)}.`);
  try {
    const read = createInstantReader({ format, zone: 'UTC' });
    if (local === format) return read;
    const readLocal = createInstantReader({ format: local, zone: 'UTC' });
    return (text) => readLocal(text.trim().replace(offsetOfText, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError('USAGE', message, { cause: error });
  }
}
