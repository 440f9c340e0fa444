/** A call of Firehose and what AWS answers to it; the stream `plain` exists, and nothing else. */
export interface FirehoseCase {
  readonly name: string;
  readonly action: string;
  readonly input: unknown;
  readonly status: number;
  /** Fields of the answer; each one is in it as it is here. */
  readonly answer: Readonly<Record<string, unknown>>;
}

const data = (text: string): { readonly Data: string } => ({ Data: Buffer.from(text).toString('base64') });
const big = { Data: Buffer.alloc(1_024_001).toString('base64') };
const largest = { Data: Buffer.alloc(1_024_000).toString('base64') };
const invalid = (rest: string): Readonly<Record<string, unknown>> => ({
  __type: 'ValidationException',
  message: `1 validation error detected: ${rest}`,
});
const notThere = {
  __type: 'ResourceNotFoundException',
  message: 'Firehose none under account 000000000000 not found.',
};

/**
 * Both put actions and their refusals. Sources: Firehose service model 2015-08-04 (`Data`: 0 to 1,024,000 bytes; 1 to 500
 * records), its developer guide (4 MiB a call), messages of AWS that people reported.
 */
export const firehoseCases: readonly FirehoseCase[] = [
  {
    name: 'an empty record is a record',
    action: 'PutRecord',
    input: { DeliveryStreamName: 'plain', Record: { Data: '' } },
    status: 200,
    answer: { Encrypted: false },
  },
  {
    name: 'empty records of a batch each have their own ID',
    action: 'PutRecordBatch',
    input: { DeliveryStreamName: 'plain', Records: [data('a\n'), { Data: '' }, data('b\n'), { Data: '' }] },
    status: 200,
    answer: { FailedPutCount: 0, Encrypted: false },
  },
  {
    name: 'a record without data is refused',
    action: 'PutRecord',
    input: { DeliveryStreamName: 'plain', Record: {} },
    status: 400,
    answer: invalid("Value 'null' at 'record.data' failed to satisfy constraint: Member must not be null"),
  },
  {
    name: 'a put without a record is refused',
    action: 'PutRecord',
    input: { DeliveryStreamName: 'plain' },
    status: 400,
    answer: invalid("Value 'null' at 'record' failed to satisfy constraint: Member must not be null"),
  },
  {
    name: 'a batch of nothing is refused',
    action: 'PutRecordBatch',
    input: { DeliveryStreamName: 'plain', Records: [] },
    status: 400,
    answer: invalid(
      "Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
  },
  {
    name: 'data that is no base64 is refused',
    action: 'PutRecordBatch',
    input: { DeliveryStreamName: 'plain', Records: [data('c\n'), { Data: '!?' }] },
    status: 400,
    answer: { __type: 'SerializationException' },
  },
  {
    name: 'a record of more than 1,000 KiB is refused',
    action: 'PutRecord',
    input: { DeliveryStreamName: 'plain', Record: big },
    status: 400,
    answer: invalid(
      "Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001 cap=1024001]' at 'record.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
    ),
  },
  {
    name: 'so is a batch with one, as a whole',
    action: 'PutRecordBatch',
    input: { DeliveryStreamName: 'plain', Records: [data('c\n'), big] },
    status: 400,
    answer: invalid(
      "Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001 cap=1024001]' at 'records.2.member.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
    ),
  },
  {
    name: 'a batch of more than 4 MiB is refused',
    action: 'PutRecordBatch',
    input: { DeliveryStreamName: 'plain', Records: [largest, largest, largest, largest, largest] },
    status: 400,
    answer: { __type: 'InvalidArgumentException', message: 'Records size exceeds 4 MB limit' },
  },
  {
    name: 'a put to no stream is refused',
    action: 'PutRecord',
    input: { DeliveryStreamName: 'none', Record: data('c\n') },
    status: 400,
    answer: notThere,
  },
  {
    name: 'so is a batch to no stream',
    action: 'PutRecordBatch',
    input: { DeliveryStreamName: 'none', Records: [data('c\n')] },
    status: 400,
    answer: notThere,
  },
  {
    name: 'a name that no stream has is refused',
    action: 'PutRecord',
    input: { DeliveryStreamName: 'no ne', Record: data('c\n') },
    status: 400,
    answer: invalid(
      "Value 'no ne' at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ),
  },
  {
    name: 'a change of an earlier version is refused',
    action: 'UpdateDestination',
    input: {
      DeliveryStreamName: 'plain',
      CurrentDeliveryStreamVersionId: '7',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: { Prefix: 'other/' },
    },
    status: 400,
    answer: {
      __type: 'ConcurrentModificationException',
      message:
        'Cannot update firehose: plain since the current version id: 1 and specified version id: 7 do not match',
    },
  },
  {
    name: 'an action that Firehose does not have is refused',
    action: 'PutRecords',
    input: {},
    status: 400,
    answer: { __type: 'UnknownOperationException' },
  },
];

/**
 * Patterns of the Hive SerDe, a timestamp and what Joda-Time reads of it, as Athena prints it; `undefined` where the record goes
 * to the error output. Source: Joda-Time, API documentation of DateTimeFormat, read 2026-11.
 */
export const jodaCases: readonly (readonly [pattern: string, text: string, read: string | undefined])[] = [
  ['dd/MMM/yyyy:HH:mm:ss Z', '10/Oct/2026:13:55:36 -0700', '2026-10-10 20:55:36.000'],
  ['MM/dd/yyyy hh:mm:ss a', '01/02/2026 12:30:00 AM', '2026-01-02 00:30:00.000'],
  ['MM/dd/yyyy hh:mm:ss a', '01/02/2026 13:30:00 PM', undefined],
  ['yyyy-DDD', '2026-060', '2026-03-01 00:00:00.000'],
  ['yyyyMMddHHmmss', '20260102030405', '2026-01-02 03:04:05.000'],
  ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2026-01-02T03:04:05.678+05:30', '2026-01-01 21:34:05.678'],
  ['EEE, d MMMM yyyy', 'Fri, 2 January 2026', '2026-01-02 00:00:00.000'],
  ['EEE, d MMMM yyyy', 'Sat, 2 January 2026', undefined],
  ['yyyy-MM-dd KK:mm a', '2026-01-02 11:10 PM', '2026-01-02 23:10:00.000'],
  ['MM/dd', '02/29', '2000-02-29 00:00:00.000'],
  ['millis', '1767323045678', '2026-01-02 03:04:05.678'],
  ['yyyy-MM-dd', '2026-02-29', undefined],
];

/** Patterns that are refused when a stream is made or changed, and what the refusal says to write instead. */
export const refusedPatterns: readonly (readonly [pattern: string, letters: string, instead: string])[] = [
  ['yyyy-MM-dd HH:mm:ss z', 'z', 'offset, Z'],
  ['yyyy-MM-dd HH:mm:ss ZZZ', 'ZZZ', 'offset, Z'],
  ['G yyyy-MM-dd', 'G', 'yyyy'],
  ['CCyyyy', 'CC', 'yyyy'],
  ["xxxx-'W'ww", 'xxxx', 'yyyy-DDD'],
  ["yyyy-'W'ww", 'ww', 'yyyy-DDD'],
  ['dd.MM.yy', 'yy', 'yyyy'],
];
