import { fifo, invalidValue, missing, receive, send, sendTo, type SqsCase, type Step } from './sqs-case.js';

const wrongType = 'The request include parameter that is not valid for this queue type.';
const idForm = 'can only include alphanumeric and punctuation characters. 1 to 128 in length.';

const remove = (body: string): Step => ({ call: 'DeleteMessage', input: { ReceiptHandle: `{${body}}` } });

const setAttributes = (Attributes: Readonly<Record<string, string>>): Step => ({
  call: 'SetQueueAttributes',
  input: { Attributes },
  gives: {},
});

/** FIFO queues: groups, deduplication, and what is said of messages. */
export const sqsDeduplicationCases: readonly SqsCase[] = [
  {
    name: 'one entry without a group or a deduplication refuses the whole batch',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      {
        call: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: '1', MessageBody: 'a', MessageGroupId: 'A', MessageDeduplicationId: 'a' },
            { Id: '2', MessageBody: 'b', MessageDeduplicationId: 'b' },
          ],
        },
        refuses: { ...invalidValue(missing('MessageGroupId').message) },
      },
      {
        call: 'SendMessageBatch',
        input: {
          Entries: [
            { Id: '1', MessageBody: 'a', MessageGroupId: 'A', MessageDeduplicationId: 'a' },
            { Id: '2', MessageBody: 'b', MessageGroupId: 'A' },
          ],
        },
        refuses: invalidValue(
          'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
        ),
      },
      receive([]),
    ],
  },
  {
    name: 'a message to a FIFO queue names its group',
    source: 'recorded',
    queues: { main: fifo },
    steps: [{ ...send('a', { MessageDeduplicationId: 'a' }), refuses: missing('MessageGroupId') }],
  },
  {
    name: 'an id of a group or a deduplication has its form',
    source: 'recorded',
    queues: { main: fifo },
    steps: ['', 'x'.repeat(129), 'two words'].flatMap((id): readonly Step[] => [
      {
        ...sendTo(id, 'a'),
        refuses: invalidValue(
          `Value ${id} for parameter MessageGroupId is invalid. Reason: MessageGroupId ${idForm}`,
        ),
      },
      {
        ...sendTo('A', 'a', id),
        refuses: invalidValue(
          `Value ${id} for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId ${idForm}`,
        ),
      },
    ]),
  },
  {
    name: 'a standard queue takes a group and no deduplication',
    source: 'recorded',
    steps: [
      { ...send('a', { MessageGroupId: 'A' }), gives: { MessageId: '*', MD5OfMessageBody: '*' } },
      {
        ...sendTo('A', 'a'),
        refuses: invalidValue(
          `Value a for parameter MessageDeduplicationId is invalid. Reason: ${wrongType}`,
        ),
      },
    ],
  },
  {
    name: 'a purge forgets the deduplication of what it removes',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      sendTo('A', 'a'),
      sendTo('A', 'b', 'a'),
      { call: 'PurgeQueue', gives: {} },
      receive([]),
      sendTo('A', 'c', 'a'),
      receive(['c']),
    ],
  },
  {
    name: 'an id that is sent again is taken and not delivered, also once the first is deleted',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      { ...sendTo('A', 'a'), keeps: { id: 'MessageId', place: 'SequenceNumber' } },
      {
        ...sendTo('A', 'another', 'a'),
        gives: {
          MessageId: '{id}',
          SequenceNumber: '{place}',
          MD5OfMessageBody: 'b32d73e56ec99bc5ec8f83871cde708a',
        },
      },
      receive(['a']),
      remove('a'),
      sendTo('A', 'a'),
      receive([]),
    ],
  },
  {
    name: 'ids that were sent keep the queue as their scope when the group becomes it',
    source: 'recorded',
    queues: { main: { ...fifo, ContentBasedDeduplication: 'true' } },
    steps: [
      send('a', { MessageGroupId: 'A' }),
      setAttributes({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }),
      send('a', { MessageGroupId: 'B' }),
      receive(['a']),
      receive([]),
    ],
  },
  {
    name: 'with the group as scope the same id goes to two groups',
    source: 'recorded',
    queues: {
      main: { ...fifo, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    },
    steps: [sendTo('A', 'a', 'id'), sendTo('B', 'b', 'id'), sendTo('A', 'c', 'id'), receive(['a', 'b'])],
  },
  {
    name: 'what FIFO says of a message is told, and rises with each receive',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      { ...sendTo('A', 'a', 'once'), keeps: { place: 'SequenceNumber' } },
      ...['1', '2'].map((count): Step => ({
        call: 'ReceiveMessage',
        input: { AttributeNames: ['All'], VisibilityTimeout: 0 },
        gives: {
          Messages: [
            {
              Body: 'a',
              MessageId: '*',
              MD5OfBody: '0cc175b9c0f1b6a831c399e269772661',
              ReceiptHandle: '*',
              Attributes: {
                ApproximateFirstReceiveTimestamp: '*',
                ApproximateReceiveCount: count,
                MessageDeduplicationId: 'once',
                MessageGroupId: 'A',
                SenderId: '*',
                SentTimestamp: '*',
                SequenceNumber: '{place}',
              },
            },
          ],
        },
      })),
    ],
  },
];
