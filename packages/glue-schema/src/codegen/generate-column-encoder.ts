import type { Column, TableSchema } from '../table-schema.js';
import { toGlueColumns } from '../to-glue-columns.js';
import {
  type ColumnEncoderOptions,
  entriesOf,
  keyOf,
  type Piece,
  piecesOf,
  sizerOf,
  writerOf,
} from './column-pieces.js';
import { rowCode } from './column-row.js';
import { newCode, wireType, writeColumn } from './generate-encoder.js';
import type { Use } from './rule-text.js';
import { camelCase, docText, exampleText, importText, key, literal } from './source-text.js';

/**
 * The text of a TypeScript module with `<name>ColumnEncoder`: it takes dictionaries and returns what writes rows of
 * columns as lines of JSON, each byte-equal to what the record encoder writes of the same event.
 *
 * @example
 * ```ts
 * import type { TableSchema } from '@store/glue-schema';
 * import { generateColumnEncoder } from '@store/glue-schema/compiler';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * const text = generateColumnEncoder(order, { typeImport: { name: 'Order', from: './order.js' } });
 * console.log(text.includes('export function orderColumnEncoder')); // true
 * ```
 */
export function generateColumnEncoder(schema: TableSchema, options: ColumnEncoderOptions): string {
  toGlueColumns(schema); // throws where the schema itself is unfit
  const { name, from } = options.typeImport;
  const imports = new Set(['viewOf', 'type ColumnEncoder', 'type RowBuffer']);
  const use: Use = (helper) => {
    imports.add(helper);
    return helper;
  };
  const pieces = piecesOf(schema, options);
  const dictionaries = pieces.filter(({ form }) => form === 'dictionary');
  if (dictionaries.length > 0) for (const helper of ['fragmentsOf', 'type Positions']) use(helper);
  const writers = pieces.map((piece, n) =>
    piece.form === 'dictionary' ? dictionaryWriter(piece, n === 0, use) : '',
  );
  const row = rowCode(pieces, use);
  const tables = row.tables.size === 0 ? '' : `, ...${use('digitTables')}()`;
  const type = `${name}Columns`;
  const encoder = `${camelCase(name)}ColumnEncoder`;
  const example = exampleText(
    options.packageName,
    [encoder, `type ${type}`, `type ${name}Dictionaries`],
    [
      `function toLines(entries: ${name}Dictionaries, columns: ${type}, rows: number): Uint8Array {`,
      `  const encoder = ${encoder}(entries);`,
      '  const buffer = { bytes: new Uint8Array(rows * encoder.rowBytes), length: 0 };',
      '  encoder.encode(columns, 0, rows, buffer);',
      '  return buffer.bytes.subarray(0, buffer.length);',
      '}',
    ],
  );
  return `// Generated from ${name} by @store/glue-schema: change the type, not this file.
${importText(imports)}
import type { ${name} } from ${literal(from)};

/** What does not change from row to row: the entries of each dictionary. */
export interface ${name}Dictionaries {
${dictionaries.map(dictionaryType(name)).join('\n')}
}

/** Columns of {@link ${name}}: entry n of each is row n. */
export interface ${type} {
${pieces
  .filter(({ less }) => less === undefined)
  .map(columnType)
  .join('\n')}
}
${writers.join('')}
function prepare(dictionaries: ${name}Dictionaries) {
${row.setUp.map((line) => `  ${line}`).join('\n')}
  const rowBytes = ${[String(row.bytes), ...dictionaries.map((piece) => `${entriesOf(piece)}.copied`)].join(' + ')};
  return { ${[...row.kept, 'rowBytes'].join(', ')}${tables} };
}

// All that is read for a row is a variable of this function: what is in a closure is read again each time.
function encodeRows(
  prepared: ReturnType<typeof prepare>,
  columns: ${type},
  from: number,
  to: number,
  output: RowBuffer,
): number {
  const { ${['rowBytes', ...row.tables, ...row.kept].join(', ')} } = prepared;
${row.open.map((line) => `  ${line}`).join('\n')}
  const buffer = output.bytes;
  const view = viewOf(buffer);
  const { ending } = output;
  const last = buffer.length - rowBytes - (ending?.bytes ?? 0);
  let at = output.length;
  let n = from;
  for (; n < to && at <= last; n++) {
${row.body.map((line) => `    ${line}`).join('\n')}
    if (ending !== undefined) at = ending.write(view, at - 2, n);
  }
  output.length = at;
  return n;
}

/**
 * Returns what writes rows of {@link ${type}} as lines of JSON: the bytes of \`${camelCase(name)}Encoder\` for the same
 * events. Entries of the dictionaries are written once, here.${example}
 */
export function ${encoder}(dictionaries: ${name}Dictionaries): ColumnEncoder<${type}> {
  const prepared = prepare(dictionaries);
  return {
    rowBytes: prepared.rowBytes,
    encode: (columns, from, to, output) => encodeRows(prepared, columns, from, to, output),
  };
}
`;
}

function dictionaryWriter(piece: Piece, first: boolean, use: Use): string {
  const code = newCode(use);
  const before = (n: number, column: Column): string =>
    first && n === 0 && column.optional !== true ? '{' : ',';
  const body = piece.columns.flatMap((column, n) => writeColumn(code, column, 'row', before(n, column)));
  const wire = wireType(piece.columns);
  return `
const ${sizerOf(piece)} = (row: ${wire}): number =>
  ${[String(code.fixedBytes), ...code.sizes].join(' + ')};

function ${writerOf(piece)}(row: ${wire}, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
${body.map((line) => `  ${line}`).join('\n')}
  return at;
}
`;
}

const dictionaryType =
  (name: string) =>
  (piece: Piece): string => {
    const keys = piece.columns.map((column) => literal(keyOf(column))).join(' | ');
    const note = piece.serial === undefined ? '' : ': what is before its number';
    return `${docText([`Entries with ${piece.columns.map(keyOf).join(', ')}${note}.`])}
  readonly ${key(piece.name)}: readonly Pick<${name}, ${keys}>[];`;
  };

const types: Readonly<Record<Piece['form'], readonly [type: string, unit: string]>> = {
  dictionary: ['Positions', 'Position in the dictionary of the same name.'],
  int: ['Int32Array', 'Whole numbers.'],
  long: ['Float64Array', 'Whole numbers.'],
  hundredths: ['Int32Array | Float64Array', 'Hundredths.'],
  number: ['Float64Array', 'Numbers.'],
  instant: ['Float64Array', 'Milliseconds since 1970.'],
  flag: ['Uint8Array', '0 is false, 1 is true.'],
};

/** A column of numbers, with what the type says of its property and the unit that its numbers have. */
function columnType(piece: Piece): string {
  const [type, unit] = types[piece.form];
  const [first, second] = piece.columns;
  const meaning = second === undefined ? first?.comment : undefined;
  return `${docText([meaning, unit])}
  readonly ${key(piece.name)}: ${type};`;
}
