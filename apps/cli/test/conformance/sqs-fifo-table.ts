import {
  fifo,
  invalidValue,
  ofService,
  receive,
  send,
  sendTo,
  type SqsCase,
  type Step,
  visible,
} from './sqs-case.js';

const wrongType = 'The request include parameter that is not valid for this queue type.';

const change = (body: string, seconds: number): Step => ({
  call: 'ChangeMessageVisibility',
  input: { ReceiptHandle: `{${body}}`, VisibilityTimeout: seconds },
  gives: {},
});

const remove = (body: string): Step => ({ call: 'DeleteMessage', input: { ReceiptHandle: `{${body}}` } });

/** FIFO queues: order within groups, visibility of each message, deduplication. */
export const sqsFifoCases: readonly SqsCase[] = [
  {
    name: 'what is behind the first invisible message of a group waits; another group does not',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      sendTo('A', 'a1'),
      sendTo('A', 'a2'),
      sendTo('B', 'b1'),
      receive(['a1', 'a2'], { MaxNumberOfMessages: 2 }),
      change('a1', 0),
      receive(['b1', 'a1']),
      receive([]),
    ],
  },
  {
    name: 'of a group comes all that is before a message whose timeout was extended',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      ...['a', 'b', 'c'].map((body) => sendTo('A', body)),
      receive(['a', 'b', 'c']),
      change('b', 60),
      change('c', 0),
      change('a', 0),
      receive(['a']),
      receive([]),
    ],
  },
  {
    name: 'nothing comes of a group whose first message’s timeout was extended',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      sendTo('A', 'a'),
      sendTo('A', 'b'),
      receive(['a', 'b']),
      change('a', 60),
      change('b', 0),
      visible(1),
      receive([]),
    ],
  },
  {
    name: 'a group that was received whole takes new messages and gives them once it is deleted',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      sendTo('A', 'a'),
      receive(['a']),
      sendTo('A', 'b'),
      receive([]),
      { ...remove('a'), gives: {} },
      receive(['b']),
    ],
  },
  {
    name: 'a handle of FIFO deletes nothing after its timeout',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      sendTo('A', 'a'),
      receive(['a'], { VisibilityTimeout: 1 }),
      visible(1),
      {
        ...remove('a'),
        refuses: invalidValue(
          'Value {a} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
        ),
      },
      {
        call: 'DeleteMessageBatch',
        input: { Entries: [{ Id: '1', ReceiptHandle: '{a}' }] },
        gives: {
          Failed: [
            {
              Id: '1',
              SenderFault: true,
              Code: 'InvalidParameterValue',
              Message:
                'Value {a} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a handle of FIFO deletes while an extended timeout lasts',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      sendTo('A', 'a'),
      receive(['a'], { VisibilityTimeout: 30 }),
      change('a', 60),
      { ...remove('a'), gives: {} },
      visible(0),
    ],
  },
  {
    name: 'a delay of zero leaves a FIFO queue its own delay',
    source: 'recorded',
    queues: { main: { ...fifo, DelaySeconds: '900' } },
    steps: [
      {
        ...send('a', { MessageGroupId: 'A', MessageDeduplicationId: 'a', DelaySeconds: 0 }),
        gives: { MessageId: '*', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661', SequenceNumber: '*' },
      },
      receive([]),
      {
        call: 'GetQueueAttributes',
        input: { AttributeNames: ['ApproximateNumberOfMessagesDelayed'] },
        gives: { Attributes: { ApproximateNumberOfMessagesDelayed: '1' } },
      },
    ],
  },
  {
    name: 'a FIFO queue takes no delay of a message',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      {
        ...send('a', { MessageGroupId: 'A', MessageDeduplicationId: 'a', DelaySeconds: 2 }),
        refuses: invalidValue(`Value 2 for parameter DelaySeconds is invalid. Reason: ${wrongType}`),
      },
    ],
  },
  {
    name: 'true is written in any letters',
    source: 'recorded',
    queues: {},
    steps: [
      {
        call: 'CreateQueue',
        input: {
          QueueName: 'in-python.fifo',
          Attributes: { FifoQueue: 'True', ContentBasedDeduplication: 'True' },
        },
        keeps: { 'python.url': 'QueueUrl' },
      },
      {
        call: 'GetQueueAttributes',
        on: 'python',
        input: { AttributeNames: ['FifoQueue', 'ContentBasedDeduplication'] },
        gives: { Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } },
      },
    ],
  },
  {
    name: 'a FIFO queue stays one',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      {
        call: 'SetQueueAttributes',
        input: { Attributes: { FifoQueue: 'false' } },
        refuses: {
          code: 'InvalidAttributeValue',
          message:
            'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
        },
      },
    ],
  },
  {
    name: 'the second purge within a minute is refused',
    source: 'recorded',
    queues: { main: fifo },
    steps: [
      { call: 'PurgeQueue', gives: {} },
      {
        call: 'PurgeQueue',
        refuses: ofService(
          'PurgeQueueInProgress',
          'Only one PurgeQueue operation on {main.name} is allowed every 60 seconds.',
          403,
        ),
      },
    ],
  },
];
