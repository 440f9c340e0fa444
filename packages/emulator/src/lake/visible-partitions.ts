import { locationOf, partitionReader, type PartitionValues, placeOf, type Place } from './partition-path.js';
import { isProjected, projectionTest } from './projection.js';
import type { CatalogTable } from './table-catalog.js';

/** Where the objects of a table lie, and which partition each is of. */
export interface VisiblePartitions {
  readonly places: readonly Place[];
  /** Values of the keys of an object's partition; `undefined` for an object that no partition of the table holds. */
  valuesOf(bucket: string, objectKey: string): PartitionValues | undefined;
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
  const read = partitionReader(table);
  const template = table.parameters['storage.location.template'];
  if (table.partitionKeys.length > 0 && isProjected(table)) {
    const isIn = projectionTest(table, now);
    const fixed = /^[^$]*\//.exec(template ?? '')?.[0];
    return {
      places: [fixed === undefined ? location : placeOf(fixed)],
      valuesOf: (_, key) => {
        const values = read(key);
        return isIn(values) ? values : undefined;
      },
    };
  }
  const registered = table.partitionKeys.length === 0 ? undefined : table.partitions?.();
  if (registered === undefined || (fed && registered.length === 0)) {
    return { places: [location], valuesOf: (_, key) => read(key) };
  }
  const byFolder = new Map(
    registered.map(({ location: of, values }) => {
      const place = placeOf(of);
      return [`${place.bucket}/${place.prefix}`, { place, values }];
    }),
  );
  return {
    places: [...byFolder.values()].map(({ place }) => place),
    valuesOf: (bucket, key) => {
      const path = `${bucket}/${key}`;
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const found = byFolder.get(path.slice(0, at + 1));
        if (found !== undefined) return found.values.map((value) => (value === NONE ? undefined : value));
      }
      return undefined;
    },
  };
}

/** Hive's name of the partition whose key is null. */
const NONE = '__HIVE_DEFAULT_PARTITION__';
