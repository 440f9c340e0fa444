import { nearestNames } from '@store/foundation';
import { eventDayPartitioning, eventHourPartitioning } from '@store/schema';
import { wrong } from '../errors.js';
import type { ExtraType, OwnWorld } from './world-file.js';

/** Columns that the table has besides those of its events. */
const partitionKeys: readonly string[] = [eventHourPartitioning.key, eventDayPartitioning.key];

/** Fields that `from` may name, besides facts. */
const fields = [
  ...['store_id', 'store_name', 'timeZone', 'currency', 'language', 'cluster'].map(
    (field) => `store.${field}`,
  ),
  ...['city', 'region', 'country', 'latitude', 'longitude'].map((field) => `store.location.${field}`),
  ...['product_id', 'product_name', 'category', 'packUnits', 'shelfLifeDays', 'launched', 'withdrawn'].map(
    (field) => `product.${field}`,
  ),
];

/** Checks declared columns, as far as this can be told without the stores and products of a world. @throws WorldError */
export function checkExtra({ extra, stores, products }: OwnWorld): void {
  const seen = new Set<string>();
  for (const [n, { name, type, from, value }] of (extra ?? []).entries()) {
    const at = `extra[${n}]`;
    if (seen.has(name))
      throw wrong(`${at}.name`, name, `'${name}' appears twice; each column may appear once.`);
    seen.add(name);
    if (name in Object.prototype) {
      throw wrong(`${at}.name`, name, `every object of JavaScript has '${name}' already; take another name.`);
    }
    if (partitionKeys.includes(name)) {
      throw wrong(`${at}.name`, name, `'${name}' is a partition key of the table; take another name.`);
    }
    if ((from === undefined) === (value === undefined)) {
      throw wrong(at, name, 'give either `from`, a field of the store or product, or `value`.');
    }
    if (value !== undefined && !isOfType(value, type)) throw wrong(`${at}.value`, value, isNo(type, value));
    if (from !== undefined && !fields.includes(from) && !isFact(from, stores, products)) {
      const [nearest] = nearestNames(from, fields);
      const hint =
        nearest === undefined ? `Fields are ${fields.join(', ')} and facts.` : `Did you mean '${nearest}'?`;
      throw wrong(`${at}.from`, from, `no field '${from}'. ${hint}`);
    }
  }
}

/** Whether some store or product has a fact of this name. */
function isFact(from: string, stores: OwnWorld['stores'], products: OwnWorld['products']): boolean {
  const [owner, list, fact = ''] = from.split('.');
  const owners = owner === 'store' ? stores : products;
  if (list !== 'facts' || typeof owners !== 'object') return false;
  return owners.some(({ facts = {} }) => Object.hasOwn(facts, fact));
}

/** Whether a column of a type may hold a value; any may be null. */
export function isOfType(value: unknown, type: ExtraType): boolean {
  if (value === null) return true;
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
      return typeof value === 'number' && (value | 0) === value;
    case 'bigint':
      return Number.isSafeInteger(value);
    case 'double':
      return Number.isFinite(value);
  }
}

/** Says that a value is not of a column's type, and which type it has. */
export function isNo(type: ExtraType, value: unknown, from?: string): string {
  const all: readonly ExtraType[] = ['int', 'bigint', 'double', 'boolean', 'string'];
  const fitting = all.find((other) => isOfType(value, other));
  const fix =
    fitting === undefined
      ? 'Take another field.'
      : `Write "type": "${fitting}", or give another ${from === undefined ? 'value' : 'field'}.`;
  return `${from ?? 'the value'} is ${JSON.stringify(value)}, which is no ${type}. ${fix}`;
}
