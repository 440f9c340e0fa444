import type { JournaledState } from '../journal.js';
import type { Item } from './attribute-value.js';
import { Table, type TableDefinition } from './table.js';

/** What the tables' journal holds. A table is named `region/name`. */
export type DynamoDbEntry =
  | { readonly op: 'put-table'; readonly name: string; readonly definition: TableDefinition }
  | { readonly op: 'drop-table'; readonly name: string }
  | { readonly op: 'put'; readonly table: string; readonly item: Item }
  | { readonly op: 'delete'; readonly table: string; readonly key: Item };

/** All tables, as their journal's entries add up. */
export class DynamoDbState implements JournaledState<DynamoDbEntry> {
  /** By `region/name`. */
  readonly tables: Map<string, Table> = new Map<string, Table>();

  apply(entry: DynamoDbEntry): void {
    switch (entry.op) {
      case 'put-table':
        this.tables.set(entry.name, new Table(entry.definition));
        return;
      case 'drop-table':
        this.tables.delete(entry.name);
        return;
      case 'put':
        // Written while its table was being deleted: gone with it.
        this.tables.get(entry.table)?.put(entry.item);
        return;
      case 'delete':
        this.tables.get(entry.table)?.delete(entry.key);
        return;
    }
  }

  *snapshot(): Iterable<DynamoDbEntry> {
    for (const [name, { definition, items }] of this.tables) {
      yield { op: 'put-table', name, definition };
      for (const item of items.values()) yield { op: 'put', table: name, item };
    }
  }
}
