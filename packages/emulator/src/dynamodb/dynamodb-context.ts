import type { Clock } from '@store/foundation';
import type { KeyedTurns } from '../keyed-turns.js';
import type { RequestContext } from '../wire/request-context.js';
import { readValue, type AttributeValue, type Item } from './attribute-value.js';
import type { DynamoDbEntry, DynamoDbState } from './dynamodb-state.js';
import { dynamodbLimits, invalid, notServed, tableNotFound } from './dynamodb-errors.js';
import { keyOf, ownValue, type KeyElement, type KeySchema, type Table } from './table.js';

/** What an action may use. */
export interface DynamoDbContext {
  readonly state: DynamoDbState;
  /** Resolves once the entry is on disk and part of the state. */
  readonly commit: (entry: DynamoDbEntry) => Promise<void>;
  /** Changes of each table and of each item. */
  readonly turns: KeyedTurns;
  readonly clock: Clock;
  readonly request: RequestContext;
}

/** Under what the state keeps a table of the request's region; the ARN of one will do for its name. */
export function tableKey(name: string, { request }: DynamoDbContext): string {
  const [, region = '', account, own = ''] =
    /^arn:aws[\w-]*:dynamodb:([\w-]+):(\d{12}):table\/([^/]+)$/.exec(name) ?? [];
  if (own === '') return `${request.region}/${name}`;
  if (account !== request.accountId) throw tableNotFound();
  return `${region}/${own}`;
}

/** The table of a request. */
export function tableOf(
  name: string,
  context: DynamoDbContext,
): { readonly key: string; readonly table: Table } {
  const key = tableKey(name, context);
  const table = context.state.tables.get(key);
  if (table === undefined) throw tableNotFound();
  return { key, table };
}

/** Reads the `Key` of a request, which holds the table's key and nothing else. */
export function readKey(given: Readonly<Record<string, unknown>>, table: Table): Item {
  const item = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readValue(value)]));
  const { key } = table.definition;
  const own = keyOf(item, key);
  const wanted = key.range === undefined ? 1 : 2;
  const fits =
    Object.keys(item).length === wanted &&
    elementsOf(key).every(({ name, type }) => isOfType(own, name, type));
  if (!fits) throw invalid('The provided key element does not match the schema');
  checkKeyValues(own, key);
  return own;
}

function isOfType(item: Item, name: string, type: string): boolean {
  const value = ownValue(item, name);
  return value !== undefined && type in value;
}

/** The attributes of a key. */
export function elementsOf({ hash, range }: KeySchema): readonly KeyElement[] {
  return range === undefined ? [hash] : [hash, range];
}

/** Refuses an item that is not of its table: keys that are missing, of another type, empty or too long. */
export function checkItemKeys(item: Item, { definition: { key, indexes } }: Table): void {
  for (const { name, type } of elementsOf(key)) {
    const value = ownValue(item, name);
    if (value === undefined) throw parameter(`Missing the key ${name} in the item`);
    if (!(type in value))
      throw parameter(`Type mismatch for key ${name} expected: ${type} actual: ${typeIn(value)}`);
  }
  checkKeyValues(item, key);
  for (const { name: index, key: schema } of indexes) {
    for (const { name, type } of elementsOf(schema)) {
      const value = ownValue(item, name);
      if (value === undefined) continue;
      if (!(type in value)) {
        throw parameter(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeIn(value)} IndexName: ${index}`,
        );
      }
      if (!isEmpty(value)) continue;
      throw invalid(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${emptyWord(value)} value. IndexName: ${index}, IndexKey: ${name}`,
      );
    }
  }
}

function checkKeyValues(item: Item, { hash, range }: KeySchema): void {
  for (const element of [hash, range]) {
    const value = element === undefined ? undefined : ownValue(item, element.name);
    if (element === undefined || value === undefined) continue;
    if (isEmpty(value)) {
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${emptyWord(value)} value. Key: ${element.name}`,
      );
    }
    const bytes =
      'S' in value ? Buffer.byteLength(value.S) : 'B' in value ? Buffer.byteLength(value.B, 'base64') : 0;
    if (element === hash && bytes > dynamodbLimits.hashKeyBytes) {
      throw parameter(
        `Size of hashkey has exceeded the maximum size limit of ${dynamodbLimits.hashKeyBytes} bytes`,
      );
    }
    if (element === range && bytes > dynamodbLimits.rangeKeyBytes) {
      throw parameter(
        `Aggregated size of all range keys has exceeded the size limit of ${dynamodbLimits.rangeKeyBytes} bytes`,
      );
    }
  }
}

const isEmpty = (value: AttributeValue): boolean =>
  ('S' in value && value.S === '') || ('B' in value && value.B === '');
const emptyWord = (value: AttributeValue): string => ('B' in value ? 'binary' : 'string');
const typeIn = (value: AttributeValue): string => Object.keys(value)[0] ?? '';

/** An error about a parameter, in the words that DynamoDB begins most of them with. */
export const parameter = (message: string): Error =>
  invalid(`One or more parameter values were invalid: ${message}`);

/** Refuses parameters that AWS serves and this endpoint does not, by their names. */
export function refuseParameters(input: object, instead: Readonly<Record<string, string>>): void {
  for (const [name, advice] of Object.entries(instead)) {
    if (Reflect.get(input, name) !== undefined) throw notServed(`The parameter ${name}`, advice);
  }
}

/** What a call consumed, where the caller asks for it: units of 4 KB for reads, of 1 KB for writes. */
export function consumed(
  { ReturnConsumedCapacity: wanted }: { readonly ReturnConsumedCapacity?: string },
  TableName: string,
  CapacityUnits: number,
): { readonly ConsumedCapacity?: object } {
  if (wanted === undefined || wanted === 'NONE') return {};
  return { ConsumedCapacity: { TableName, CapacityUnits } };
}
