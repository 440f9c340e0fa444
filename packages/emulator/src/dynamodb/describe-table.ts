import { itemBytes } from './attribute-value.js';
import type { DynamoDbContext } from './dynamodb-context.js';
import { keyText, type KeySchema, type Table } from './table.js';

/** A table as its actions tell of it. */
export function described(key: string, table: Table, { request }: DynamoDbContext): object {
  const { definition, items, bytes } = table;
  const { key: schema, indexes, billing, throughput: units, createdAt, id } = definition;
  const [region = '', name = ''] = key.split('/');
  const arn = `arn:aws:dynamodb:${region}:${request.accountId}:table/${name}`;
  const elements = new Map(
    [schema, ...indexes.map(({ key: of }) => of)].flatMap(({ hash, range }) =>
      [hash, ...(range === undefined ? [] : [range])].map((element) => [element.name, element] as const),
    ),
  );
  const ProvisionedThroughput = {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: units.read,
    WriteCapacityUnits: units.write,
  };
  const createdSeconds = createdAt / 1000;
  return {
    AttributeDefinitions: [...elements.values()].map(({ name: AttributeName, type }) => ({
      AttributeName,
      AttributeType: type,
    })),
    TableName: name,
    KeySchema: shownKey(schema),
    TableStatus: 'ACTIVE',
    CreationDateTime: createdSeconds,
    ProvisionedThroughput,
    TableSizeBytes: bytes,
    ItemCount: items.size,
    TableArn: arn,
    TableId: id,
    ...(billing === 'PROVISIONED'
      ? {}
      : { BillingModeSummary: { BillingMode: billing, LastUpdateToPayPerRequestDateTime: createdSeconds } }),
    DeletionProtectionEnabled: false,
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(({ name: IndexName, key: of, projection, included }) => {
            const within = [...items.values()].filter((item) => keyText(item, of) !== undefined);
            return {
              IndexName,
              KeySchema: shownKey(of),
              Projection: {
                ProjectionType: projection,
                ...(included.length === 0 ? {} : { NonKeyAttributes: included }),
              },
              IndexStatus: 'ACTIVE',
              ProvisionedThroughput,
              IndexSizeBytes: within.reduce((sum, item) => sum + itemBytes(item), 0),
              ItemCount: within.length,
              IndexArn: `${arn}/index/${IndexName}`,
            };
          }),
        }),
  };
}

function shownKey({ hash, range }: KeySchema): readonly object[] {
  return [
    { AttributeName: hash.name, KeyType: 'HASH' },
    ...(range === undefined ? [] : [{ AttributeName: range.name, KeyType: 'RANGE' }]),
  ];
}
