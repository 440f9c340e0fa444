import type { TableSchema } from '@store/glue-schema';

/** The schema that most of a file's columns belong to; the first where several have as many. */
export function nearestSchema(
  names: Iterable<string>,
  schemas: readonly [TableSchema, ...TableSchema[]],
): TableSchema {
  const present = new Set(names);
  const score = ({ columns }: TableSchema): number => columns.filter(({ name }) => present.has(name)).length;
  return schemas.reduce((best, schema) => (score(schema) > score(best) ? schema : best));
}
