import type { Statement } from '../statement/statement.js';
import { ddlFailure, noDatabase, type CatalogAccess } from './catalog-access.js';

/** Statements that change a database. */
export type DatabaseStatement = Extract<
  Statement,
  { readonly kind: `${'create' | 'drop' | 'alter'}-database` }
>;

/** Creates, changes or drops a database in the catalog. */
export async function changeDatabase(statement: DatabaseStatement, catalog: CatalogAccess): Promise<void> {
  const { name } = statement;
  const known = await catalog.database(name);
  switch (statement.kind) {
    case 'create-database': {
      if (known !== undefined) {
        if (statement.ifNotExists) return;
        throw ddlFailure(`AlreadyExistsException(message:Database ${name} already exists)`);
      }
      const { comment, location, properties } = statement;
      await catalog.change('CreateDatabase', {
        DatabaseInput: {
          Name: name,
          ...(comment === undefined ? {} : { Description: comment }),
          ...(location === undefined ? {} : { LocationUri: location }),
          ...(Object.keys(properties).length === 0 ? {} : { Parameters: properties }),
        },
      });
      return;
    }
    case 'alter-database': {
      if (known === undefined) throw noDatabase(name);
      const { Description, LocationUri, Parameters } = known;
      await catalog.change('UpdateDatabase', {
        Name: name,
        DatabaseInput: {
          Name: name,
          ...(Description === undefined ? {} : { Description }),
          ...(LocationUri === undefined ? {} : { LocationUri }),
          Parameters: { ...Parameters, ...statement.properties },
        },
      });
      return;
    }
    case 'drop-database': {
      if (known === undefined) {
        if (statement.ifExists) return;
        throw noDatabase(name);
      }
      if (!statement.cascade && (await catalog.tables(name)).length > 0) {
        throw ddlFailure(
          `InvalidOperationException(message:Database ${name} is not empty. One or more tables exist.)`,
        );
      }
      await catalog.change('DeleteDatabase', { Name: name });
      return;
    }
  }
}
