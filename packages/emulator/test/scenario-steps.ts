/** What earlier steps left behind: an account of names by which later steps find things. */
export type Kept = Readonly<Record<string, string>>;

/** One call that both clients make, and what both must see. */
export interface Step {
  readonly service: 'firehose' | 'glue' | 'athena' | 'sqs' | 's3' | 'emulator';
  /** AWS's name of the action. */
  readonly action: string;
  readonly input?: (kept: Kept) => object;
  /** A part of the answer. */
  readonly answer?: object;
  /** AWS's code of the error, and a part of its message. */
  readonly error?: readonly [code: string, message: string];
  /** The call is made again until the answer fits. */
  readonly until?: true;
  /** Where in the answer stands what later steps need. */
  readonly keep?: Readonly<Record<string, readonly (string | number)[]>>;
}

const DeliveryStreamName = 'scenario';
const RoleARN = 'arn:aws:iam::000000000000:role/firehose';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = (store: string, stock: number): { Data: Uint8Array } => ({
  Data: bytes(`${JSON.stringify({ store, stock })}\n`),
});

const destination = {
  RoleARN,
  BucketARN: 'arn:aws:s3:::scenario-lake',
  Prefix: 'events/',
  ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
  BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
  DataFormatConversionConfiguration: {
    Enabled: true,
    InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
    OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
    SchemaConfiguration: { RoleARN, DatabaseName: 'scenario', TableName: 'events', Region: 'us-east-1' },
  },
};

const TableInput = {
  Name: 'events',
  TableType: 'EXTERNAL_TABLE',
  Parameters: { classification: 'parquet' },
  StorageDescriptor: {
    Location: 's3://scenario-lake/events/',
    Columns: [
      { Name: 'store', Type: 'string' },
      { Name: 'stock', Type: 'int' },
    ],
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
  },
};

const glue: readonly Step[] = [
  {
    service: 'glue',
    action: 'CreateDatabase',
    input: () => ({ DatabaseInput: { Name: 'scenario', Description: 'of a test' } }),
  },
  {
    service: 'glue',
    action: 'CreateDatabase',
    input: () => ({ DatabaseInput: { Name: 'scenario' } }),
    error: ['AlreadyExistsException', 'Database already exists'],
  },
  {
    service: 'glue',
    action: 'CreateTable',
    input: () => ({ DatabaseName: 'scenario', TableInput }),
  },
  {
    service: 'glue',
    action: 'UpdateTable',
    input: () => ({
      DatabaseName: 'scenario',
      TableInput: { ...TableInput, Description: 'stock' },
      VersionId: '0',
    }),
  },
  {
    service: 'glue',
    action: 'UpdateTable',
    input: () => ({ DatabaseName: 'scenario', TableInput, VersionId: '0' }),
    error: ['ConcurrentModificationException', ''],
  },
  {
    service: 'glue',
    action: 'GetTable',
    input: () => ({ DatabaseName: 'scenario', Name: 'events' }),
    answer: {
      Table: {
        Name: 'events',
        VersionId: '1',
        Description: 'stock',
        Parameters: { classification: 'parquet' },
      },
    },
  },
  {
    service: 'glue',
    action: 'GetTableVersions',
    input: () => ({ DatabaseName: 'scenario', TableName: 'events' }),
    answer: { TableVersions: [{ VersionId: '1' }, { VersionId: '0' }] },
  },
  {
    service: 'glue',
    action: 'GetTable',
    input: () => ({ DatabaseName: 'scenario', Name: 'nothing' }),
    error: ['EntityNotFoundException', ''],
  },
];

const firehose: readonly Step[] = [
  {
    service: 'firehose',
    action: 'CreateDeliveryStream',
    input: () => ({
      DeliveryStreamName,
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: destination,
      Tags: [{ Key: 'team', Value: 'stock' }],
    }),
    answer: {
      DeliveryStreamARN: `arn:aws:firehose:us-east-1:000000000000:deliverystream/${DeliveryStreamName}`,
    },
  },
  {
    service: 'firehose',
    action: 'CreateDeliveryStream',
    input: () => ({ DeliveryStreamName, ExtendedS3DestinationConfiguration: destination }),
    error: ['ResourceInUseException', DeliveryStreamName],
  },
  {
    service: 'firehose',
    action: 'DescribeDeliveryStream',
    input: () => ({ DeliveryStreamName }),
    answer: {
      DeliveryStreamDescription: {
        DeliveryStreamName,
        DeliveryStreamStatus: 'ACTIVE',
        VersionId: '1',
        HasMoreDestinations: false,
        Destinations: [
          { ExtendedS3DestinationDescription: { Prefix: 'events/', BufferingHints: { SizeInMBs: 64 } } },
        ],
      },
    },
    keep: { destination: ['DeliveryStreamDescription', 'Destinations', 0, 'DestinationId'] },
  },
  {
    service: 'firehose',
    action: 'ListDeliveryStreams',
    input: () => ({ Limit: 10 }),
    answer: { DeliveryStreamNames: [DeliveryStreamName], HasMoreDeliveryStreams: false },
  },
  {
    service: 'firehose',
    action: 'TagDeliveryStream',
    input: () => ({ DeliveryStreamName, Tags: [{ Key: 'stage', Value: 'test' }] }),
  },
  {
    service: 'firehose',
    action: 'UntagDeliveryStream',
    input: () => ({ DeliveryStreamName, TagKeys: ['team'] }),
  },
  {
    service: 'firehose',
    action: 'ListTagsForDeliveryStream',
    input: () => ({ DeliveryStreamName }),
    answer: { Tags: [{ Key: 'stage', Value: 'test' }], HasMoreTags: false },
  },
  {
    service: 'firehose',
    action: 'StartDeliveryStreamEncryption',
    input: () => ({
      DeliveryStreamName,
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
    }),
  },
  { service: 'firehose', action: 'StopDeliveryStreamEncryption', input: () => ({ DeliveryStreamName }) },
  {
    service: 'firehose',
    action: 'PutRecord',
    input: () => ({ DeliveryStreamName, Record: event('rome', 3) }),
    answer: { Encrypted: false },
  },
  {
    service: 'firehose',
    action: 'PutRecordBatch',
    input: () => ({ DeliveryStreamName, Records: [event('oslo', 4), event('oslo', 2)] }),
    answer: { FailedPutCount: 0, RequestResponses: [{}, {}] },
  },
  {
    service: 'firehose',
    action: 'UpdateDestination',
    input: ({ destination: DestinationId }) => ({
      DeliveryStreamName,
      DestinationId,
      CurrentDeliveryStreamVersionId: '7',
      ExtendedS3DestinationUpdate: { BufferingHints: { SizeInMBs: 100, IntervalInSeconds: 60 } },
    }),
    error: ['ConcurrentModificationException', ''],
  },
  {
    service: 'firehose',
    action: 'UpdateDestination',
    input: ({ destination: DestinationId }) => ({
      DeliveryStreamName,
      DestinationId,
      CurrentDeliveryStreamVersionId: '1',
      ExtendedS3DestinationUpdate: { BufferingHints: { SizeInMBs: 100, IntervalInSeconds: 60 } },
    }),
  },
  {
    service: 'firehose',
    action: 'PutRecord',
    input: () => ({ DeliveryStreamName: 'nothing', Record: event('rome', 3) }),
    error: ['ResourceNotFoundException', 'nothing'],
  },
  { service: 'emulator', action: 'flush' },
];

const lake: readonly Step[] = [
  { service: 's3', action: 'ListBuckets', answer: { Buckets: [{ Name: 'scenario-lake' }] } },
  {
    service: 's3',
    action: 'ListObjectsV2',
    input: () => ({ Bucket: 'scenario-lake', Prefix: 'events/' }),
    answer: { Contents: [{ StorageClass: 'STANDARD' }] },
    keep: { key: ['Contents', 0, 'Key'] },
  },
  {
    service: 's3',
    action: 'HeadObject',
    input: ({ key }) => ({ Bucket: 'scenario-lake', Key: key }),
    answer: { AcceptRanges: 'bytes' },
  },
  {
    service: 's3',
    action: 'ListObjectsV2',
    input: () => ({ Bucket: 'no-such-bucket' }),
    error: ['NoSuchBucket', 'The specified bucket does not exist'],
  },
  {
    service: 'athena',
    action: 'CreateWorkGroup',
    input: () => ({
      Name: 'planners',
      Configuration: {
        BytesScannedCutoffPerQuery: 10_000_000,
        EnforceWorkGroupConfiguration: true,
        ResultConfiguration: { OutputLocation: 's3://scenario-results/' },
      },
    }),
  },
  {
    service: 'athena',
    action: 'StartQueryExecution',
    input: () => ({
      QueryString: 'SELECT store, min(stock) AS lowest FROM events GROUP BY store ORDER BY store',
      QueryExecutionContext: { Database: 'scenario' },
      WorkGroup: 'planners',
    }),
    keep: { query: ['QueryExecutionId'] },
  },
  {
    service: 'athena',
    action: 'GetQueryExecution',
    input: ({ query }) => ({ QueryExecutionId: query }),
    answer: {
      QueryExecution: { Status: { State: 'SUCCEEDED' }, StatementType: 'DML', WorkGroup: 'planners' },
    },
    until: true,
  },
  {
    service: 'athena',
    action: 'GetQueryResults',
    input: ({ query }) => ({ QueryExecutionId: query }),
    answer: {
      ResultSet: {
        Rows: [
          ['store', 'lowest'],
          ['oslo', '2'],
          ['rome', '3'],
        ].map((row) => ({
          Data: row.map((VarCharValue) => ({ VarCharValue })),
        })),
        ResultSetMetadata: {
          ColumnInfo: [
            { Name: 'store', Type: 'varchar' },
            { Name: 'lowest', Type: 'integer' },
          ],
        },
      },
    },
  },
  {
    service: 'athena',
    action: 'GetQueryResults',
    input: () => ({ QueryExecutionId: 'none' }),
    error: ['InvalidRequestException', 'QueryExecution none was not found'],
  },
  { service: 'athena', action: 'StopQueryExecution', input: ({ query }) => ({ QueryExecutionId: query }) },
];

const trucks = { QueueName: 'trucks.fifo' };
const message = (body: string): object => ({
  MessageBody: body,
  MessageGroupId: 'rome',
  MessageAttributes: {
    episode: { DataType: 'String', StringValue: 'täglich & <more>' },
    count: { DataType: 'Number', StringValue: '3' },
    raw: { DataType: 'Binary', BinaryValue: bytes('\u0000\u0001') },
  },
});

const sqs: readonly Step[] = [
  {
    service: 'sqs',
    action: 'CreateQueue',
    input: () => ({
      ...trucks,
      Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '40' },
    }),
    keep: { queue: ['QueueUrl'] },
  },
  {
    service: 'sqs',
    action: 'CreateQueue',
    input: () => ({ ...trucks, Attributes: { FifoQueue: 'true', VisibilityTimeout: '41' } }),
    error: ['QueueNameExists', 'different value for attribute VisibilityTimeout'],
  },
  {
    service: 'sqs',
    action: 'TagQueue',
    input: ({ queue }) => ({ QueueUrl: queue, Tags: { team: 'stock', stage: 'test' } }),
  },
  { service: 'sqs', action: 'UntagQueue', input: ({ queue }) => ({ QueueUrl: queue, TagKeys: ['team'] }) },
  {
    service: 'sqs',
    action: 'ListQueueTags',
    input: ({ queue }) => ({ QueueUrl: queue }),
    answer: { Tags: { stage: 'test' } },
  },
  {
    service: 'sqs',
    action: 'SendMessage',
    input: ({ queue }) => ({ QueueUrl: queue, ...message('<one> & "only"') }),
  },
  {
    service: 'sqs',
    action: 'SendMessageBatch',
    input: ({ queue }) => ({
      QueueUrl: queue,
      Entries: [
        { Id: 'good', ...message('zwölf') },
        { Id: 'bad', ...message('') },
      ],
    }),
    answer: {
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'MissingParameter' }],
    },
  },
  {
    service: 'sqs',
    action: 'ReceiveMessage',
    input: ({ queue }) => ({
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1,
      AttributeNames: ['All'],
      MessageAttributeNames: ['episode', 'count', 'raw'],
    }),
    answer: {
      Messages: [
        {
          Body: '<one> & "only"',
          Attributes: { MessageGroupId: 'rome', ApproximateReceiveCount: '1' },
          MessageAttributes: {
            episode: { DataType: 'String', StringValue: 'täglich & <more>' },
            raw: { DataType: 'Binary', BinaryValue: bytes('\u0000\u0001') },
          },
        },
        { Body: 'zwölf' },
      ],
    },
    keep: { first: ['Messages', 0, 'ReceiptHandle'], second: ['Messages', 1, 'ReceiptHandle'] },
  },
  {
    service: 'sqs',
    action: 'DeleteMessage',
    input: ({ queue, first }) => ({ QueueUrl: queue, ReceiptHandle: first }),
  },
  {
    service: 'sqs',
    action: 'ChangeMessageVisibilityBatch',
    input: ({ queue, second }) => ({
      QueueUrl: queue,
      Entries: [{ Id: 'a', ReceiptHandle: second, VisibilityTimeout: 60 }],
    }),
    answer: { Successful: [{ Id: 'a' }] },
  },
  {
    service: 'sqs',
    action: 'GetQueueAttributes',
    input: ({ queue }) => ({ QueueUrl: queue, AttributeNames: ['All'] }),
    answer: {
      Attributes: {
        ApproximateNumberOfMessagesNotVisible: '1',
        FifoQueue: 'true',
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:trucks.fifo',
      },
    },
  },
  {
    service: 'sqs',
    action: 'DeleteMessageBatch',
    input: ({ queue, second }) => ({ QueueUrl: queue, Entries: [{ Id: 'a', ReceiptHandle: second }] }),
    answer: { Successful: [{ Id: 'a' }] },
  },
  {
    service: 'sqs',
    action: 'DeleteMessage',
    input: ({ queue }) => ({ QueueUrl: queue, ReceiptHandle: 'nonsense' }),
    error: ['ReceiptHandleIsInvalid', 'nonsense'],
  },
  {
    service: 'sqs',
    action: 'GetQueueUrl',
    input: () => ({ QueueName: 'nothing' }),
    error: ['QueueDoesNotExist', 'The specified queue does not exist'],
  },
  { service: 'sqs', action: 'DeleteQueue', input: ({ queue }) => ({ QueueUrl: queue }) },
];

const end: readonly Step[] = [
  { service: 'firehose', action: 'DeleteDeliveryStream', input: () => ({ DeliveryStreamName }) },
  {
    service: 'firehose',
    action: 'DescribeDeliveryStream',
    input: () => ({ DeliveryStreamName }),
    error: ['ResourceNotFoundException', DeliveryStreamName],
  },
];

/** All services, one after the other, as any client may use them. */
export const steps: readonly Step[] = [...glue, ...firehose, ...lake, ...sqs, ...end];
