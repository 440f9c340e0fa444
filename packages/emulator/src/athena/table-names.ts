import { withPath } from '../lake/path-column.js';
import type { CatalogTable } from '../lake/table-catalog.js';
import { viewKey } from '../query/query-protocol.js';
import { QueryFailure, syntaxFailure } from './athena-error.js';
import { informationSchema, informationTables } from './ddl/information-schema.js';
import { partitionsOwner } from './ddl/partitions-view.js';
import { type SqlNode, textOf } from './sql-ast.js';

/** Finds the tables that a query names. */
export interface TableNames {
  /** The reference with its database written out; a name from a WITH stays as it is. */
  resolve(node: SqlNode, withs: ReadonlySet<string>): SqlNode;
  /** The tables and views that were found so far, as `Translated.named` holds them. */
  readonly found: ReadonlySet<string>;
}

/** A table of the catalog by its database and name; `undefined` where there is none. */
export type FindTable = (databaseName: string, name: string) => CatalogTable | undefined;

/** Names are looked up in the catalog alone, so no query reads a file by its name. */
export function tableNames(find: FindTable, database: string | undefined, showsPath = false): TableNames {
  const found = new Set<string>();
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
      const listed = partitionsOwner(name, (of) => find(schema, of));
      if (listed !== undefined) {
        const alias = textOf(node.alias) === '' ? name : node.alias;
        return { ...node, catalog_name: '', schema_name: schema, table_name: name, alias };
      }
      const table = find(schema, name);
      if (table === undefined) {
        throw new QueryFailure(`TABLE_NOT_FOUND: Table 'awsdatacatalog.${schema}.${name}' does not exist`);
      }
      // Columns may be qualified by the table's name, as in Athena.
      const alias = textOf(node.alias) === '' ? name : node.alias;
      const table_name = showsPath && table.viewText === undefined ? withPath(name) : name;
      found.add(viewKey(schema, name)).add(viewKey(schema, table_name));
      return { ...node, catalog_name: '', schema_name: schema, table_name, alias };
    },
  };
}
