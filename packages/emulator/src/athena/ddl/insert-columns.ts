import { QueryFailure } from '../athena-error.js';
import type { DescribedColumn } from '../query-runner.js';
import { glueTypeOf, trinoType } from './glue-types.js';

/** Refuses columns of an INSERT that its table has not, or that are named twice. */
export function checkNames(
  names: readonly string[],
  all: readonly { readonly Name: string }[],
  table: string,
): void {
  const unknown = names.find((name) => !all.some(({ Name }) => Name === name));
  if (unknown !== undefined) {
    throw new QueryFailure(
      `COLUMN_NOT_FOUND: line 1:1: Insert column name does not exist in target table: ${unknown} (${table})`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new QueryFailure(
      `DUPLICATE_COLUMN_NAME: line 1:1: Insert column name is specified more than once: ${twice}`,
    );
  }
}

const widths: readonly string[] = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double'];

/** Refuses values that do not fit: Trino widens them, and changes their type in no other way. */
export function checkTypes(
  given: readonly ({ readonly Type: string } | undefined)[],
  columns: readonly DescribedColumn[],
): void {
  const wanted = given.map((column) => column?.Type ?? 'string');
  const types = columns.map(({ type }) => (type === '"NULL"' ? undefined : glueTypeOf(type)));
  const fits = (to: string, from: string | undefined): boolean => {
    const target = /^(?:varchar|char)\b/.test(to) ? 'string' : to.toLowerCase();
    if (from === undefined || from === target) return true;
    if (
      target.startsWith('decimal') &&
      (from.startsWith('decimal') || ['tinyint', 'smallint', 'int', 'bigint'].includes(from))
    )
      return true;
    if (from.startsWith('decimal')) return target === 'double' || target === 'float';
    if (target === 'timestamp' && from === 'date') return true;
    // A literal is an integer, and goes where its value fits.
    if (from === 'int' && (target === 'tinyint' || target === 'smallint')) return true;
    return widths.includes(from) && widths.indexOf(target) >= widths.indexOf(from);
  };
  const isNested = (to: string): boolean => to.includes('<');
  if (
    types.length === wanted.length &&
    wanted.every(
      (to, index) => fits(to, types[index]) || (isNested(to) && (types[index] ?? '').includes('<')),
    )
  ) {
    return;
  }
  const shown = (list: readonly (string | undefined)[]): string =>
    list.map((type) => (type === undefined ? 'unknown' : trinoType(type))).join(', ');
  throw new QueryFailure(
    `TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [${shown(wanted)}], Query: [${shown(types)}]`,
  );
}
