import { NULL_PARTITION } from './partition-folder.js';
import {
  locationOf,
  partitionReader,
  partitionValues,
  type PartitionValues,
  placeOf,
  type Place,
} from './partition-path.js';
import { isProjected, projectionOf } from './projection/projection.js';
import type { CatalogPartition, CatalogTable, PartitionStorage } from './table-catalog.js';

/** A partition that holds an object. */
export interface HoldingPartition {
  /** Values of its keys. */
  readonly values: PartitionValues;
  /** How its files are read, where it says otherwise than its table. */
  readonly storage?: PartitionStorage;
}

/** Where the objects of a table lie, and which partitions each is of. */
export interface VisiblePartitions {
  /** No place lies within another. */
  readonly places: readonly Place[];
  /** Partitions that hold an object: none for one that the table does not see, several where partitions share a folder. */
  holding(bucket: string, objectKey: string): readonly HoldingPartition[];
  /** Why no query can read the table. */
  readonly problem?: string;
}

/** What decides which partitions a query sees. */
export interface Visibility {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A delivery stream writes into the table: its folders count without being registered. */
  readonly fed: boolean;
}

/**
 * Returns the partitions that a query sees: those of the table's projection, or else those that are registered. The
 * folders of a table into which a delivery stream writes count until the first partition is registered.
 */
export function visiblePartitions(table: CatalogTable, { now, fed }: Visibility): VisiblePartitions {
  const location = locationOf(table);
  if (isProjected(table)) {
    const projection = projectionOf(table, now);
    if ('problem' in projection) return { places: [], holding: () => [], problem: projection.problem };
    return {
      places: [projection.place],
      holding: (_, key) => {
        const values = projection.valuesOf(key);
        return values === undefined ? [] : [{ values }];
      },
    };
  }
  const registered = table.partitionKeys.length === 0 ? undefined : table.partitions?.();
  if (registered === undefined || (fed && registered.length === 0)) {
    const read = partitionReader(table);
    return { places: [location], holding: (_, key) => [{ values: read(key) }] };
  }
  return ofRegistered(table, registered);
}

function ofRegistered(table: CatalogTable, registered: readonly CatalogPartition[]): VisiblePartitions {
  const byFolder = new Map<string, HoldingPartition[]>();
  const common = new Map<string, string>();
  let problem: string | undefined;
  for (const { location, values, storage } of registered) {
    const { bucket, prefix } = placeOf(location);
    const folder = `${bucket}/${prefix}`;
    problem ??= badValue(table, values);
    const partition = {
      values: partitionValues(values),
      ...(storage === undefined ? {} : { storage }),
    };
    const shared = byFolder.get(folder);
    if (shared === undefined) byFolder.set(folder, [partition]);
    else shared.push(partition);
    common.set(bucket, commonStart(common.get(bucket) ?? prefix, prefix));
  }
  return {
    // One look through a bucket serves all of its partitions.
    places: [...common].map(([bucket, prefix]) => ({ bucket, prefix })),
    holding: (bucket, key) => {
      const path = `${bucket}/${key}`;
      const found: HoldingPartition[] = [];
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        for (const partition of byFolder.get(path.slice(0, at + 1)) ?? []) found.push(partition);
      }
      return found;
    },
    ...(problem === undefined ? {} : { problem }),
  };
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}

/** Values that a key of a type may have. */
const forms: ReadonlyMap<string, RegExp> = new Map([
  ...['tinyint', 'smallint', 'int', 'bigint'].map((type): [string, RegExp] => [type, /^[+-]?\d{1,19}$/]),
  ['date', /^\d{1,5}-\d{1,2}-\d{1,2}( 00:00:00)?$/],
  ['boolean', /^(true|false)$/i],
]);

/** Why a registered partition cannot be read: one of its values is not of the type of its key. */
function badValue({ partitionKeys }: CatalogTable, values: readonly string[]): string | undefined {
  for (const [index, { Name, Type }] of partitionKeys.entries()) {
    const value = values[index] ?? NULL_PARTITION;
    const form = forms.get(Type.toLowerCase());
    if (value === NULL_PARTITION || form === undefined || form.test(value)) continue;
    return `HIVE_INVALID_PARTITION_VALUE: Invalid partition value '${value.slice(0, 200)}' for ${Type.toUpperCase()} partition key: ${Name}`;
  }
  return undefined;
}
