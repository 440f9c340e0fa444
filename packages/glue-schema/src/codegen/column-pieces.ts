import {
  checkOptions,
  listOf,
  mapOf,
  nested,
  required,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import { GlueSchemaError, invalidOption } from '../errors.js';
import type { Column, TableSchema } from '../table-schema.js';
import { codegenRules, type CodegenOptions } from './generate-validator.js';
import { camelCase } from './source-text.js';

/** Settings of {@link generateColumnEncoder}. */
export interface ColumnEncoderOptions extends CodegenOptions {
  /**
   * Names for neighbouring columns that one position stands for: `{ store: ['store_id', 'store_name'] }`. Each other
   * column of text, and each that may be missing, is a dictionary of its own name.
   */
  readonly dictionaries?: Readonly<Record<string, readonly string[]>>;
  /**
   * Text columns whose text ends in the number of a `bigint` column, with zeros in front to this many digits,
   * 8 to 16: the dictionary has what is before the number.
   */
  readonly serials?: Readonly<Record<string, Serial>>;
  /** Booleans that are true where one `int` column is less than another, both to the left of it. */
  readonly less?: Readonly<Record<string, readonly [than: string, limit: string]>>;
}

interface Serial {
  readonly of: string;
  readonly digits: number;
}

const serialRules: OptionRules<Serial> = { of: required(text()), digits: required(wholeNumber(8, 16)) };

const columnEncoderRules: OptionRules<ColumnEncoderOptions> = {
  ...codegenRules,
  dictionaries: mapOf(listOf(text())),
  serials: mapOf(nested(serialRules)),
  less: mapOf(listOf(text())),
};

/** What one piece of a row is made of: neighbouring columns of one dictionary, or one column of numbers. */
export interface Piece {
  /** The name of its column of positions or numbers. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly form: 'dictionary' | 'int' | 'long' | 'hundredths' | 'number' | 'instant' | 'flag';
  /** What names of the emitted code begin with. */
  readonly variable: string;
  /** The number behind the text. */
  readonly serial?: { readonly of: Piece; readonly digits: number };
  /** What a boolean compares. */
  readonly less?: readonly [Piece, Piece];
}

/** Cuts the columns of a schema into pieces, in their order. */
export function piecesOf(schema: TableSchema, options: ColumnEncoderOptions): Piece[] {
  checkOptions(options, columnEncoderRules, invalidOption);
  const { dictionaries = {} } = options;
  // Maps, since a column may have the name of what every object inherits.
  const serials = new Map(Object.entries(options.serials ?? {}));
  const less = new Map(Object.entries(options.less ?? {}));
  const groupOf = new Map(
    Object.entries(dictionaries).flatMap(([group, names]) => names.map((name) => [name, group] as const)),
  );
  const pieces: Piece[] = [];
  for (const column of schema.columns) {
    const group = groupOf.get(column.name);
    const before = pieces.at(-1);
    if (group !== undefined && before?.name === group) {
      pieces[pieces.length - 1] = { ...before, columns: [...before.columns, column] };
      continue;
    }
    const name = group ?? column.name;
    if (pieces.some((piece) => piece.name === name)) {
      throw unfit(`Columns of the dictionary ${name} do not stand side by side.`, name);
    }
    const form = group === undefined ? formOf(column) : 'dictionary';
    pieces.push({ name, columns: [column], form, variable: variableFor(name, pieces) });
  }
  const named = (name: string, form: Piece['form'], among = pieces): Piece => {
    const found = among.find((piece) => piece.name === name && piece.form === form);
    if (found === undefined) throw unfit(`Expected ${name} to be a column of the form ${form}.`, name);
    return found;
  };
  for (const name of serials.keys()) named(name, 'dictionary');
  for (const name of less.keys()) named(name, 'flag');
  return pieces.map((piece, n) => {
    const serial = serials.get(piece.name);
    const compared = less.get(piece.name);
    if (serial !== undefined) {
      const { of, digits } = serial;
      return { ...piece, serial: { of: named(of, 'long'), digits } };
    }
    if (compared === undefined) return piece;
    const left = pieces.slice(0, n);
    return { ...piece, less: [named(compared[0], 'int', left), named(compared[1], 'int', left)] };
  });
}

const unfit = (message: string, column: string): GlueSchemaError =>
  new GlueSchemaError('INVALID_OPTION', message, { column });

function formOf({ type, optional, nullable }: Column): Piece['form'] {
  if (optional === true || nullable === true) return 'dictionary';
  switch (type.kind) {
    case 'boolean':
      return 'flag';
    case 'tinyint':
    case 'smallint':
    case 'int':
      return 'int';
    case 'bigint':
      return type.wire === 'number' ? 'long' : 'dictionary';
    case 'decimal':
      return type.scale === 2 ? 'hundredths' : type.precision <= 15 ? 'number' : 'dictionary';
    case 'float':
    case 'double':
      return 'number';
    case 'timestamp':
      return type.wire === 'iso' ? 'instant' : 'long';
    default:
      return 'dictionary';
  }
}

/** Key of a column in JSON. */
export const keyOf = (column: Column): string => column.jsonKey ?? column.name;

/**
 * What names in the emitted code begin with: ASCII, and no two columns' the same. Each has an ending behind it, and no
 * ending is the end of another one.
 */
function variableFor(name: string, taken: readonly Piece[]): string {
  const words = name.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
  const base = camelCase(words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''));
  const plain = /^[A-Za-z]/u.test(base) ? base : `column${base}`;
  return taken.some(({ variable }) => variable === plain) ? `${plain}${taken.length}` : plain;
}

/** Names in the emitted code, for what belongs to one piece. */
export const valuesOf = ({ variable }: Piece): string => `${variable}Values`;
export const valueOf = ({ variable }: Piece): string => `${variable}Value`;
export const entriesOf = ({ variable }: Piece): string => `${variable}Entries`;
export const writerOf = ({ variable }: Piece): string => `${variable}Bytes`;
export const sizerOf = ({ variable }: Piece): string => `${variable}Size`;
