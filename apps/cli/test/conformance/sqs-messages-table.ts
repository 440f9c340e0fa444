import { invalidValue, receive, send, type SqsCase, type Step, visible } from './sqs-case.js';

const remove = (body: string): Step => ({
  call: 'DeleteMessage',
  input: { ReceiptHandle: `{${body}}` },
  gives: {},
});

const words = { DataType: 'String', StringValue: 'There' };

/** A step that receives a message with what a caller wants to know of it, and leaves it visible. */
function receiveWith(wanted: Readonly<Record<string, readonly string[]>>, told: object): Step {
  return {
    call: 'ReceiveMessage',
    input: { ...wanted, VisibilityTimeout: 0 },
    gives: { Messages: [{ Body: 'msg', MessageId: '*', MD5OfBody: '*', ReceiptHandle: '*', ...told }] },
  };
}

/** Standard queues: messages, their attributes, their receipt handles, batches. */
export const sqsMessageCases: readonly SqsCase[] = [
  {
    name: 'the visibility changes by a handle whose timeout has ended, alone and in a batch',
    source: 'recorded',
    steps: [
      send('a'),
      receive(['a'], { VisibilityTimeout: 0 }),
      {
        call: 'ChangeMessageVisibility',
        input: { ReceiptHandle: '{a}', VisibilityTimeout: 0 },
        gives: {},
      },
      {
        call: 'ChangeMessageVisibilityBatch',
        input: { Entries: [{ Id: '1', ReceiptHandle: '{a}', VisibilityTimeout: 60 }] },
        gives: { Successful: [{ Id: '1' }] },
      },
      receive([]),
    ],
  },
  {
    name: 'the visibility changes by the handle of an earlier receive',
    source: 'recorded',
    steps: [
      send('a'),
      { ...receive(['a'], { VisibilityTimeout: 0 }), keeps: { first: 'Messages.0.ReceiptHandle' } },
      receive(['a']),
      {
        call: 'ChangeMessageVisibility',
        input: { ReceiptHandle: '{first}', VisibilityTimeout: 0 },
        gives: {},
      },
      receive(['a']),
    ],
  },
  {
    name: 'the handle of an earlier receive deletes, alone and in a batch',
    source: 'verified',
    steps: [
      send('a'),
      send('b'),
      {
        ...receive(['a', 'b'], { VisibilityTimeout: 0 }),
        keeps: { a: 'Messages.0.ReceiptHandle', b: 'Messages.1.ReceiptHandle' },
      },
      { ...receive(['a', 'b']), keeps: {} },
      remove('a'),
      {
        call: 'DeleteMessageBatch',
        input: { Entries: [{ Id: 'x', ReceiptHandle: '{b}' }] },
        gives: { Successful: [{ Id: 'x' }] },
      },
      {
        call: 'GetQueueAttributes',
        input: {
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        },
        gives: {
          Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
        },
      },
      // A deleted message can be deleted again.
      remove('a'),
    ],
  },
  {
    name: 'a message whose timeout has ended comes before those that were sent meanwhile',
    source: 'recorded',
    steps: [
      send('a'),
      receive(['a'], { VisibilityTimeout: 1 }),
      send('b'),
      visible(2),
      receive(['a'], { MaxNumberOfMessages: 1 }),
    ],
  },
  {
    name: 'between 1 and 10 messages are received',
    source: 'recorded',
    steps: [11, 0].map((count) => ({
      call: 'ReceiveMessage',
      input: { MaxNumberOfMessages: count },
      refuses: invalidValue(
        `Value ${count} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
      ),
    })),
  },
  {
    name: 'a receive waits up to 20 seconds',
    source: 'recorded',
    steps: [21, -1].map((seconds) => ({
      call: 'ReceiveMessage',
      input: { WaitTimeSeconds: seconds },
      refuses: invalidValue(
        `Value ${seconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
      ),
    })),
  },
  {
    name: 'an empty queue gives no Messages',
    source: 'recorded',
    steps: [receive([]), receive([], { WaitTimeSeconds: 0 })],
  },
  {
    name: 'attributes of a message come by name, by the beginning of a name, or all',
    source: 'recorded',
    steps: [
      {
        ...send('msg', {
          MessageAttributes: {
            Hello: words,
            'Help.Me': { DataType: 'String', StringValue: 'Me' },
            General: { DataType: 'String', StringValue: 'Kenobi' },
          },
        }),
        gives: {
          MessageId: '*',
          MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
          MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
        },
      },
      ...[['All'], ['*'], ['.*']].map((names) =>
        receiveWith(
          { MessageAttributeNames: names },
          {
            MD5OfMessageAttributes: '4c360f3fdafd970e05fae2f149d997f5',
            MessageAttributes: {
              Hello: words,
              'Help.Me': { DataType: 'String', StringValue: 'Me' },
              General: { DataType: 'String', StringValue: 'Kenobi' },
            },
          },
        ),
      ),
      receiveWith(
        { MessageAttributeNames: ['Hello', 'Foo'] },
        { MD5OfMessageAttributes: 'a311262e065454b75da111d535b8dacd', MessageAttributes: { Hello: words } },
      ),
      receiveWith(
        { MessageAttributeNames: ['Hel.*'] },
        {
          MD5OfMessageAttributes: '83fee93c1bcd8b9a5a923ffacdc636c7',
          MessageAttributes: { Hello: words, 'Help.Me': { DataType: 'String', StringValue: 'Me' } },
        },
      ),
      receiveWith({ MessageAttributeNames: ['Foo', 'Help'] }, {}),
      receiveWith({ MessageAttributeNames: [] }, {}),
    ],
  },
  {
    name: 'what AWS says of a message comes by name, in either of two lists',
    source: 'recorded',
    steps: [
      send('msg'),
      ...['AttributeNames', 'MessageSystemAttributeNames'].flatMap((list) => [
        receiveWith({ [list]: ['SenderId', 'Foo'] }, { Attributes: { SenderId: '*' } }),
        receiveWith(
          { [list]: ['All'] },
          {
            Attributes: {
              ApproximateFirstReceiveTimestamp: '*',
              ApproximateReceiveCount: '*',
              SenderId: '*',
              SentTimestamp: '*',
            },
          },
        ),
      ]),
    ],
  },
  {
    name: 'the trace header of a request becomes an attribute of the message',
    source: 'recorded',
    steps: [
      {
        ...send('msg'),
        headers: { 'x-amzn-trace-id': 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Sampled=1' },
        gives: { MessageId: '*', MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7' },
      },
      receiveWith(
        { AttributeNames: ['AWSTraceHeader'] },
        { Attributes: { AWSTraceHeader: 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Sampled=1' } },
      ),
    ],
  },
  {
    name: 'letters of any alphabet name an attribute',
    source: 'recorded',
    steps: [
      send('msg', { MessageAttributes: { 'attr.1øßä': words } }),
      receiveWith(
        { MessageAttributeNames: ['attr.1øßä'] },
        { MD5OfMessageAttributes: '*', MessageAttributes: { 'attr.1øßä': words } },
      ),
    ],
  },
  {
    name: 'a value in bytes comes back as it was sent',
    source: 'recorded',
    steps: [
      send('msg', { MessageAttributes: { raw: { DataType: 'Binary', BinaryValue: 'AAEC/w==' } } }),
      receiveWith(
        { MessageAttributeNames: ['raw'] },
        {
          MD5OfMessageAttributes: '*',
          MessageAttributes: { raw: { DataType: 'Binary', BinaryValue: 'AAEC/w==' } },
        },
      ),
    ],
  },
];
