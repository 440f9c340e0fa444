import { QueryFailure } from '../athena-error.js';
import type { DescribedColumn } from '../query-runner.js';
import type { Name } from '../statement/reader.js';
import { located, noDatabase, type CatalogAccess } from './catalog-access.js';
import { glueTypeOf, trinoType } from './glue-types.js';
import { viewMark, writeViewText } from './view-text.js';

/** A view to be put into the catalog. */
export interface NewView {
  readonly view: Name;
  readonly replace: boolean;
  readonly query: string;
  /** Columns that the query has. */
  readonly columns: readonly DescribedColumn[];
}

/** Names and Glue's types of a query's columns, each of which must have a name of its own. */
export function namedColumns(
  columns: readonly DescribedColumn[],
): readonly { readonly Name: string; readonly Type: string }[] {
  const seen = new Set<string>();
  return columns.map(({ name, type }, index) => {
    if (name === undefined) {
      throw new QueryFailure(
        `MISSING_COLUMN_NAME: line 1:1: Column name not specified at position ${index + 1}`,
      );
    }
    const Name = name.toLowerCase();
    if (seen.has(Name)) {
      throw new QueryFailure(
        `DUPLICATE_COLUMN_NAME: line 1:1: Column name '${Name}' specified more than once`,
      );
    }
    seen.add(Name);
    return { Name, Type: glueTypeOf(type) };
  });
}

/** Creates or replaces a view, as Athena stores it. */
export async function createView(
  { view, replace, query, columns }: NewView,
  catalog: CatalogAccess,
  database: string | undefined,
): Promise<void> {
  const { database: schema, name } = located(view, database);
  if ((await catalog.database(schema)) === undefined) throw noDatabase(schema);
  const known = await catalog.table(schema, name);
  if (known !== undefined && known.TableType !== 'VIRTUAL_VIEW') {
    throw new QueryFailure(`TABLE_ALREADY_EXISTS: Table already exists: 'awsdatacatalog.${schema}.${name}'`);
  }
  if (known !== undefined && !replace) {
    throw new QueryFailure(`ALREADY_EXISTS: View already exists: 'awsdatacatalog.${schema}.${name}'`);
  }
  const Columns = namedColumns(columns);
  const ViewOriginalText = writeViewText({
    originalSql: query,
    catalog: 'awsdatacatalog',
    schema: database?.toLowerCase() ?? schema,
    columns: Columns.map(({ Name, Type }) => ({ name: Name, type: trinoType(Type) })),
  });
  await catalog.change(known === undefined ? 'CreateTable' : 'UpdateTable', {
    DatabaseName: schema,
    TableInput: {
      Name: name,
      TableType: 'VIRTUAL_VIEW',
      StorageDescriptor: { Columns, Location: '', SerdeInfo: {} },
      PartitionKeys: [],
      ViewOriginalText,
      ViewExpandedText: viewMark,
      Parameters: { comment: 'Presto View', presto_view: 'true' },
    },
  });
}
