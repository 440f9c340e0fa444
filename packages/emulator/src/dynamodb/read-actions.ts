import { action, type Actions } from '../wire/service-entry.js';
import { any, boolean, list, map, oneOf, structure, text, type InputOf } from '../wire/shape.js';
import { itemBytes, type Item } from './attribute-value.js';
import { consumed, readKey, refuseParameters, tableOf, type DynamoDbContext } from './dynamodb-context.js';
import { dynamodbLimits, invalid } from './dynamodb-errors.js';
import { readExpression, type Path } from './expression-reader.js';
import { expressionScope } from './expression-scope.js';
import { projected, readProjection } from './projection.js';
import { keyText } from './table.js';

const read = {
  ConsistentRead: boolean,
  ProjectionExpression: text(),
  ExpressionAttributeNames: map(text()),
  AttributesToGet: any,
};
const capacity = oneOf('INDEXES', 'TOTAL', 'NONE');
const getItem = structure(
  { ...read, TableName: text(1, 1024), Key: map(any), ReturnConsumedCapacity: capacity },
  ['TableName', 'Key'],
);
const keysAndAttributes = structure({ ...read, Keys: list(map(any), 1) }, ['Keys']);
const batchGetItem = structure(
  { RequestItems: map(keysAndAttributes, text(1, 1024)), ReturnConsumedCapacity: capacity },
  ['RequestItems'],
);

/** Actions that read items by their keys. */
export const readActions: Actions<DynamoDbContext> = new Map([
  ['GetItem', action(getItem, get)],
  ['BatchGetItem', action(batchGetItem, getBatch)],
]);

const legacy = { AttributesToGet: 'write a ProjectionExpression' };

/** The paths that a request asks for; undefined where it asks for whole items. */
export function pathsOf(
  input: { readonly ProjectionExpression?: string } & Parameters<typeof expressionScope>[0],
): readonly Path[] | undefined {
  const { ProjectionExpression } = input;
  const scope = expressionScope(input, { ProjectionExpression });
  const paths =
    ProjectionExpression === undefined
      ? undefined
      : readProjection(readExpression('ProjectionExpression', ProjectionExpression, scope));
  scope.checkUsed();
  return paths;
}

/** Units that a read of this many bytes takes. */
export const readUnits = (bytes: number, consistent = false): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);

function get(input: InputOf<typeof getItem>, context: DynamoDbContext): unknown {
  refuseParameters(input, legacy);
  const paths = pathsOf(input);
  const { table } = tableOf(input.TableName, context);
  const key = readKey(input.Key, table);
  const item = table.items.get(keyText(key, table.definition.key) ?? '');
  const units = readUnits(itemBytes(item ?? {}), input.ConsistentRead);
  return {
    ...(item === undefined ? {} : { Item: paths === undefined ? item : projected(item, paths) }),
    ...consumed(input, input.TableName, units),
  };
}

function getBatch(input: InputOf<typeof batchGetItem>, context: DynamoDbContext): unknown {
  const requests = Object.entries(input.RequestItems);
  const count = requests.reduce((sum, [, { Keys }]) => sum + Keys.length, 0);
  if (count === 0) throw invalid('The requestItems parameter is required for BatchGetItem');
  if (count > dynamodbLimits.batchKeys) throw invalid('Too many items requested for the BatchGetItem call');
  let bytes = 0;
  // Maps: `__proto__` may be the name of a table.
  const responses = new Map<string, Item[]>();
  const unprocessed = new Map<string, object>();
  const ConsumedCapacity: object[] = [];
  for (const [name, request] of requests) {
    refuseParameters(request, legacy);
    const paths = pathsOf(request);
    const { table } = tableOf(name, context);
    const keys = request.Keys.map((key) => readKey(key, table));
    const ids = keys.map((key) => keyText(key, table.definition.key) ?? '');
    if (new Set(ids).size < ids.length) throw invalid('Provided list of item keys contains duplicates');
    const found: Item[] = [];
    const left: unknown[] = [];
    let units = 0;
    for (const [index, id] of ids.entries()) {
      const item = table.items.get(id);
      if (bytes >= dynamodbLimits.batchBytes) {
        left.push(request.Keys[index]);
        continue;
      }
      bytes += itemBytes(item ?? {});
      units += readUnits(itemBytes(item ?? {}), request.ConsistentRead);
      if (item !== undefined) found.push(paths === undefined ? item : projected(item, paths));
    }
    responses.set(name, found);
    if (left.length > 0) unprocessed.set(name, { ...request, Keys: left });
    const { ConsumedCapacity: one } = consumed(input, name, units);
    if (one !== undefined) ConsumedCapacity.push(one);
  }
  return {
    Responses: Object.fromEntries(responses),
    UnprocessedKeys: Object.fromEntries(unprocessed),
    ...(ConsumedCapacity.length === 0 ? {} : { ConsumedCapacity }),
  };
}
