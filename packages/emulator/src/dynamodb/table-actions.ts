import { randomUUID } from 'node:crypto';
import { ServiceError } from '../wire/service-error.js';
import { action, type Actions } from '../wire/service-entry.js';
import { any, integer, list, structure, text, type InputOf } from '../wire/shape.js';
import { tableNotFound } from './dynamodb-errors.js';
import { parameter, refuseParameters, tableKey, type DynamoDbContext } from './dynamodb-context.js';
import { described } from './describe-table.js';
import { indexDefinition, keyTypes, readKeySchema, schemaElements } from './read-table.js';
import type { KeySchema, Table, TableDefinition } from './table.js';

const attributeDefinition = structure({ AttributeName: text(), AttributeType: text() }, [
  'AttributeName',
  'AttributeType',
]);
const throughput = structure({ ReadCapacityUnits: integer(1), WriteCapacityUnits: integer(1) }, [
  'ReadCapacityUnits',
  'WriteCapacityUnits',
]);

const createTable = structure(
  {
    TableName: text(1, 1024),
    AttributeDefinitions: list(attributeDefinition),
    KeySchema: list(schemaElements, 1, 2),
    GlobalSecondaryIndexes: list(
      structure(
        {
          IndexName: text(3, 255, '[a-zA-Z0-9_.-]+'),
          KeySchema: list(schemaElements, 1),
          Projection: structure({ ProjectionType: text(), NonKeyAttributes: list(text(), 1, 20) }),
          ProvisionedThroughput: throughput,
          OnDemandThroughput: any,
          WarmThroughput: any,
        },
        ['IndexName', 'KeySchema', 'Projection'],
      ),
    ),
    BillingMode: text(),
    ProvisionedThroughput: throughput,
    LocalSecondaryIndexes: any,
    StreamSpecification: any,
    SSESpecification: any,
    Tags: any,
    TableClass: text(),
    DeletionProtectionEnabled: any,
    WarmThroughput: any,
    ResourcePolicy: any,
    OnDemandThroughput: any,
  },
  ['TableName'],
);

const tableName = structure({ TableName: text(1, 1024) }, ['TableName']);

/** Actions on tables as a whole. */
export const tableActions: Actions<DynamoDbContext> = new Map([
  ['CreateTable', action(createTable, create)],
  ['DescribeTable', action(tableName, describe)],
  ['DeleteTable', action(tableName, remove)],
  [
    'ListTables',
    action(
      structure({ ExclusiveStartTableName: text(3, 255, '[a-zA-Z0-9_.-]+'), Limit: integer(1, 100) }),
      listTables,
    ),
  ],
]);

async function create(input: InputOf<typeof createTable>, context: DynamoDbContext): Promise<unknown> {
  const { TableName: name, StreamSpecification: stream, SSESpecification: encryption, ...rest } = input;
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    throw parameter(
      'TableName must be at least 3 characters long and at most 255 characters long, of a-z, A-Z, 0-9, _, - and .',
    );
  }
  refuseParameters(
    {
      ...rest,
      StreamSpecification: isOn(stream, 'StreamEnabled'),
      SSESpecification: isOn(encryption, 'Enabled'),
    },
    {
      LocalSecondaryIndexes: 'use a global index',
      StreamSpecification: '',
      SSESpecification: 'files lie as they are',
      Tags: '',
      WarmThroughput: '',
      OnDemandThroughput: '',
      ResourcePolicy: '',
      ...(rest.TableClass === 'STANDARD' ? {} : { TableClass: 'leave it out' }),
      ...(rest.DeletionProtectionEnabled === false ? {} : { DeletionProtectionEnabled: 'leave it out' }),
    },
  );
  const definition = readDefinition(input, context);
  const key = tableKey(name, context);
  return context.turns.run(key, async () => {
    if (context.state.tables.has(key)) {
      throw new ServiceError('ResourceInUseException', `Table already exists: ${name}`);
    }
    await context.commit({ op: 'put-table', name: key, definition });
    return { TableDescription: described(key, tableNamed(key, context, name), context) };
  });
}

/** A specification that switches something on; undefined where it switches it off. */
function isOn(given: unknown, member: string): unknown {
  return typeof given === 'object' && given !== null && Reflect.get(given, member) === true
    ? given
    : undefined;
}

function readDefinition(input: InputOf<typeof createTable>, { clock }: DynamoDbContext): TableDefinition {
  const { AttributeDefinitions = [], KeySchema = [], GlobalSecondaryIndexes = [], BillingMode } = input;
  const { ProvisionedThroughput: units } = input;
  if (GlobalSecondaryIndexes.length > 20)
    throw parameter('GlobalSecondaryIndex count exceeds the per-table limit of 20');
  const types = keyTypes(AttributeDefinitions);
  const key = readKeySchema(KeySchema, types);
  const indexes = GlobalSecondaryIndexes.map((index) => indexDefinition(index, types));
  const names = indexes.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw parameter(`Duplicate index name: ${double}`);
  checkAllUsed([...types.keys()], [key, ...indexes.map(({ key: schema }) => schema)]);
  if (BillingMode !== undefined && BillingMode !== 'PROVISIONED' && BillingMode !== 'PAY_PER_REQUEST') {
    throw parameter(`BillingMode ${BillingMode} is neither PROVISIONED nor PAY_PER_REQUEST`);
  }
  const billing = BillingMode ?? 'PROVISIONED';
  if (billing === 'PAY_PER_REQUEST' && units !== undefined) {
    throw parameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (billing === 'PROVISIONED' && units === undefined) {
    throw parameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  return {
    key,
    indexes,
    billing,
    throughput: { read: units?.ReadCapacityUnits ?? 0, write: units?.WriteCapacityUnits ?? 0 },
    createdAt: clock.wallNow(),
    id: randomUUID(),
  };
}

function checkAllUsed(defined: readonly string[], schemas: readonly KeySchema[]): void {
  const used = new Set(
    schemas.flatMap(({ hash, range }) => [hash.name, ...(range === undefined ? [] : [range.name])]),
  );
  if (defined.every((name) => used.has(name))) return;
  if (schemas.length === 1) {
    throw parameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  throw parameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}

function tableNamed(key: string, { state }: DynamoDbContext, name: string): Table {
  const table = state.tables.get(key);
  if (table === undefined) throw tableNotFound(name);
  return table;
}

function describe({ TableName: name }: InputOf<typeof tableName>, context: DynamoDbContext): unknown {
  const key = tableKey(name, context);
  return { Table: described(key, tableNamed(key, context, name), context) };
}

async function remove(
  { TableName: name }: InputOf<typeof tableName>,
  context: DynamoDbContext,
): Promise<unknown> {
  const key = tableKey(name, context);
  return context.turns.run(key, async () => {
    const table = tableNamed(key, context, name);
    await context.commit({ op: 'drop-table', name: key });
    return { TableDescription: { ...described(key, table, context), TableStatus: 'DELETING' } };
  });
}

function listTables(
  {
    ExclusiveStartTableName: after = '',
    Limit: limit = 100,
  }: { readonly ExclusiveStartTableName?: string; readonly Limit?: number },
  { state, request }: DynamoDbContext,
): unknown {
  const prefix = `${request.region}/`;
  const names = [...state.tables.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter((name) => name > after)
    .sort();
  const page = names.slice(0, limit);
  return { TableNames: page, ...(names.length > page.length ? { LastEvaluatedTableName: page.at(-1) } : {}) };
}
