import { action, type Actions } from '../wire/service-entry.js';
import { any, boolean, integer, map, oneOf, structure, text, type InputOf } from '../wire/shape.js';
import { itemBytes, readValue, type Item } from './attribute-value.js';
import { readCondition } from './condition.js';
import { consumed, elementsOf, refuseParameters, tableOf, type DynamoDbContext } from './dynamodb-context.js';
import { dynamodbLimits, invalid } from './dynamodb-errors.js';
import { readExpression, type Path } from './expression-reader.js';
import { expressionScope, type ExpressionScope } from './expression-scope.js';
import { readKeyCondition } from './key-condition.js';
import { projected, readProjection } from './projection.js';
import { readUnits } from './read-actions.js';
import {
  compareBy,
  compareByKey,
  keyOf,
  ownValue,
  type IndexDefinition,
  type KeySchema,
  type Table,
} from './table.js';

const query = structure(
  {
    TableName: text(1, 1024),
    IndexName: text(3, 255, '[a-zA-Z0-9_.-]+'),
    Select: oneOf('ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'),
    Limit: integer(1),
    ConsistentRead: boolean,
    ScanIndexForward: boolean,
    ExclusiveStartKey: map(any),
    ReturnConsumedCapacity: oneOf('INDEXES', 'TOTAL', 'NONE'),
    KeyConditionExpression: text(),
    FilterExpression: text(),
    ProjectionExpression: text(),
    ExpressionAttributeNames: map(text()),
    ExpressionAttributeValues: map(any),
    AttributesToGet: any,
    KeyConditions: any,
    QueryFilter: any,
    ConditionalOperator: any,
  },
  ['TableName'],
);

type QueryInput = InputOf<typeof query>;

/** Query: the items under one key of a table or an index. */
export const queryActions: Actions<DynamoDbContext> = new Map([['Query', action(query, run)]]);

const legacy = {
  AttributesToGet: 'write a ProjectionExpression',
  KeyConditions: 'write a KeyConditionExpression',
  QueryFilter: 'write a FilterExpression',
  ConditionalOperator: 'write an expression',
};

function run(input: QueryInput, context: DynamoDbContext): unknown {
  refuseParameters(input, legacy);
  const { table } = tableOf(input.TableName, context);
  const index = indexOf(input, table);
  const schema = index?.key ?? table.definition.key;
  const plan = readPlan(input, schema);
  const partition = table
    .partition(index?.name ?? '', schema, plan.key.hash)
    .filter(
      (item) =>
        schema.range === undefined || plan.key.within(ownValue(item, schema.range.name) ?? { NULL: true }),
    );
  const forward = input.ScanIndexForward !== false;
  const ordered = forward ? partition : [...partition].reverse();
  const from = startOf(input, ordered, { schema, table: table.definition.key, forward });
  const items: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Item | undefined;
  for (let at = from; at < ordered.length; at += 1) {
    const item = ordered[at];
    if (item === undefined) break;
    if (scanned === input.Limit || bytes >= dynamodbLimits.pageBytes) {
      last = ordered[at - 1];
      break;
    }
    scanned += 1;
    bytes += itemBytes(item);
    const seen = index === undefined ? item : seenBy(index, table, item);
    if (plan.filter(seen)) items.push(plan.paths === undefined ? seen : projected(seen, plan.paths));
  }
  // Where a limit ends a page, DynamoDB does not look whether anything follows.
  if (last === undefined && scanned > 0 && scanned === input.Limit) last = ordered[from + scanned - 1];
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: items }),
    Count: items.length,
    ScannedCount: scanned,
    ...(last === undefined ? {} : { LastEvaluatedKey: keyOf(last, table.definition.key, schema) }),
    ...consumed(input, input.TableName, readUnits(bytes, input.ConsistentRead)),
  };
}

function indexOf(
  { IndexName: name, ConsistentRead, Select }: QueryInput,
  table: Table,
): IndexDefinition | undefined {
  if (name === undefined) {
    if (Select !== 'ALL_PROJECTED_ATTRIBUTES') return undefined;
    throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  const index = table.definition.indexes.find(({ name: own }) => own === name);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  if (ConsistentRead === true)
    throw invalid('Consistent reads are not supported on global secondary indexes');
  if (Select === 'ALL_ATTRIBUTES' && index.projection !== 'ALL') {
    throw invalid(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`,
    );
  }
  return index;
}

interface Plan {
  readonly key: ReturnType<typeof readKeyCondition>;
  readonly filter: (item: Item) => boolean;
  readonly paths: readonly Path[] | undefined;
}

function readPlan(input: QueryInput, schema: KeySchema): Plan {
  const { KeyConditionExpression, FilterExpression, ProjectionExpression, Select } = input;
  const scope = expressionScope(input, { FilterExpression, KeyConditionExpression, ProjectionExpression });
  if (KeyConditionExpression === undefined) {
    throw invalid(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const key = readKeyCondition(
    readExpression('KeyConditionExpression', KeyConditionExpression, scope),
    schema,
  );
  const filter = FilterExpression === undefined ? () => true : filterOf(FilterExpression, scope, schema);
  const paths =
    ProjectionExpression === undefined
      ? undefined
      : readProjection(readExpression('ProjectionExpression', ProjectionExpression, scope));
  scope.checkUsed();
  if (paths !== undefined && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES') {
    throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${Select}`);
  }
  if (Select === 'SPECIFIC_ATTRIBUTES' && paths === undefined) {
    throw invalid(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  return { key, filter, paths };
}

function filterOf(text: string, scope: ExpressionScope, schema: KeySchema): (item: Item) => boolean {
  const reader = readExpression('FilterExpression', text, scope);
  const keys = new Set(elementsOf(schema).map(({ name }) => name));
  const path = (): Path => {
    const found = reader.path();
    if (!keys.has(found[0])) return found;
    throw invalid(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${found[0]}`,
    );
  };
  return readCondition({ ...reader, path });
}

/** Where a page begins: behind the key that the page before ended with, whether that item is still there or not. */
function startOf(
  { ExclusiveStartKey: given }: QueryInput,
  ordered: readonly Item[],
  {
    schema,
    table,
    forward,
  }: { readonly schema: KeySchema; readonly table: KeySchema; readonly forward: boolean },
): number {
  if (given === undefined) return 0;
  const start = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readValue(value)]));
  const names = new Set([...elementsOf(schema), ...elementsOf(table)].map(({ name }) => name));
  const fits =
    [...names].every((name) => Object.hasOwn(start, name)) && Object.keys(start).length === names.size;
  if (!fits) throw invalid('The provided starting key is invalid');
  const factor = forward ? 1 : -1;
  const at = ordered.findIndex(
    (item) => factor * (compareBy(item, start, schema.range) || compareByKey(item, start, table)) > 0,
  );
  return at < 0 ? ordered.length : at;
}

/** An item as an index holds it. */
function seenBy({ key, projection, included }: IndexDefinition, { definition }: Table, item: Item): Item {
  if (projection === 'ALL') return item;
  const keys = keyOf(item, definition.key, key);
  return projection === 'KEYS_ONLY'
    ? keys
    : {
        ...keys,
        ...projected(
          item,
          included.map((name) => [name]),
        ),
      };
}
