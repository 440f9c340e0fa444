/** How an action that is served differs from AWS's, by service and action. */
export const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  firehose: {
    CreateDeliveryStream:
      'S3 and extended S3 destinations, direct put; other destinations and sources are refused; immediately ACTIVE',
    UpdateDestination: 'S3 and extended S3 destinations',
    StartDeliveryStreamEncryption: 'noted, not done: files lie as they are',
  },
  glue: {
    CreateTable: '`OpenTableFormatInput` is refused',
    CreatePartition:
      'folders of a table into which a delivery stream writes count in queries until its first partition is registered',
    CreatePartitionIndex: 'active immediately; partitions are found without one',
    GetPartitions:
      'an expression is checked also where the table has no partitions; `__HIVE_DEFAULT_PARTITION__` is NULL',
    GetTables:
      'a `*` behind a plain character or at the start stands for any text, as awswrangler writes it; look-around and backreferences are refused',
    SearchTables: 'all tables of the catalog; `ResourceShareType` is not looked at',
    GetTags: 'of databases and tables',
    TagResource: 'databases and tables',
    UntagResource: 'databases and tables',
    GetUserDefinedFunction: 'there are none',
    GetUserDefinedFunctions: 'there are none',
    GetCatalogImportStatus: 'always completed',
  },
  athena: {
    StartQueryExecution:
      'over the lake of this endpoint; the statements and functions below; `ClientRequestToken` may be left out; a bucket of a result, or of what CTAS, INSERT and UNLOAD write, is made where it is not there',
  },
  sqs: {
    AddPermission: 'the policy is kept and shown; it allows and denies nothing here',
    CreateQueue:
      'a name that was deleted can be taken again immediately where `reuseQueueNames` (`--reuse-queue-names`) is set; KMS keys are kept and shown, nothing is encrypted',
    SetQueueAttributes: 'takes effect immediately; only a change of `DeduplicationScope` takes 60 seconds',
    StartMessageMoveTask:
      'a task ends with the process: what was moved stays moved, a new task moves the rest',
    ListMessageMoveTasks:
      'the count of what was moved is exact; on AWS it comes later, and continues after a cancel',
    ListQueues: 'immediately after a change; `NextToken` is text of its own',
    ListDeadLetterSourceQueues: 'immediately after a change; `NextToken` is text of its own',
    GetQueueUrl: 'the URL is that of the endpoint in every region: the signature names the region',
    GetQueueAttributes: 'the counts are exact',
    ReceiveMessage:
      'a standard queue gives its messages in the order of sending; `SenderId` is the account; `ReceiveRequestAttemptId` is not looked at',
    ChangeMessageVisibility: 'twelve hours count from the last receive, after a restart from the call',
    PurgeQueue: 'takes effect immediately',
  },
  dynamodb: {
    CreateTable:
      'immediately `ACTIVE`; global indexes; local ones, streams, encryption keys, tags and table classes are refused by name; capacity is noted and not enforced',
    DeleteTable: 'gone immediately',
    PutItem: '`Expected` and `ConditionalOperator` are refused: write a `ConditionExpression`',
    UpdateItem:
      '`SET` with `+`, `-` and `if_not_exists`, `REMOVE`, `ADD` of a number; `list_append`, `DELETE`, `ADD` to a set and `AttributeUpdates` are refused by name',
    DeleteItem: '`Expected` and `ConditionalOperator` are refused: write a `ConditionExpression`',
    GetItem: 'always consistent; `AttributesToGet` is refused',
    BatchGetItem: 'always consistent; `AttributesToGet` is refused',
    Query: 'an index is never behind its table; `KeyConditions` and `QueryFilter` are refused',
  },
  s3: {
    CreateBucket: 'of one account; ACLs, locks and ownership are refused by name',
    PutObject: 'up to 5 GiB; no tags, keys of one’s own (SSE-C, KMS), locks or archive classes',
    ListObjectVersions: 'one version of each object, which is called `null`: versioning cannot be enabled',
  },
};

/** Expressions of Athena's SQL that are no functions, and how they differ or are refused. */
export const expressions: readonly (readonly [expression: string, answer: string, note: string])[] = [
  [
    'NaN in comparisons',
    'differs',
    'NaN equals itself and is greater than any number; on AWS it compares with none',
  ],
  [
    'arrays, maps and rows that hold NULL, compared',
    'refused',
    'on AWS such a comparison may be undecided; compare their parts',
  ],
  [
    'timestamps with time zones in GROUP BY and DISTINCT',
    'differs',
    "the same instant in two zones is two values; write `x AT TIME ZONE 'UTC'`",
  ],
  [
    'columns of text and of numbers in one UNION or CASE',
    'differs',
    'refused where the statement shows the types, text where only the table does; cast them',
  ],
  ['an interval of years and months as a column', 'differs', 'described as one of days to seconds'],
  ['regular expressions', 'differs', 'read by RE2: look-around and references back are refused'],
  [
    'timestamps finer than a millisecond with a zone',
    'refused',
    'use milliseconds, or a timestamp without a zone',
  ],
];

/** Which of a service's actions the page lists one by one; the rest is a family that is refused by name as a whole. */
export const families: Readonly<
  Record<string, { readonly listed: RegExp; readonly rest: string; readonly instead: string }>
> = {
  firehose: { listed: /./, rest: '', instead: '' },
  glue: {
    listed:
      /^(?!.*(?:Integration|Optimizer|ConnectionTypes|TableRefresh|MLT|StatisticsTask|Usage|Iceberg))(?:\w*(?:Database|Table|Partition|UserDefinedFunction|Catalog|ColumnStatistics|Tags|TagResource|UntagResource)\w*)$/,
    rest: 'Crawlers, jobs, triggers, workflows, sessions, connections, schema registries, data quality and machine learning are no part of the catalog',
    instead: 'Load tables by `CreateTable` or Athena’s DDL, and partitions by `BatchCreatePartition`.',
  },
  athena: {
    listed: /^(?!.*(?:Notebook|Session|Calculation|Capacity|Executor|EngineVersions|ApplicationDPU))/,
    rest: 'Notebooks, Spark sessions and calculations, and capacity reservations run no SQL over the lake',
    instead: '',
  },
  sqs: { listed: /./, rest: '', instead: '' },
  dynamodb: {
    listed: /Item|Table$|Tables|^Query$|^Scan$|Statement/,
    rest: 'Backups, exports, imports, replicas, time to live, streams, policies and tags',
    instead: '',
  },
  s3: {
    listed:
      /^(?!.*(?:Analytics|IntelligentTiering|Inventory|Metrics|Metadata|Accelerate|Directory|Session|ObjectLambda|Torrent|LegalHold|Retention|ObjectLock))/,
    rest: 'Analytics, inventories, metrics, locks, directory buckets and object lambdas',
    instead: '',
  },
};
