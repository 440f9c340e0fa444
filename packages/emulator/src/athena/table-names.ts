import { withPath } from '../lake/query-engine.js';
import type { CatalogTable, TableCatalog } from '../lake/table-catalog.js';
import { QueryFailure, syntaxFailure } from './athena-error.js';
import { informationSchema, informationTables } from './ddl/information-schema.js';
import { partitionsOwner } from './ddl/partitions-view.js';
import { type SqlNode, textOf } from './sql-ast.js';

/** Finds the tables that a query names. */
export interface TableNames {
  /** The reference with its database written out; a name from a WITH stays as it is. */
  resolve(node: SqlNode, withs: ReadonlySet<string>): SqlNode;
  /** The tables and views that were found so far. */
  readonly found: ReadonlySet<CatalogTable>;
}

/** Names are looked up in the catalog alone, so no query reads a file by its name. */
export function tableNames(
  catalog: TableCatalog,
  database: string | undefined,
  showsPath = false,
): TableNames {
  const found = new Set<CatalogTable>();
  return {
    found,
    resolve(node, withs) {
      const name = textOf(node.table_name).toLowerCase();
      const written = textOf(node.schema_name).toLowerCase();
      const from = textOf(node.catalog_name).toLowerCase();
      if (written === '' && withs.has(name)) return { ...node, table_name: name };
      if (from !== '' && from !== 'awsdatacatalog') {
        throw new QueryFailure(`CATALOG_NOT_FOUND: Catalog '${from}' not found`);
      }
      const schema = written === '' ? database?.toLowerCase() : written;
      if (schema === undefined) {
        throw syntaxFailure('Schema must be specified when session schema is not set');
      }
      if (schema === 'information_schema' && informationTables.includes(name)) {
        const named = textOf(node.alias) === '' ? name : node.alias;
        return { ...node, catalog_name: '', schema_name: informationSchema, table_name: name, alias: named };
      }
      const listed = partitionsOwner(name, (of) => catalog.getTable(schema, of));
      if (listed !== undefined) {
        const alias = textOf(node.alias) === '' ? name : node.alias;
        return { ...node, catalog_name: '', schema_name: schema, table_name: name, alias };
      }
      const table = catalog.getTable(schema, name);
      if (table === undefined) {
        throw new QueryFailure(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${schema}.${name}' does not exist`);
      }
      found.add(table);
      // Columns may be qualified by the table's name, as in Athena.
      const alias = textOf(node.alias) === '' ? name : node.alias;
      const table_name = showsPath && table.viewText === undefined ? withPath(name) : name;
      return { ...node, catalog_name: '', schema_name: schema, table_name, alias };
    },
  };
}
