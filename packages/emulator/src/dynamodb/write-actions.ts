import { action, type Actions } from '../wire/service-entry.js';
import { any, map, oneOf, structure, text, type InputOf } from '../wire/shape.js';
import { itemBytes, readItem, type Item } from './attribute-value.js';
import { readCondition, type Condition } from './condition.js';
import {
  checkItemKeys,
  consumed,
  parameter,
  readKey,
  refuseParameters,
  tableOf,
  type DynamoDbContext,
} from './dynamodb-context.js';
import { ConditionFailed, dynamodbLimits, invalid } from './dynamodb-errors.js';
import { readExpression, type Path } from './expression-reader.js';
import { expressionScope, type ExpressionScope } from './expression-scope.js';
import { projected } from './projection.js';
import { keyOf, keyText, type Table } from './table.js';
import { readUpdate, type Update } from './update.js';

const written = {
  TableName: text(1, 1024),
  ConditionExpression: text(),
  ExpressionAttributeNames: map(text()),
  ExpressionAttributeValues: map(any),
  ReturnValues: oneOf('NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'),
  ReturnConsumedCapacity: oneOf('INDEXES', 'TOTAL', 'NONE'),
  ReturnItemCollectionMetrics: oneOf('SIZE', 'NONE'),
  ReturnValuesOnConditionCheckFailure: oneOf('ALL_OLD', 'NONE'),
  Expected: any,
  ConditionalOperator: any,
};
const putItem = structure({ ...written, Item: map(any) }, ['TableName', 'Item']);
const deleteItem = structure({ ...written, Key: map(any) }, ['TableName', 'Key']);
const updateItem = structure({ ...written, Key: map(any), UpdateExpression: text(), AttributeUpdates: any }, [
  'TableName',
  'Key',
]);

/** Actions that write one item. */
export const writeActions: Actions<DynamoDbContext> = new Map([
  ['PutItem', action(putItem, put)],
  ['UpdateItem', action(updateItem, update)],
  ['DeleteItem', action(deleteItem, remove)],
]);

type Written = Omit<InputOf<typeof putItem>, 'Item'>;

const legacy = {
  Expected: 'write a ConditionExpression',
  ConditionalOperator: 'write a ConditionExpression',
  AttributeUpdates: 'write an UpdateExpression',
};

function conditionOf({ ConditionExpression: condition }: Written, scope: ExpressionScope): Condition {
  return condition === undefined
    ? () => true
    : readCondition(readExpression('ConditionExpression', condition, scope));
}

async function put(input: InputOf<typeof putItem>, context: DynamoDbContext): Promise<unknown> {
  refuseParameters(input, legacy);
  checkReturn(input, 'NONE', 'ALL_OLD');
  const { ConditionExpression } = input;
  const scope = expressionScope(input, { ConditionExpression });
  const condition = conditionOf(input, scope);
  scope.checkUsed();
  const item = readItem(input.Item);
  const { table } = tableOf(input.TableName, context);
  checkItemKeys(item, table);
  if (itemBytes(item) > dynamodbLimits.itemBytes)
    throw invalid('Item size has exceeded the maximum allowed size');
  return write(input, context, keyOf(item, table.definition.key), condition, () => item);
}

async function remove(input: InputOf<typeof deleteItem>, context: DynamoDbContext): Promise<unknown> {
  refuseParameters(input, legacy);
  checkReturn(input, 'NONE', 'ALL_OLD');
  const { ConditionExpression } = input;
  const scope = expressionScope(input, { ConditionExpression });
  const condition = conditionOf(input, scope);
  scope.checkUsed();
  const { table } = tableOf(input.TableName, context);
  return write(input, context, readKey(input.Key, table), condition, () => undefined);
}

async function update(input: InputOf<typeof updateItem>, context: DynamoDbContext): Promise<unknown> {
  refuseParameters(input, legacy);
  const { UpdateExpression, ConditionExpression } = input;
  const scope = expressionScope(input, { UpdateExpression, ConditionExpression });
  const change: Update =
    UpdateExpression === undefined
      ? { paths: [], apply: (item) => item }
      : readUpdate(readExpression('UpdateExpression', UpdateExpression, scope));
  const condition = conditionOf(input, scope);
  scope.checkUsed();
  const { table } = tableOf(input.TableName, context);
  const key = readKey(input.Key, table);
  const keyPart = change.paths.find(([name]) => Object.hasOwn(key, name));
  if (keyPart !== undefined) {
    throw parameter(`Cannot update attribute ${keyPart[0]}. This attribute is part of the key`);
  }
  const updated = (old: Item | undefined): Item => {
    const item = change.apply(old ?? key);
    checkItemKeys(item, table);
    if (itemBytes(item) <= dynamodbLimits.itemBytes) return item;
    throw invalid('Item size to update has exceeded the maximum allowed size');
  };
  return write(input, context, key, condition, updated, change.paths);
}

function checkReturn({ ReturnValues: wanted = 'NONE' }: Written, ...allowed: readonly string[]): void {
  if (!allowed.includes(wanted)) throw invalid(`Return values set to invalid value: ${wanted}`);
}

/**
 * Writes what is made of the item that is there, if the condition holds for it. Writes of one item come one after the
 * other, so that each sees what the one before has left on the disk.
 */
async function write(
  input: Written,
  context: DynamoDbContext,
  key: Item,
  condition: Condition,
  next: (old: Item | undefined) => Item | undefined,
  paths: readonly Path[] = [],
): Promise<unknown> {
  const { key: name, table } = tableOf(input.TableName, context);
  const id = keyText(key, table.definition.key) ?? '';
  return context.turns.run(`${name} ${id}`, async () => {
    const old = currentTable(input, context, table).items.get(id);
    if (!condition(old)) {
      throw new ConditionFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? old : undefined);
    }
    const item = next(old);
    if (item !== undefined) await context.commit({ op: 'put', table: name, item });
    else if (old !== undefined) await context.commit({ op: 'delete', table: name, key });
    const bytes = Math.max(itemBytes(old ?? {}), itemBytes(item ?? {}), 1);
    return {
      ...returned(input, old, item, paths),
      ...consumed(input, input.TableName, Math.ceil(bytes / 1024)),
    };
  });
}

/** A table that was deleted and created again meanwhile is another one. */
function currentTable({ TableName: name }: Written, context: DynamoDbContext, table: Table): Table {
  const { table: now } = tableOf(name, context);
  if (now !== table) throw invalid('The table was created again while the item was being written');
  return now;
}

function returned(
  { ReturnValues: wanted = 'NONE' }: Written,
  old: Item | undefined,
  item: Item | undefined,
  paths: readonly Path[],
): object {
  const [when, which] = [wanted.endsWith('_OLD') ? old : item, wanted.startsWith('UPDATED')];
  if (wanted === 'NONE' || when === undefined) return {};
  const Attributes = which ? projected(when, paths) : when;
  return Object.keys(Attributes).length === 0 ? {} : { Attributes };
}
