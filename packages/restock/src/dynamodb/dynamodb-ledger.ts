import { checkOptions, required, text, systemClock, wait, type OptionRules } from '@store/foundation';
import { byAge, createLedger, ledgerRules, type LedgerOptions } from '../create-ledger.js';
import { stateIndex } from './ledger-table.js';
import { entryOf, itemOf, optionalAttributes, type Item } from './ledger-item.js';
import { checkInput, invalidOption, RestockError, unknownRequest } from '../errors.js';
import type { LedgerEntry, RestockLedger, RestockState } from '../ledger.js';

/** A call that writes one item on condition. */
export interface ConditionalCall {
  /** Table of the item. */
  readonly TableName: string;
  /** What must hold of the item that is there. */
  readonly ConditionExpression: string;
  /** Attributes behind the `#` words of the expressions. */
  readonly ExpressionAttributeNames: Record<string, string>;
  /** A refusal tells what is there. */
  readonly ReturnValuesOnConditionCheckFailure: 'ALL_OLD';
}

/** The five calls of DynamoDB that a ledger takes: `new DynamoDB({})` of `@aws-sdk/client-dynamodb` is such a client. */
export interface DynamoDbClient {
  /** Writes an item whole. */
  putItem(input: ConditionalCall & { readonly Item: Record<string, Item[string]> }): Promise<unknown>;
  /** Writes attributes of an item, and makes it where it is not there. */
  updateItem(
    input: ConditionalCall & {
      readonly Key: Record<string, Item[string]>;
      readonly UpdateExpression: string;
      readonly ExpressionAttributeValues: Record<string, Item[string]>;
    },
  ): Promise<unknown>;
  /** Returns one item. */
  getItem(input: {
    readonly TableName: string;
    readonly Key: Record<string, Item[string]>;
    readonly ConsistentRead: true;
  }): Promise<{ readonly Item?: Readonly<Record<string, unknown>> | undefined }>;
  /** Returns up to 100 items. */
  batchGetItem(input: {
    readonly RequestItems: Record<string, { Keys: Record<string, Item[string]>[]; ConsistentRead: true }>;
  }): Promise<{
    readonly Responses?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> | undefined;
    readonly UnprocessedKeys?: Readonly<Record<string, unknown>> | undefined;
  }>;
  /** Returns one page of the items that an index has under a key. */
  query(input: {
    readonly TableName: string;
    readonly IndexName: string;
    readonly KeyConditionExpression: string;
    readonly ExpressionAttributeNames: Record<string, string>;
    readonly ExpressionAttributeValues: Record<string, Item[string]>;
    readonly ExclusiveStartKey?: Record<string, never>;
  }): Promise<{
    readonly Items?: readonly Readonly<Record<string, unknown>>[] | undefined;
    readonly LastEvaluatedKey?: unknown;
  }>;
}

/** Where the entries lie. */
export interface DynamoDbLedgerOptions extends LedgerOptions {
  /** Name of a table as {@link ledgerTable} describes it. */
  readonly tableName: string;
}

const rules: OptionRules<DynamoDbLedgerOptions> = { ...ledgerRules, tableName: required(text()) };

/** Keys of one BatchGetItem (API_BatchGetItem, 2026). */
const keysPerBatch = 100;
/** Bytes of a key (ServiceQuotas, "Partition keys and sort keys", 2026): under a longer id there is nothing. */
const keyBytes = 2048;
/** Bytes of an item, names of its attributes included (Constraints, "Items", 2026). */
const itemBytes = 409_600;
/** Answers in a row that get to no key, within 15 seconds. The client tries calls that fail again by itself. */
const emptyAnswers = 10;

/**
 * Creates a ledger in a DynamoDB table. A planner needs the actions PutItem, UpdateItem and BatchGetItem on it, the truck
 * side UpdateItem and GetItem, and who lists open requests Query on its index; none needs Scan.
 *
 * @example
 * ```ts
 * import { DynamoDB } from '@aws-sdk/client-dynamodb';
 * import { createDynamoDbLedger, ledgerTable } from '@store/restock/dynamodb';
 *
 * export async function openLedger(tableName: string) {
 *   const dynamodb = new DynamoDB({});
 *   await dynamodb.createTable(ledgerTable(tableName));
 *   return createDynamoDbLedger(dynamodb, { tableName });
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function createDynamoDbLedger(
  dynamodb: DynamoDbClient,
  options: DynamoDbLedgerOptions,
): RestockLedger {
  checkInput('dynamodb', dynamodb, 'dynamodb');
  checkOptions(options, rules, invalidOption);
  const { tableName: TableName, ...ledgerOptions } = options;
  const { clock = systemClock } = options;

  const get = async (id: string): Promise<LedgerEntry | undefined> => {
    if (!isKey(id)) return undefined;
    const { Item: item } = await dynamodb.getItem({ TableName, Key: keyOf(id), ConsistentRead: true });
    return item === undefined ? undefined : entryOf(item);
  };

  async function readBatch(ids: readonly string[], into: Map<string, LedgerEntry>): Promise<void> {
    let open = ids;
    for (let empty = 0; ;) {
      const Keys = open.map(keyOf);
      const answer = await dynamodb.batchGetItem({
        RequestItems: { [TableName]: { Keys, ConsistentRead: true } },
      });
      const items = answer.Responses?.[TableName] ?? [];
      for (const entry of items.map(entryOf)) into.set(entry.request_id, entry);
      // What is not there is in neither list.
      const left = unprocessedIds(answer.UnprocessedKeys?.[TableName]);
      if (left.length === 0) return;
      empty = left.length < open.length ? 0 : empty + 1;
      if (empty === emptyAnswers) {
        throw new RestockError(
          'LEDGER_BUSY',
          `DynamoDB read none of ${left.length} requests in ${emptyAnswers} answers.`,
        );
      }
      open = left;
      await wait(clock, Math.min(3000, 50 * 2 ** empty));
    }
  }

  return createLedger(
    {
      get,
      async read(given) {
        const found = new Map<string, LedgerEntry>();
        const ids = given.filter(isKey);
        for (let at = 0; at < ids.length; at += keysPerBatch) {
          await readBatch(ids.slice(at, at + keysPerBatch), found);
        }
        return found;
      },
      async write(entry) {
        checkSize(entry);
        try {
          if (entry.version === 1 && entry.state === 'asked') await dynamodb.putItem(putOf(TableName, entry));
          else await dynamodb.updateItem(updateOf(TableName, entry));
          return undefined;
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
          const there: unknown = Reflect.get(error, 'Item');
          if (typeof there === 'object' && there !== null) return entryOf({ ...there });
          // An endpoint that does not tell, or an item that was there and is gone.
          const found = await get(entry.request_id);
          if (found !== undefined) return found;
          if (entry.version === 1) return this.write(entry);
          throw unknownRequest(entry.request_id);
        }
      },
      async list(state) {
        const entries: LedgerEntry[] = [];
        let from: unknown;
        do {
          const page = await dynamodb.query(queryOf(TableName, state, from));
          entries.push(...(page.Items ?? []).map(entryOf));
          from = page.LastEvaluatedKey;
        } while (from !== undefined);
        return entries.sort(byAge);
      },
    },
    ledgerOptions,
  );
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const isKey = (id: string): boolean => bytesOf(id) <= keyBytes;

/** Throws where DynamoDB would refuse an item for what is in it: by an error that says nothing of which one. */
function checkSize(entry: LedgerEntry): void {
  const { request_id: requestId } = entry;
  const bytes = Object.entries(itemOf(entry)).reduce(
    (sum, [name, value]) => sum + bytesOf(name) + bytesOf('S' in value ? value.S : value.N),
    0,
  );
  if (isKey(requestId) && bytes <= itemBytes) return;
  const why = isKey(requestId)
    ? `it takes ${bytes} bytes, and an item of DynamoDB at most ${itemBytes}`
    : `its id takes ${bytesOf(requestId)} bytes, and a key of DynamoDB at most ${keyBytes}`;
  throw new RestockError(
    'REQUEST_TOO_LARGE',
    `The ledger cannot hold the request ${requestId.slice(0, 200)}: ${why}.`,
    { requestId },
  );
}

const keyOf = (id: string): Record<string, Item[string]> => ({ request_id: { S: id } });

const absent = {
  ConditionExpression: 'attribute_not_exists(#request_id)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
} as const;

function putOf(TableName: string, entry: LedgerEntry): Parameters<DynamoDbClient['putItem']>[0] {
  return {
    TableName,
    Item: { ...itemOf(entry) },
    ...absent,
    ExpressionAttributeNames: { '#request_id': 'request_id' },
  };
}

/** The whole entry, on condition that the version before it is there, or none where it is the first. */
function updateOf(TableName: string, entry: LedgerEntry): Parameters<DynamoDbClient['updateItem']>[0] {
  const { request_id: key, ...item } = itemOf(entry);
  const first = entry.version === 1;
  const set = Object.keys(item);
  const remove = first ? [] : optionalAttributes.filter((name) => item[name] === undefined);
  const names = Object.fromEntries([...set, ...remove].map((name) => [`#${name}`, name]));
  const values = Object.fromEntries(Object.entries(item).map(([name, value]) => [`:${name}`, value]));
  return {
    TableName,
    Key: { request_id: key ?? { S: entry.request_id } },
    UpdateExpression: `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}${
      remove.length === 0 ? '' : ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}`
    }`,
    ...(first ? absent : { ...absent, ConditionExpression: '#version = :before' }),
    ExpressionAttributeNames: first ? { ...names, '#request_id': 'request_id' } : names,
    ExpressionAttributeValues: first ? values : { ...values, ':before': { N: String(entry.version - 1) } },
  };
}

function queryOf(
  TableName: string,
  state: RestockState,
  from: unknown,
): Parameters<DynamoDbClient['query']>[0] {
  return {
    TableName,
    IndexName: stateIndex,
    KeyConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': { S: state } },
    // What the page before has answered, as it came.
    ...(from === undefined ? {} : { ExclusiveStartKey: from as Record<string, never> }),
  };
}

/** Ids of the keys that a batch did not get to. */
function unprocessedIds(rest: unknown): readonly string[] {
  const keys: unknown = typeof rest === 'object' && rest !== null ? Reflect.get(rest, 'Keys') : undefined;
  // The keys of this very call come back as they were sent.
  return Array.isArray(keys)
    ? (keys as { request_id: { S: string } }[]).map(({ request_id }) => request_id.S)
    : [];
}
