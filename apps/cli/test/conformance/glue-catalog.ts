import type { Refusal } from './glue-expressions.js';

/** A call of Glue, and what it answers. */
export interface GlueCase {
  readonly title: string;
  readonly action: string;
  readonly input: unknown;
  /** Members of a 200's answer, or the code and text of a refusal. */
  readonly answer: Readonly<Record<string, unknown>> | Refusal;
}

const events = { DatabaseName: 'shop', TableName: 'sales' };
const arn = 'arn:aws:glue:us-east-1:000000000000:table/shop/sales';
const missingDay = { PartitionValueList: ['9'], PartitionInput: { Values: ['9'] } };

/**
 * Calls in the order in which they are made on the database `shop` with the tables `sales`, `sales_eu`, `sales_us` and
 * `stock`. `sales` has the partition keys `day` (int) and the partitions 1 to 4. Source: AWS Glue API reference, read
 * 2026-11.
 */
export const glueCases: readonly GlueCase[] = [
  {
    title: 'a batch of updates reports the partitions that are not there',
    action: 'BatchUpdatePartition',
    input: {
      ...events,
      Entries: [
        { PartitionValueList: ['1'], PartitionInput: { Values: ['1'], Parameters: { rows: '5' } } },
        missingDay,
      ],
    },
    answer: {
      Errors: [{ PartitionValueList: ['9'], ErrorDetail: { ErrorCode: 'EntityNotFoundException' } }],
    },
  },
  {
    title: 'an updated partition has its new parameters',
    action: 'GetPartition',
    input: { ...events, PartitionValues: ['1'] },
    answer: { Partition: { Values: ['1'], Parameters: { rows: '5' } } },
  },
  {
    title: 'a partition that is not there is not found',
    action: 'GetPartition',
    input: { ...events, PartitionValues: ['9'] },
    answer: { code: 'EntityNotFoundException', message: 'Cannot find partition.' },
  },
  {
    title: 'a version that is not there is not found',
    action: 'GetTableVersion',
    input: { ...events, VersionId: '20' },
    answer: { code: 'EntityNotFoundException', message: 'Version not found.' },
  },
  {
    title: 'a table is tagged',
    action: 'TagResource',
    input: { ResourceArn: arn, TagsToAdd: { team: 'shop', tier: '1' } },
    answer: {},
  },
  {
    title: 'a tag is taken away',
    action: 'UntagResource',
    input: { ResourceArn: arn, TagsToRemove: ['tier', 'nobody'] },
    answer: {},
  },
  {
    title: 'the tags that are left are given',
    action: 'GetTags',
    input: { ResourceArn: arn },
    answer: { Tags: { team: 'shop' } },
  },
  {
    title: 'a table that is not there has no tags',
    action: 'GetTags',
    input: { ResourceArn: `${arn}x` },
    answer: { code: 'EntityNotFoundException', message: 'Table salesx not found.' },
  },
  {
    title: 'an index is made',
    action: 'CreatePartitionIndex',
    input: { ...events, PartitionIndex: { IndexName: 'by_day', Keys: ['day'] } },
    answer: {},
  },
  {
    title: 'an index is made once',
    action: 'CreatePartitionIndex',
    input: { ...events, PartitionIndex: { IndexName: 'by_day', Keys: ['day'] } },
    answer: { code: 'AlreadyExistsException', message: 'Index already exists.' },
  },
  {
    title: 'an index is active immediately',
    action: 'GetPartitionIndexes',
    input: events,
    answer: {
      PartitionIndexDescriptorList: [
        { IndexName: 'by_day', Keys: [{ Name: 'day', Type: 'int' }], IndexStatus: 'ACTIVE' },
      ],
    },
  },
  {
    title: 'an index is deleted',
    action: 'DeletePartitionIndex',
    input: { ...events, IndexName: 'by_day' },
    answer: {},
  },
  {
    title: 'no index is left',
    action: 'GetPartitionIndexes',
    input: events,
    answer: { PartitionIndexDescriptorList: [] },
  },
  {
    title: 'there are no functions',
    action: 'GetUserDefinedFunctions',
    input: { DatabaseName: 'shop', Pattern: '*' },
    answer: { UserDefinedFunctions: [] },
  },
  {
    title: 'the catalog was never imported',
    action: 'GetCatalogImportStatus',
    input: {},
    answer: { ImportStatus: { ImportCompleted: true } },
  },
  {
    title: 'a search by a filter compares whole tokens',
    action: 'SearchTables',
    input: { Filters: [{ Key: 'Name', Value: 'stock' }] },
    answer: { TableList: [{ Name: 'stock' }] },
  },
  {
    title: 'a search by text looks at columns too',
    action: 'SearchTables',
    input: { SearchText: 'day', Filters: [{ Key: 'DatabaseName', Value: 'shop' }] },
    answer: { TableList: [{ Name: 'sales' }] },
  },
  {
    title: 'a search is sorted and cut into pages',
    action: 'SearchTables',
    input: { SearchText: 'sales', SortCriteria: [{ FieldName: 'Name', Sort: 'DESC' }], MaxResults: 2 },
    answer: { TableList: [{ Name: 'sales_us' }, { Name: 'sales_eu' }], NextToken: 'page-2' },
  },
  {
    title: 'what is not served is refused by its name',
    action: 'StartCrawler',
    input: {},
    answer: { code: 'UnknownOperationException', message: "Glue's StartCrawler is not served here" },
  },
];

/** Expressions of GetTables, and the tables that they match. */
export const tableNameCases: readonly (readonly [expression: string, names: readonly string[] | RegExp])[] = [
  ['sales.*', ['sales', 'sales_eu', 'sales_us']],
  ['sales_(eu|us)', ['sales_eu', 'sales_us']],
  ['sales_[a-e]u', ['sales_eu']],
  ['SALES_\\w{2}', ['sales_eu', 'sales_us']],
  ['sale', []],
  ['stock|sales', ['sales', 'stock']],
  ['.*', ['sales', 'sales_eu', 'sales_us', 'stock']],
  // Globs, as awswrangler writes them.
  ['*', ['sales', 'sales_eu', 'sales_us', 'stock']],
  ['sales*', ['sales', 'sales_eu', 'sales_us']],
  ['*_u*', ['sales_us']],
  ['(sales', /cannot be used as a regular expression/],
  ['(?=s).*', /cannot be used as a regular expression/],
];

/** Expressions that a backtracking engine takes years for. */
export const hostileExpressions: readonly string[] = ['(a+)+$', '(a|aa)+b', '(.*a){25}', '(a*)*(a*)*(a*)*c'];
