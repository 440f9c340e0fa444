import { invalidValue, missing, ofService, receive, send, type SqsCase } from './sqs-case.js';

const entries = (count: number, one: (at: number) => object): readonly object[] =>
  Array.from({ length: count }, (_, at) => ({ Id: String(at), ...one(at) }));

const tooMany = ofService(
  'TooManyEntriesInBatchRequest',
  'Maximum number of entries per request are 10. You have sent 20.',
);

/** Messages and batches that are refused, completely or in part. */
export const sqsRefusedMessageCases: readonly SqsCase[] = [
  {
    name: 'control characters are refused in a value, as in a body',
    source: 'recorded',
    steps: [
      {
        ...send('a', { MessageAttributes: { name: { DataType: 'String', StringValue: '\b\v' } } }),
        refuses: invalidValue('*'),
      },
      {
        ...send('\b\v'),
        refuses: {
          code: 'InvalidMessageContents',
          message: '*',
        },
      },
      receive([]),
    ],
  },
  {
    name: 'an attribute has a value, and a message a body',
    source: 'recorded',
    steps: [
      {
        ...send('a', { MessageAttributes: { name: { DataType: 'String', StringValue: '' } } }),
        refuses: invalidValue(
          `Message (user) attribute 'name' must contain a non-empty value of type 'String'.`,
        ),
      },
      {
        call: 'SendMessageBatch',
        input: {
          Entries: [
            {
              Id: '1',
              MessageBody: 'a',
              MessageAttributes: { name: { DataType: 'String', StringValue: '' } },
            },
          ],
        },
        gives: {
          Failed: [
            {
              Id: '1',
              SenderFault: true,
              Code: 'InvalidParameterValue',
              Message: `Message (user) attribute 'name' must contain a non-empty value of type 'String'.`,
            },
          ],
        },
      },
      { ...send(''), refuses: missing('MessageBody') },
    ],
  },
  {
    name: 'a batch has 1 to 10 entries with ids of their own',
    source: 'recorded',
    steps: [
      ...[
        { call: 'SendMessageBatch', input: { Entries: entries(20, () => ({ MessageBody: 'a' })) } },
        { call: 'DeleteMessageBatch', input: { Entries: entries(20, () => ({ ReceiptHandle: 'a' })) } },
        {
          call: 'ChangeMessageVisibilityBatch',
          input: { Entries: entries(20, () => ({ ReceiptHandle: 'a', VisibilityTimeout: 1 })) },
        },
      ].map((step) => ({ ...step, refuses: tooMany })),
      ...['', 'x'.repeat(81), 'a:b'].map((Id) => ({
        call: 'DeleteMessageBatch',
        input: { Entries: [{ Id, ReceiptHandle: 'a' }] },
        refuses: ofService(
          'InvalidBatchEntryId',
          'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
        ),
      })),
      ...['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'].map((call) => ({
        call,
        input: { Entries: [] },
        refuses: ofService(
          'EmptyBatchRequest',
          `There should be at least one ${call}RequestEntry in the request.`,
        ),
      })),
      {
        call: 'SendMessageBatch',
        input: { Entries: [0, 1].map(() => ({ Id: 'same', MessageBody: 'a' })) },
        refuses: ofService('BatchEntryIdsNotDistinct', 'Id same repeated.'),
      },
    ],
  },
  {
    name: 'an attribute of a message has one of three types',
    source: 'peer',
    steps: [
      {
        ...send('a', { MessageAttributes: { name: { DataType: 'Text', StringValue: 'a' } } }),
        refuses: invalidValue(
          "The type of message (user) attribute 'name' is invalid. You must use only the following supported type prefixes: Binary, Number, String.",
        ),
      },
    ],
  },
  {
    name: 'an entry above the queue’s maximum fails alone',
    source: 'recorded',
    queues: { main: { MaximumMessageSize: '1024' } },
    steps: [
      {
        call: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: 'long', MessageBody: 'a'.repeat(1025) },
            { Id: 'short', MessageBody: 'a' },
          ],
        },
        gives: {
          Successful: [{ Id: 'short', MessageId: '*', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }],
          Failed: [
            {
              Id: 'long',
              SenderFault: true,
              Code: 'InvalidParameterValue',
              Message:
                'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
            },
          ],
        },
      },
      {
        ...send('a'.repeat(1025)),
        refuses: invalidValue(
          'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
        ),
      },
    ],
  },
  {
    name: 'attributes count for the size of a batch, and of a message',
    source: 'recorded',
    protocols: ['JSON', 'query'],
    steps: [
      {
        call: 'SendMessageBatch',
        input: {
          Entries: [
            {
              Id: '1',
              MessageBody: 'a'.repeat(1_048_576 - 11),
              MessageAttributes: { k: { DataType: 'String', StringValue: 'abcd' } },
            },
            { Id: '2', MessageBody: 'b' },
          ],
        },
        refuses: ofService(
          'BatchRequestTooLong',
          'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
        ),
      },
      {
        ...send('a'.repeat(1_048_576 - 10), {
          MessageAttributes: { k: { DataType: 'String', StringValue: 'abcd' } },
        }),
        refuses: invalidValue(
          'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
        ),
      },
    ],
  },
  {
    name: 'a text that is no handle is refused by name, and so is the handle of another queue',
    source: 'reference',
    queues: { main: {}, other: {} },
    steps: [
      {
        call: 'DeleteMessage',
        input: { ReceiptHandle: 'none' },
        refuses: {
          code: 'ReceiptHandleIsInvalid',
          message: 'The input receipt handle "none" is not a valid receipt handle.',
          status: 404,
        },
      },
      send('a'),
      receive(['a']),
      {
        call: 'DeleteMessage',
        on: 'other',
        input: { ReceiptHandle: '{a}' },
        refuses: {
          code: 'ReceiptHandleIsInvalid',
          message: 'The receipt handle "{a}" is not valid for this queue.',
          status: 404,
        },
      },
    ],
  },
];
