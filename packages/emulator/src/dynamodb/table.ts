import { compareValues, itemBytes, type AttributeValue, type Item } from './attribute-value.js';

/** One attribute of a key. */
export interface KeyElement {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** The key of a table or an index. */
export interface KeySchema {
  readonly hash: KeyElement;
  readonly range?: KeyElement;
}

/** A global secondary index. */
export interface IndexDefinition {
  readonly name: string;
  readonly key: KeySchema;
  readonly projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  /** Attributes that are projected besides the keys. */
  readonly included: readonly string[];
}

/** Capacity that is noted and never enforced. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/** A table as CreateTable made it. */
export interface TableDefinition {
  readonly key: KeySchema;
  readonly indexes: readonly IndexDefinition[];
  readonly billing: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly throughput: Throughput;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly id: string;
}

/** Items under one hash key. */
interface Partition {
  readonly items: Map<string, Item>;
  /** In the order of the range key, until something changes. */
  sorted: readonly Item[] | undefined;
}

/** A table with its items. */
export class Table {
  readonly definition: TableDefinition;
  /** By their key's text. */
  readonly items: Map<string, Item> = new Map<string, Item>();
  /** Of all items, as DynamoDB counts them. */
  bytes = 0;
  /** By index, whose name is empty for the table itself, and hash key. */
  readonly #partitions = new Map<string, Map<string, Partition>>();

  constructor(definition: TableDefinition) {
    this.definition = definition;
  }

  put(item: Item): void {
    const key = keyText(item, this.definition.key);
    if (key === undefined) return;
    this.#remove(key);
    this.items.set(key, item);
    this.bytes += itemBytes(item);
    for (const [of, partition] of this.#partitionsOf(item)) {
      const items = of.get(partition)?.items ?? new Map<string, Item>();
      items.set(key, item);
      of.set(partition, { items, sorted: undefined });
    }
  }

  delete(keyItem: Item): void {
    const key = keyText(keyItem, this.definition.key);
    if (key !== undefined) this.#remove(key);
  }

  #remove(key: string): void {
    const old = this.items.get(key);
    if (old === undefined) return;
    this.items.delete(key);
    this.bytes -= itemBytes(old);
    for (const [of, name] of this.#partitionsOf(old)) {
      const partition = of.get(name);
      partition?.items.delete(key);
      if (partition === undefined || partition.items.size === 0) of.delete(name);
      else partition.sorted = undefined;
    }
  }

  /** Where an item stands: in the table, and in each index whose key it has. */
  *#partitionsOf(item: Item): Iterable<readonly [Map<string, Partition>, string]> {
    const { key, indexes } = this.definition;
    for (const { name, key: schema } of [{ name: '', key }, ...indexes]) {
      const hash = ownValue(item, schema.hash.name);
      if (hash === undefined || keyText(item, schema) === undefined) continue;
      const of = this.#partitions.get(name) ?? new Map<string, Partition>();
      this.#partitions.set(name, of);
      yield [of, JSON.stringify(hash)];
    }
  }

  /** Items under a hash key, in the order of the range key, and where that is the same in the order of the table's key. */
  partition(index: string, schema: KeySchema, hash: AttributeValue): readonly Item[] {
    const partition = this.#partitions.get(index)?.get(JSON.stringify(hash));
    if (partition === undefined) return [];
    return (partition.sorted ??= [...partition.items.values()].sort(
      (a, b) => compareBy(a, b, schema.range) || compareByKey(a, b, this.definition.key),
    ));
  }
}

/** Compares two items of one partition by the key of their table. */
export function compareByKey(a: Item, b: Item, { hash, range }: KeySchema): number {
  return compareBy(a, b, hash) || compareBy(a, b, range);
}

/** Compares two items by one attribute. */
export function compareBy(a: Item, b: Item, element: KeyElement | undefined): number {
  if (element === undefined) return 0;
  const [left, right] = [ownValue(a, element.name), ownValue(b, element.name)];
  return left === undefined || right === undefined ? 0 : (compareValues(left, right) ?? 0);
}

/** An attribute of an item's own. */
export function ownValue(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** A text that two items share only where they have the same key; undefined where an attribute of it is missing. */
export function keyText(item: Item, { hash, range }: KeySchema): string | undefined {
  const values = [hash, ...(range === undefined ? [] : [range])].map(({ name }) => ownValue(item, name));
  return values.includes(undefined) ? undefined : JSON.stringify(values);
}

/** The attributes of an item that are its keys. */
export function keyOf(item: Item, ...schemas: readonly KeySchema[]): Item {
  const names = schemas.flatMap(({ hash, range }) => [
    hash.name,
    ...(range === undefined ? [] : [range.name]),
  ]);
  return Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const value = ownValue(item, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
