import { unescapeFolder } from '../partition-folder.js';
import { locationOf, placeOf, type PartitionValues, type Place } from '../partition-path.js';
import type { CatalogTable } from '../table-catalog.js';
import { keyProjection, type KeyProjection, type ProjectedValue } from './key-projection.js';

/** Where the projected partitions of a table lie, and which of them an object is of. */
export interface Projection {
  readonly place: Place;
  valuesOf(objectKey: string): PartitionValues | undefined;
}

/** Whether a table's partitions are projected; then nothing that is registered counts. */
export function isProjected({
  parameters,
  partitionKeys,
}: Pick<CatalogTable, 'parameters' | 'partitionKeys'>): boolean {
  return partitionKeys.length > 0 && parameters['projection.enabled']?.trim().toLowerCase() === 'true';
}

/** Names of the keys whose values a query must bring along. */
export function injectedKeys(table: CatalogTable): readonly string[] {
  if (!isProjected(table)) return [];
  return table.partitionKeys
    .map(({ Name }) => Name.toLowerCase())
    .filter((name) => settingOf(table, name)('type')?.trim().toLowerCase() === 'injected');
}

/**
 * Reads the projection of a table, or returns why Athena does not take it.
 *
 * @param now - milliseconds since 1970, for `NOW`
 */
export function projectionOf(table: CatalogTable, now: number): Projection | { readonly problem: string } {
  const named = `${table.databaseName}.${table.name}`;
  const missing = table.partitionKeys.filter(({ Name }) => settingOf(table, Name)('type') === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ Name }) => Name).join(', ');
    return {
      problem: `HIVE_METASTORE_ERROR: Table ${named} is configured for partition projection, but the following partition columns are missing projection configuration: [${names}] (table ${named})`,
    };
  }
  const keys: KeyProjection[] = [];
  for (const key of table.partitionKeys) {
    const found = keyProjection(key, settingOf(table, key.Name), now);
    if ('problem' in found) return { problem: `${found.problem} (table ${named})` };
    keys.push(found);
  }
  const template = table.parameters['storage.location.template'];
  return template === undefined ? byFolders(table, keys) : byTemplate(table, keys, template);
}

function settingOf({ parameters }: CatalogTable, key: string): (of: string) => string | undefined {
  return (of) => parameters[`projection.${key.toLowerCase()}.${of}`] ?? parameters[`projection.${key}.${of}`];
}

/** Without a template, a partition is in `key=value` folders below the table's location, in the order of the keys. */
function byFolders(table: CatalogTable, keys: readonly KeyProjection[]): Projection {
  const place = locationOf(table);
  return {
    place,
    valuesOf(objectKey) {
      const folders = objectKey.slice(place.prefix.length).split('/');
      if (folders.length <= keys.length) return undefined;
      const values: string[] = [];
      for (const [index, key] of keys.entries()) {
        const start = `${table.partitionKeys[index]?.Name.toLowerCase() ?? ''}=`;
        const folder = folders[index] ?? '';
        if (!folder.startsWith(start)) return undefined;
        const written = unescapeFolder(folder.slice(start.length));
        const found = key.readAt(written, 0).find(({ end }) => end === written.length);
        if (found === undefined) return undefined;
        values.push(found.value);
      }
      return values;
    },
  };
}

/** A piece of a template: text as it stands, or the place of a key. */
type Piece = string | { readonly key: number };

function byTemplate(
  table: CatalogTable,
  keys: readonly KeyProjection[],
  template: string,
): Projection | { readonly problem: string } {
  const [, bucket, path] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(template.trim()) ?? [];
  const problem = (text: string): { readonly problem: string } => ({
    problem: `INVALID_TABLE_PROPERTY: ${text} (table ${table.databaseName}.${table.name})`,
  });
  if (bucket === undefined || path === undefined) {
    return problem(
      `storage.location.template is no address such as s3://bucket/folder/: ${template.slice(0, 200)}`,
    );
  }
  if (bucket.includes('$')) {
    return {
      problem:
        'NOT_SUPPORTED: Not served is a storage.location.template whose bucket holds a partition key; write the key into the path',
    };
  }
  const pieces = (path === '' || path.endsWith('/') ? path : `${path}/`)
    .split(/(\$\{[^}]+\})/)
    .filter((part) => part !== '')
    .map((part): Piece => {
      const name = /^\$\{([^}]+)\}$/.exec(part)?.[1]?.toLowerCase();
      if (name === undefined) return part;
      return { key: table.partitionKeys.findIndex(({ Name }) => Name.toLowerCase() === name) };
    });
  const named = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.key]));
  const lacking = table.partitionKeys.find((_, index) => !named.includes(index));
  if (lacking !== undefined) {
    return problem(`storage.location.template has no placeholder for the partition column ${lacking.Name}`);
  }
  if (named.includes(-1))
    return problem('storage.location.template has a placeholder of no partition column');
  const [first] = pieces;
  const fixed = typeof first === 'string' ? first.slice(0, first.lastIndexOf('/') + 1) : '';
  return {
    place: placeOf(`s3://${bucket}/${fixed}`),
    valuesOf: (objectKey) => matched(pieces, keys, objectKey),
  };
}

/**
 * Finds the values with which a template becomes the folder of an object. Of the ways to read the text up to a place,
 * one is kept, so that time grows with the pieces and the length of the key, whatever the template.
 */
function matched(
  pieces: readonly Piece[],
  keys: readonly KeyProjection[],
  objectKey: string,
): PartitionValues | undefined {
  let ways: ReadonlyMap<number, ReadonlyMap<number, ProjectedValue & { readonly written: string }>> = new Map(
    [[0, new Map()]],
  );
  for (const piece of pieces) {
    const next = new Map<number, ReadonlyMap<number, ProjectedValue & { readonly written: string }>>();
    for (const [from, known] of ways) {
      if (typeof piece === 'string') {
        if (objectKey.startsWith(piece, from)) next.set(from + piece.length, known);
        continue;
      }
      const before = known.get(piece.key);
      if (before !== undefined) {
        if (objectKey.startsWith(before.written, from)) next.set(from + before.written.length, known);
        continue;
      }
      for (const found of keys[piece.key]?.readAt(objectKey, from) ?? []) {
        if (next.has(found.end)) continue;
        const written = objectKey.slice(from, found.end);
        next.set(found.end, new Map([...known, [piece.key, { ...found, written }]]));
      }
    }
    ways = next;
  }
  const [way] = ways.values();
  return way === undefined ? undefined : keys.map((_, index) => way.get(index)?.value);
}
