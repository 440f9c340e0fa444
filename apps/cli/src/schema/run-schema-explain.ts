import { formatGlueType, toDuckDbType, toGlueType, type Column, type ColumnType } from '@store/glue-schema';
import { readType } from './read-type.js';
import type { SchemaOutput, SchemaSource } from './flags.js';

/** Flags of `store schema explain`. */
export interface SchemaExplainOptions extends SchemaSource {
  /** Column, or path into a struct: `location.latitude`. All top-level columns where it is not given. */
  readonly column?: string;
}

/** `store schema explain`: what becomes of a column on its whole way. Exit code 0, 1 or 2 (no such column). */
export function runSchemaExplain(options: SchemaExplainOptions, output: SchemaOutput): number {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { column: path } = options;
  const found = path === undefined ? schema.columns : findColumn(schema.columns, path.split('.'));
  if (found.length === 0) {
    const names = schema.columns.map(({ name }) => name).join(', ');
    output.stderr(`${schema.name} has no column ${path ?? ''}. Fix: choose one of ${names}.\n`);
    return 2;
  }
  const explained = found.map(explain);
  output.stdout(
    options.json === true
      ? `${JSON.stringify(explained, null, 2)}\n`
      : `${explained.map(inWords).join('\n\n')}\n`,
  );
  return 0;
}

function findColumn(columns: readonly Column[], [head, ...rest]: readonly string[]): readonly Column[] {
  const found = columns.filter(({ name, jsonKey }) => name === head?.toLowerCase() || jsonKey === head);
  if (rest.length === 0) return found;
  return found.flatMap(({ type }) => findColumn(fieldsOf(type), rest));
}

function fieldsOf(type: ColumnType): readonly Column[] {
  if (type.kind === 'struct') return type.fields;
  if (type.kind === 'array') return fieldsOf(type.element);
  return type.kind === 'map' ? fieldsOf(type.value) : [];
}

function explain(column: Column): Readonly<Record<string, string>> {
  const { name, jsonKey, type, optional, nullable, comment } = column;
  const missing = [...(optional ? ['absent'] : []), ...(nullable ? ['null'] : [])];
  const glue = toGlueType(type);
  return {
    column: name,
    ...(jsonKey === undefined ? {} : { 'JSON key': jsonKey }),
    Glue: formatGlueType(glue),
    wire: wireForm(type),
    DuckDB: toDuckDbType(glue),
    nullable: missing.length === 0 ? 'no' : `yes, ${missing.join(' or ')}`,
    ...(comment === undefined ? {} : { comment }),
  };
}

function wireForm(type: ColumnType): string {
  switch (type.kind) {
    case 'timestamp':
      return {
        iso: 'ISO 8601 text in UTC',
        'epoch-seconds': 'seconds since 1970',
        'epoch-millis': 'milliseconds since 1970',
      }[type.wire];
    case 'bigint':
      return type.wire === 'string' ? 'decimal digits in a string' : 'number, a safe integer';
    case 'decimal':
      return type.precision <= 15 ? 'string or number' : 'string';
    case 'string':
      if (type.json) return 'any JSON';
      return type.values === undefined ? 'string' : `one of ${type.values.join(', ')}`;
    case 'char':
    case 'varchar':
      return `string of at most ${type.length} code points`;
    case 'date':
      return 'yyyy-MM-dd';
    case 'binary':
      return 'base64 string';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'array';
    case 'map':
    case 'struct':
      return 'object';
    default:
      return 'number';
  }
}

function inWords(facts: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(facts).map((key) => key.length));
  return Object.entries(facts)
    .map(([key, value]) => `${key.padEnd(width)}  ${value}`)
    .join('\n');
}
