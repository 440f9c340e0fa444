/** What Athena stores of a view, as JSON in base64 within a comment. */
export interface ViewText {
  readonly originalSql: string;
  readonly catalog: string;
  readonly schema: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Text of a view in Glue that only says so. */
export const viewMark = '/* Presto View */';

/** Writes a view as Glue's `ViewOriginalText` holds it. */
export function writeViewText(view: ViewText): string {
  return `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`;
}

/** Reads a view's text; `undefined` where it is not Athena's, or damaged. */
export function viewText(text: string | undefined): ViewText | undefined {
  const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text ?? '')?.[1];
  if (encoded === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(encoded, 'base64').toString());
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('originalSql' in value)) return undefined;
  const { originalSql } = value;
  if (typeof originalSql !== 'string') return undefined;
  const schema = 'schema' in value && typeof value.schema === 'string' ? value.schema : 'default';
  const catalog = 'catalog' in value && typeof value.catalog === 'string' ? value.catalog : 'awsdatacatalog';
  const columns = 'columns' in value && Array.isArray(value.columns) ? value.columns : [];
  return {
    originalSql,
    catalog,
    schema,
    columns: columns.flatMap((column: unknown) => {
      if (typeof column !== 'object' || column === null || !('name' in column) || !('type' in column))
        return [];
      return [{ name: String(column.name), type: String(column.type) }];
    }),
  };
}
