import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { glueCases, hostileExpressions, tableNameCases } from './glue-catalog.js';
import { expressionTables } from './glue-expressions.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(action: string, input: unknown): Promise<Answer> {
  const { status, text } = await served.json(`AWSGlue.${action}`, input);
  // Every answer of Glue is an object.
  return { status, body: JSON.parse(text) as Answer['body'] };
}

async function done(action: string, input: unknown): Promise<Answer['body']> {
  const { status, body } = await call(action, input);
  expect([status, body]).toEqual([200, body]);
  return body;
}

async function createTable(database: string, name: string, type?: string): Promise<void> {
  const TableInput = {
    Name: name,
    StorageDescriptor: { Columns: [{ Name: 'amount', Type: 'int' }], Location: `s3://lake/${name}/` },
    PartitionKeys: type === undefined ? [] : [{ Name: database === 'shop' ? 'day' : 'k', Type: type }],
  };
  await done('CreateTable', { DatabaseName: database, TableInput });
}

async function createPartitions(database: string, name: string, values: readonly string[]): Promise<void> {
  const PartitionInputList = values.map((value) => ({
    Values: [value],
    StorageDescriptor: { Columns: [{ Name: 'amount', Type: 'int' }], Location: `s3://lake/${name}/${value}` },
  }));
  const answer = await done('BatchCreatePartition', {
    DatabaseName: database,
    TableName: name,
    PartitionInputList,
  });
  expect(answer).toEqual({ Errors: [] });
}

/** Values of all partitions that a request gives, over all pages. */
async function valuesOf(input: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const values: string[] = [];
  let NextToken: unknown;
  do {
    const body = await done('GetPartitions', { ...input, NextToken });
    // What GetPartitions answers.
    values.push(
      ...(body.Partitions as readonly { Values: readonly string[] }[]).flatMap(({ Values }) => Values),
    );
    ({ NextToken } = body);
  } while (NextToken !== undefined);
  return values;
}

beforeAll(async () => {
  served = await serveEndpoint();
  for (const database of ['shop', 'typed'])
    await done('CreateDatabase', { DatabaseInput: { Name: database } });
  await createTable('shop', 'sales', 'int');
  for (const name of ['sales_eu', 'sales_us', 'stock']) await createTable('shop', name);
  await createPartitions('shop', 'sales', ['1', '2', '3', '4']);
  for (const [index, { type, values }] of expressionTables.entries()) {
    await createTable('typed', `t${index}`, type);
    await createPartitions('typed', `t${index}`, values);
  }
  await createTable('typed', 'many', 'int');
  await createPartitions(
    'typed',
    'many',
    Array.from({ length: 90 }, (_, index) => String(index)),
  );
});

afterAll(() => served.stop());

describe.each(expressionTables.map((table, index) => ({ ...table, index })))(
  'partitions by a key of type $type',
  ({ index, cases }) => {
    test.each(cases)('%s', async (Expression, wanted) => {
      const input = { DatabaseName: 'typed', TableName: `t${index}`, Expression };
      if (!('code' in wanted)) {
        expect(await valuesOf(input)).toEqual(wanted);
        return;
      }
      const { status, body } = await call('GetPartitions', input);
      expect([status, body]).toEqual([400, { __type: wanted.code, message: wanted.message }]);
    });
  },
);

test('a partition whose value is not of its key’s type is named, not passed over', async () => {
  await createTable('typed', 'changed', 'int');
  await createPartitions('typed', 'changed', ['int']);
  const { status, body } = await call('GetPartitions', {
    DatabaseName: 'typed',
    TableName: 'changed',
    Expression: 'k = 2',
  });
  expect([status, body]).toEqual([
    400,
    { __type: 'InvalidStateException', message: '"int" is not an integer.' },
  ]);
});

test.each([1, 2, 3, 10])(
  '%i segments are disjoint and together complete, with an expression and pages',
  async (TotalSegments) => {
    const found: (readonly string[])[] = [];
    for (let SegmentNumber = 0; SegmentNumber < TotalSegments; SegmentNumber += 1) {
      const input = { DatabaseName: 'typed', TableName: 'many', Expression: 'k >= 10', MaxResults: 7 };
      found.push(await valuesOf({ ...input, Segment: { SegmentNumber, TotalSegments } }));
    }
    const wanted = Array.from({ length: 80 }, (_, index) => String(index + 10));
    expect(found.flat().toSorted()).toEqual(wanted.toSorted());
    expect(found.filter((part) => part.length === 0).length).toBeLessThan(TotalSegments);
  },
);

test('a segment that is none of its total is refused', async () => {
  const Segment = { SegmentNumber: 2, TotalSegments: 2 };
  const { status, body } = await call('GetPartitions', { DatabaseName: 'shop', TableName: 'sales', Segment });
  expect([status, body.__type]).toEqual([400, 'InvalidInputException']);
});

test('partitions come without their columns where these are not wanted', async () => {
  const body = await done('GetPartitions', {
    DatabaseName: 'shop',
    TableName: 'sales',
    ExcludeColumnSchema: true,
  });
  expect(body).toMatchObject({ Partitions: [{ StorageDescriptor: { Columns: [] } }, {}, {}, {}] });
});

test.each(tableNameCases)('GetTables with the expression %s', async (Expression, wanted) => {
  const { status, body } = await call('GetTables', { DatabaseName: 'shop', Expression });
  if (wanted instanceof RegExp) {
    expect([status, body.__type]).toEqual([400, 'InvalidInputException']);
    expect(body.message).toMatch(wanted);
    expect(body.message).not.toMatch(/jq/);
    return;
  }
  // What GetTables answers.
  expect((body.TableList as readonly { Name: string }[]).map(({ Name }) => Name)).toEqual(wanted);
});

test('no expression holds the endpoint up, whatever it would take to match it', async () => {
  const name = 'a'.repeat(250);
  for (let index = 0; index < 20; index += 1) await createTable('typed', `${name}${index}`);
  const answered: string[] = [];
  const askAll = async (): Promise<void> => {
    for (const Expression of hostileExpressions) {
      const { status, body } = await call('GetTables', { DatabaseName: 'typed', Expression });
      if (status === 200) expect(body.TableList).toEqual([]);
      else expect(body.message).toMatch(/cannot be used as a regular expression/);
    }
    answered.push('all expressions');
  };
  const askBeside = async (): Promise<void> => {
    await done('GetDatabase', { Name: 'shop' });
    answered.push('the request beside them');
  };
  await Promise.all([askAll(), askBeside()]);
  expect(answered).toEqual(['the request beside them', 'all expressions']);
});

test.each(glueCases)('$title', async ({ action, input, answer }) => {
  const { status, body } = await call(action, input);
  if ('code' in answer) {
    expect([status, body]).toEqual([400, { __type: answer.code, message: answer.message }]);
    return;
  }
  expect(status).toBe(200);
  expect(body).toMatchObject(answer);
});
