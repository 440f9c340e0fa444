import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { toGlueColumns } from '../to-glue-columns.js';
import { putConstant } from './constant-bytes.js';
import { checkCodegenOptions, type CodegenOptions } from './generate-validator.js';
import type { Use } from './rule-text.js';
import { access, camelCase, importText, isInherited, key, literal } from './source-text.js';

/**
 * The text of a TypeScript module with `<name>Encoder`: it takes a value of the type itself, with dates, bigints and
 * what has a `toJSON`, and writes the bytes of `JSON.stringify` with the properties in column order, a bigint as text.
 *
 * @example
 * ```ts
 * import type { TableSchema } from '@store/glue-schema';
 * import { generateEncoder } from '@store/glue-schema/compiler';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * const text = generateEncoder(order, { typeImport: { name: 'Order', from: './order.js' } });
 * console.log(text.includes('export const orderEncoder')); // true
 * ```
 */
export function generateEncoder(schema: TableSchema, options: CodegenOptions): string {
  checkCodegenOptions(options);
  toGlueColumns(schema); // throws where the schema itself is unfit
  const { name, from } = options.typeImport;
  const imports = new Set(['encodeTight', 'viewOf', 'type RecordEncoder']);
  const use = (helper: string): string => {
    imports.add(helper);
    return helper;
  };
  const checks = [`${use('hasToJson')}(event)`];
  const lengths: string[] = [];
  const code: EncoderCode = { ...newCode(use), checks, lengths };
  const body = writeObject(code, schema.columns, 'event', '');
  // A struct that is measured as a whole has no use for what would have measured its fields.
  const sizes = code.sizes.join(' + ');
  for (const helper of imports)
    if (helper.startsWith('sizeOf') && !sizes.includes(helper)) imports.delete(helper);
  return `// Generated from ${name} by @store/glue-schema: change the type, not this file.
${importText(imports)}
import type { ${name} } from ${literal(from)};

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire ${wireType(schema.columns)}

const members = ${membersText(schema.columns)};

// NaN where a value says itself what its JSON is, or is not what its column says.
function mostBytesOf(event: Wire): number {
  if (${checks.join(' || ')}) return NaN;
  return ${[String(code.fixedBytes), ...sixfold(lengths), ...code.sizes].join(' + ')};
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
  const view = viewOf(buffer);
  let at = start;
${body.map((line) => `  ${line}`).join('\n')}
  return at;
}

/** Writes {@link ${name}} as JSON bytes, in column order. */
export const ${camelCase(name)}Encoder: RecordEncoder<${name}> = {
  encodeInto(event, buffer, offset) {
    // The encoder looks only at the columns, and takes each for what it finds.
    const wire = event as unknown as Wire;
    const most = mostBytesOf(wire);
    return offset + most <= buffer.length
      ? write(wire, buffer, offset)
      : encodeTight(write, wire, most, buffer, offset, members);
  },
};
`;
}

/** The longest that text of these lengths may become, at six bytes a unit. */
const sixfold = (lengths: readonly string[]): readonly string[] =>
  lengths.length === 0 ? [] : [`6 * (${lengths.join(' + ')})`];

/** The keys of a record as source text, those of each record inside it under its own key. */
function membersText(columns: readonly Column[]): string {
  const members = columns.map(({ name, jsonKey, type }) => {
    const text = jsonKey ?? name;
    // What is written as a whole keeps all its keys.
    const inner = type.kind === 'struct' && !isInherited(text) ? membersText(type.fields) : 'null';
    return `${key(text)}: ${inner}`;
  });
  return `{ ${members.join(', ')} }`;
}

/** The type of what is read of an event on its way to JSON. */
export function wireType(columns: readonly Column[]): string {
  const lines = columns.map((column) => {
    const inner = column.type.kind === 'struct' ? wireType(column.type.fields) : 'unknown';
    const type = column.type.kind === 'struct' && column.nullable ? `${inner} | null` : inner;
    const optional = column.optional && inner !== 'unknown' ? ' | undefined' : '';
    return `readonly ${key(column.jsonKey ?? column.name)}${column.optional ? '?' : ''}: ${type}${optional};`;
  });
  return `{ ${lines.join(' ')} }`;
}

/** The parts of one encoder, collected while its columns are walked. */
export interface EncoderCode {
  readonly use: Use;
  /** Terms of the longest size that depend on the event. */
  readonly sizes: string[];
  /** Conditions under which an object inside the event says itself what its JSON is, outer ones first; absent where none may. */
  readonly checks?: string[];
  /**
   * Lengths of text that is always there: one test for all and whole numbers, in two thirds of the time of a size for
   * each (bench/encoder.bench.ts); absent where each is to have its size.
   */
  lengths?: string[] | undefined;
  /** The part of the longest size that does not depend on the event. */
  fixedBytes: number;
  objects: number;
}

/** Code with nothing in it. */
export const newCode = (use: Use): EncoderCode => ({ use, sizes: [], fixedBytes: 0, objects: 0 });

/**
 * Statements that write one object. Every key starts with a comma, and the first one is made the brace at the
 * end, whichever key it is: optional columns need no bookkeeping.
 *
 * @param before text that is before the object: its own key
 */
function writeObject(code: EncoderCode, columns: readonly Column[], owner: string, before: string): string[] {
  const [first, ...others] = columns;
  code.fixedBytes += 2;
  const close = 'buffer[at++] = 125;';
  if (first !== undefined && !first.optional) {
    return [
      ...writeColumn(code, first, owner, `${before}{`),
      ...others.flatMap((column) => writeColumn(code, column, owner, ',')),
      close,
    ];
  }
  const mark = `start${(code.objects += 1)}`;
  return [
    ...(before === '' ? [] : constant(code, before)),
    `const ${mark} = at;`,
    ...columns.flatMap((column) => writeColumn(code, column, owner, ',')),
    ...(columns.every((column) => column.optional) ? [`if (at === ${mark}) at += 1;`] : []),
    `buffer[${mark}] = 123;`,
    close,
  ];
}

function constant(code: EncoderCode, text: string): string[] {
  code.fixedBytes += new TextEncoder().encode(text).length;
  return putConstant(text);
}

/** Statements that write one column: its key, after `before`, and its value. */
export function writeColumn(code: EncoderCode, column: Column, owner: string, before: string): string[] {
  const name = column.jsonKey ?? column.name;
  const value = access(owner, name);
  const lines = writeValue(code, column, value, `${before}${JSON.stringify(name)}:`);
  return column.optional ? [`if (${value} !== undefined) {`, ...lines, '}'] : lines;
}

function writeValue(code: EncoderCode, column: Column, value: string, before: string): string[] {
  const { type } = column;
  const missing = [
    ...(column.optional ? [`${value} === undefined`] : []),
    ...(column.nullable ? [`${value} === null`] : []),
  ].join(' || ');
  // What is read as an own property only cannot be looked into, so it is written as a whole.
  if (type.kind !== 'struct' || isInherited(column.jsonKey ?? column.name)) {
    const form = formOf(type);
    if (!isMeasuredTogether(code, column, form, value)) {
      const size = `${code.use(`sizeOf${form.size}`)}(${value})`;
      code.sizes.push(missing === '' ? size : `(${missing} ? 0 : ${size})`);
    }
    code.fixedBytes += 25;
    const view = form.put === 'putNumber' || form.put === 'putJson' ? '' : ', view';
    return [...constant(code, before), `at = ${code.use(form.put)}(${value}, buffer, at${view});`];
  }
  const sizes = code.sizes.length;
  const checks = (code.checks?.push(`${code.use('hasToJson')}(${value})`) ?? 0) - 1;
  const { lengths } = code;
  // Below an object that may be missing no test for all can look.
  if (missing !== '') code.lengths = undefined;
  const lines = column.nullable
    ? [
        ...constant(code, before),
        `if (${value} === null) {`,
        `at = ${code.use('putJson')}(null, buffer, at);`,
        '} else {',
        ...writeObject(code, type.fields, value, ''),
        '}',
      ]
    : writeObject(code, type.fields, value, before);
  code.lengths = lengths;
  if (missing !== '') {
    // There may be no object to look into.
    const size = code.sizes.splice(sizes).join(' + ');
    code.sizes.push(`(${missing} ? 0 : ${size})`);
    const check = code.checks?.splice(checks).join(' || ');
    code.checks?.push(`(!(${missing}) && (${check}))`);
  }
  return lines;
}

/** Adds a plain value that is always there to what is tested and measured at the same time; false where it is not so. */
function isMeasuredTogether(code: EncoderCode, column: Column, { size }: Form, value: string): boolean {
  const isPlain = size === 'Text' || size === 'Number';
  if (code.checks === undefined || code.lengths === undefined || !isPlain) return false;
  if (column.optional || column.nullable || isInherited(column.jsonKey ?? column.name)) return false;
  const type = size === 'Text' ? 'string' : column.type.kind === 'boolean' ? 'boolean' : 'number';
  code.checks.push(`typeof ${value} !== '${type}'`);
  if (size === 'Text') code.lengths.push(`${value}.length`);
  return true;
}

interface Form {
  readonly put: 'putString' | 'putNumber' | 'putScalar' | 'putBoolean' | 'putJson';
  readonly size: 'Text' | 'Number' | 'Scalar' | 'Json';
}

function formOf(type: ColumnType): Form {
  switch (type.kind) {
    case 'boolean':
      return { put: 'putBoolean', size: 'Number' };
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'float':
    case 'double':
      return { put: 'putNumber', size: 'Number' };
    case 'bigint':
    case 'decimal':
    case 'timestamp':
      return { put: 'putScalar', size: 'Scalar' };
    case 'array':
    case 'map':
    case 'struct':
      return { put: 'putJson', size: 'Json' };
    case 'string':
      return type.json ? { put: 'putJson', size: 'Json' } : { put: 'putString', size: 'Text' };
    default:
      return { put: 'putString', size: 'Text' };
  }
}
