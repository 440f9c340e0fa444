import type { Column, ColumnType } from '../../table-schema.js';

/** Decides about a place whose types no one column holds; null where nothing does. */
export type Conflict = (path: string) => ColumnType | 'omitted' | null;

/** One type for values of both; undefined where no column holds both. */
export function mergeTypes(
  a: ColumnType,
  b: ColumnType,
  path: string,
  conflict: Conflict,
): ColumnType | 'omitted' | null | undefined {
  if (a === b) return a;
  if (a.kind === 'string' && a.json) return a;
  if (b.kind === 'string' && b.json) return b;
  if (a.kind === 'struct' && b.kind === 'struct') {
    const fields = mergeColumns([a.fields, b.fields], path, conflict);
    return fields === null ? null : fields.length === 0 ? 'omitted' : { kind: 'struct', fields };
  }
  if (a.kind === 'array' && b.kind === 'array') {
    const element = mergeTypes(a.element, b.element, `${path}[]`, conflict);
    if (typeof element !== 'object' || element === null) return element;
    const elementNullable = a.elementNullable ?? b.elementNullable;
    return { kind: 'array', element, ...(elementNullable ? { elementNullable } : {}) };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const value = mergeTypes(a.value, b.value, `${path}{}`, conflict);
    if (typeof value !== 'object' || value === null) return value;
    const valueNullable = a.valueNullable ?? b.valueNullable;
    return { kind: 'map', key: a.key, value, ...(valueNullable ? { valueNullable } : {}) };
  }
  return mergePlain(a, b);
}

/** Fields of every list, in the order of the lists; one that not all of them have is optional. */
export function mergeColumns(
  lists: readonly (readonly Column[])[],
  path: string,
  conflict: Conflict,
): readonly Column[] | null {
  const names = [...new Set(lists.flatMap((fields) => fields.map(({ name }) => name)))];
  const byName = lists.map((fields) => new Map(fields.map((field) => [field.name, field])));
  const merged: Column[] = [];
  let whole = true;
  for (const name of names) {
    const found = byName.flatMap((fields) => fields.get(name) ?? []);
    const field = mergeField(found, path, conflict);
    if (field === null) whole = false;
    else if (field !== 'omitted')
      merged.push(found.length === lists.length ? field : { ...field, optional: true });
  }
  return whole ? merged : null;
}

function mergeField(found: readonly Column[], path: string, conflict: Conflict): Column | 'omitted' | null {
  const [first, ...others] = found;
  if (first === undefined) return 'omitted';
  const key = first.jsonKey ?? first.name;
  const step = `${path}${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`;
  let merged = first;
  for (const next of others) {
    // Keys that differ in case are two keys of JSON and one column.
    const type =
      (next.jsonKey ?? next.name) === key ? mergeTypes(merged.type, next.type, step, conflict) : undefined;
    const decided = type === undefined ? conflict(step) : type;
    if (decided === null || decided === 'omitted') return decided;
    merged = {
      ...merged,
      type: decided,
      ...(next.optional === undefined ? {} : { optional: true }),
      ...(next.nullable === undefined ? {} : { nullable: true }),
    };
  }
  return merged;
}

/** Kinds that are text in JSON, whatever the column holds. */
const isText = (type: ColumnType): boolean =>
  ['string', 'char', 'varchar', 'date'].includes(type.kind) ||
  (type.kind === 'bigint' && type.wire === 'string') ||
  (type.kind === 'timestamp' && type.wire === 'iso');

const isNested = ({ kind }: ColumnType): boolean => kind === 'array' || kind === 'map' || kind === 'struct';

/** Kinds of numbers, each of which holds all before it. */
const numbers: readonly string[] = ['tinyint', 'smallint', 'int', 'bigint', 'double'];

function mergePlain(a: ColumnType, b: ColumnType): ColumnType | undefined {
  if (isNested(a) || isNested(b)) return undefined;
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  if (a.kind === 'boolean' && b.kind === 'boolean') return { kind: 'boolean' };
  if (isText(a) && isText(b)) {
    const values = a.kind === 'string' &&
      b.kind === 'string' &&
      a.values &&
      b.values && [...a.values, ...b.values];
    return { kind: 'string', ...(values ? { values: [...new Set(values)].sort() } : {}) };
  }
  if (isText(a) || isText(b) || !numbers.includes(a.kind) || !numbers.includes(b.kind)) return undefined;
  const wide = numbers.indexOf(a.kind) < numbers.indexOf(b.kind) ? b : a;
  const values = [a, b].flatMap((type): (readonly number[])[] =>
    'values' in type ? [type.values.map(Number)] : [],
  );
  const closed = values.length === 2 ? { values: [...new Set(values.flat())].sort((x, y) => x - y) } : {};
  if (wide.kind === 'bigint') return { kind: 'bigint', wire: 'number', ...closed };
  if (wide.kind === 'int' || wide.kind === 'smallint' || wide.kind === 'tinyint')
    return { kind: wide.kind, ...closed };
  return { kind: 'double', ...closed };
}
