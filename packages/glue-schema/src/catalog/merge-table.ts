import type { Column, Table, TableInput } from '@aws-sdk/client-glue';
import { compareTypes } from '../compatibility/compare-types.js';
import { compareColumns } from '../compatibility/compare-columns.js';
import { shapeOfText } from '../compatibility/table-shape.js';
import type { GlueTableInput } from '../table-input.js';
import { toInput } from './catalog-table.js';

/**
 * The table that a push would leave: what the manifest says, laid over what is there.
 *
 * Kept from the live table: columns that the manifest does not have (unless `prune`), as they are and where they are;
 * other people's parameters, SerDe options, owner, retention; the projection, unless the manifest has one.
 */
export function mergeTable(live: Table, wanted: GlueTableInput, prune: boolean): TableInput {
  const base = toInput(live);
  const { Columns: columns = [], ...storage } = base.StorageDescriptor ?? {};
  const ours = wanted.StorageDescriptor;
  const projects = Object.keys(wanted.Parameters).some((key) => projectionKey.test(key));
  const kept = projects ? foreign(base.Parameters, projectionKey) : base.Parameters;
  const isReferenced = storage.SchemaReference !== undefined;
  return {
    ...base,
    ...(wanted.Description === undefined ? {} : { Description: wanted.Description }),
    TableType: wanted.TableType,
    PartitionKeys: mergeColumns(base.PartitionKeys ?? [], wanted.PartitionKeys, true),
    Parameters: { ...kept, ...wanted.Parameters },
    StorageDescriptor: {
      ...storage,
      // Glue refuses columns beside a SchemaReference, although GetTable gives both.
      ...(isReferenced ? {} : { Columns: mergeColumns(columns, ours.Columns, prune) }),
      Location: samePlace(storage.Location, ours.Location) ? storage.Location : ours.Location,
      InputFormat: ours.InputFormat,
      OutputFormat: ours.OutputFormat,
      Compressed: ours.Compressed,
      SerdeInfo: {
        ...storage.SerdeInfo,
        SerializationLibrary: ours.SerdeInfo.SerializationLibrary,
        Parameters: { ...foreign(storage.SerdeInfo?.Parameters, mappingKey), ...ours.SerdeInfo.Parameters },
      },
    },
  };
}

// Keys of which the manifest has the whole set: one that it no longer has would linger on.
const projectionKey = /^(projection\.|storage\.location\.template$)/;
const mappingKey = /^mapping\./;

function foreign(parameters: Record<string, string> | undefined, owned: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters ?? {}).filter(([key]) => !owned.test(key)));
}

/** A folder is the same place with and without its last slash. */
function samePlace(live: string | undefined, wanted: string): boolean {
  return live?.replace(/\/$/, '') === wanted.replace(/\/$/, '');
}

/**
 * The wanted columns over the live ones. Where others have columns too, everything that is there stays in its place and
 * new columns come last: two pushes of different types would otherwise reorder the table by turns forever.
 */
export function mergeColumns(live: readonly Column[], wanted: readonly Column[], prune: boolean): Column[] {
  const before = new Map(live.map((column) => [folded(column), column]));
  const ours = new Map(wanted.map((column) => [folded(column), merged(before.get(folded(column)), column)]));
  if (prune || live.every((column) => ours.has(folded(column)))) return [...ours.values()];
  return [
    ...live.map((column) => ours.get(folded(column)) ?? column),
    ...[...ours.values()].filter((column) => !before.has(folded(column))),
  ];
}

/** A column's name as Athena and Hive compare names: without case. */
export function folded({ Name = '' }: Column): string {
  return Name.toLowerCase();
}

/** A type that is written otherwise, as `INT` or `decimal` for `decimal(10,0)`, stays as it is written. */
function merged(live: Column | undefined, wanted: Column): Column {
  if (live === undefined) return wanted;
  const isSame = live.Type !== undefined && sameType(live.Type, wanted.Type ?? '');
  return { ...live, ...wanted, ...(isSame ? { Type: live.Type } : {}) };
}

/** True when two type texts say one type. */
export function sameType(a: string, b: string): boolean {
  if (a === b) return true;
  const context = {
    format: 'hive-parquet',
    columnsBy: 'index',
    renames: new Map<string, string>(),
    nested: false,
    registeredPartitions: true,
    compareColumns,
  } as const;
  return compareTypes(shapeOfText(a), shapeOfText(b), '', context).length === 0;
}
