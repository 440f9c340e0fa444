import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { toGlueColumns } from '../to-glue-columns.js';
import type { CodegenOptions } from './generate-validator.js';
import { camelCase, key, literal } from './source-text.js';

/**
 * The text of a TypeScript module with `<name>Encoder`: byte-equal to `JSON.stringify` of the event with its
 * properties in column order.
 */
export function generateEncoder(schema: TableSchema, options: CodegenOptions): string {
  toGlueColumns(schema); // throws where the schema itself is unfit
  const { name, from } = options.typeImport;
  const code = new EncoderCode();
  const body = code.writeObject(schema.columns, 'event');
  const imports = ['encodeTight', ...code.imports].sort();
  return `// Generated from ${name} by @store/glue-schema: change the type, not this file.
import { ${imports.join(', ')}, type RecordEncoder } from '@store/glue-schema';
import type { ${name} } from ${literal(from)};

// What the properties hold on their way to JSON, whatever their types promise at compile time.
interface Wire ${wireType(schema.columns)}

${code.constants.join('\n')}

function mostBytesOf(event: Wire): number {
  return ${code.fixedBytes}${code.sizes.map((size) => ` + ${size}`).join('')};
}

function write(event: Wire, buffer: Uint8Array, start: number): number {
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
      : encodeTight(write, wire, most, buffer, offset);
  },
};
`;
}

function wireType(columns: readonly Column[]): string {
  const lines = columns.map((column) => {
    const inner = column.type.kind === 'struct' ? wireType(column.type.fields) : 'unknown';
    const type = column.type.kind === 'struct' && (column.nullable ?? false) ? `${inner} | null` : inner;
    return `readonly ${key(column.jsonKey ?? column.name)}${column.optional ? '?' : ''}: ${type}${column.optional ? ' | undefined' : ''};`;
  });
  return `{ ${lines.join(' ')} }`;
}

/** Collects the parts of one encoder while its columns are walked. */
class EncoderCode {
  readonly imports: Set<string> = new Set<string>();
  readonly constants: string[] = [];
  readonly sizes: string[] = [];
  fixedBytes = 2;

  /** Statements that write one object. */
  writeObject(columns: readonly Column[], owner: string): string[] {
    const lines: string[] = [];
    // Every key starts with a comma; the first one becomes the brace, whichever key it is.
    const mark = owner === 'event' ? 'start' : `from${this.constants.length}`;
    if (mark !== 'start') lines.push(`const ${mark} = at;`);
    for (const column of columns) lines.push(...this.writeColumn(column, owner));
    if (columns.every((column) => column.optional)) lines.push(`if (at === ${mark}) at += 1;`);
    lines.push(`buffer[${mark}] = 123;`, 'buffer[at++] = 125;');
    this.fixedBytes += 2;
    return lines;
  }

  writeColumn(column: Column, owner: string): string[] {
    const name = column.jsonKey ?? column.name;
    const value = key(name).startsWith('[') ? `${owner}${key(name)}` : `${owner}.${name}`;
    const lines = [
      `at = ${this.use('putBytes')}(${this.constant(`,${JSON.stringify(name)}:`)}, buffer, at);`,
      ...this.writeValue(column, value),
    ];
    return column.optional ? [`if (${value} !== undefined) {`, ...lines, '}'] : lines;
  }

  writeValue(column: Column, value: string): string[] {
    const { type } = column;
    if (type.kind !== 'struct') {
      this.sizes.push(`${this.use('mostBytes')}(${value})`);
      return [`at = ${this.use(putter(type))}(${value}, buffer, at);`];
    }
    const known = this.sizes.length;
    const lines = this.writeObject(type.fields, value);
    if (column.nullable || column.optional) {
      // There may be no object to look into, so it is measured as a whole.
      this.sizes.splice(known, Infinity, `${this.use('mostBytes')}(${value})`);
    }
    if (!column.nullable) return lines;
    return [`if (${value} === null) at = ${this.use('putJson')}(null, buffer, at);`, 'else {', ...lines, '}'];
  }

  constant(text: string): string {
    const name = `key${this.constants.length}`;
    this.constants.push(`const ${name} = ${this.use('bytesOf')}(${literal(text)});`);
    this.fixedBytes += new TextEncoder().encode(text).length;
    return name;
  }

  use(name: string): string {
    this.imports.add(name);
    return name;
  }
}

function putter(type: ColumnType): 'putString' | 'putNumber' | 'putScalar' | 'putBoolean' | 'putJson' {
  switch (type.kind) {
    case 'boolean':
      return 'putBoolean';
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'double':
      return 'putNumber';
    case 'array':
    case 'map':
      return 'putJson';
    case 'string':
      return type.json ? 'putJson' : 'putString';
    case 'decimal':
    case 'timestamp':
      return 'putScalar';
    default:
      return 'putString';
  }
}
