import { invalidValue, receive, send, type SqsCase, type Step, visible } from './sqs-case.js';

const redrive = (arn: string): Step => ({
  call: 'SetQueueAttributes',
  input: { Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 }) } },
  gives: {},
});

const start = (input: Readonly<Record<string, unknown>> = {}): Step => ({
  call: 'StartMessageMoveTask',
  input: { SourceArn: '{dead.arn}', ...input },
});

const notFound = (message: string) => ({ code: 'ResourceNotFoundException', message, status: 404 });

/** Receives what is there once too often, so that it becomes a dead letter. */
const die = (bodies: readonly string[]): readonly Step[] => [
  ...bodies.map((body) => send(body)),
  receive(bodies, { VisibilityTimeout: 0 }),
  receive([], { VisibilityTimeout: 0 }),
  visible(bodies.length, 'dead'),
];

const completed = (moved: number): object => ({
  Status: 'COMPLETED',
  SourceArn: '{dead.arn}',
  ApproximateNumberOfMessagesMoved: moved,
  ApproximateNumberOfMessagesToMove: moved,
  StartedTimestamp: '*',
});

const list = (Results: readonly object[], MaxResults?: number): Step => ({
  call: 'ListMessageMoveTasks',
  input: { SourceArn: '{dead.arn}', ...(MaxResults === undefined ? {} : { MaxResults }) },
  gives: { Results },
  until: true,
});

/** Tasks that move dead letters. */
export const sqsMoveTaskCases: readonly SqsCase[] = [
  {
    name: 'dead letters go back to where they came from',
    source: 'recorded',
    queues: { main: {}, dead: {} },
    steps: [
      redrive('{dead.arn}'),
      ...die(['a', 'b']),
      { ...start(), gives: { TaskHandle: '*' } },
      list([completed(2)]),
      receive(['a', 'b']),
      visible(0, 'dead'),
    ],
  },
  {
    name: 'dead letters go to the queue that a task names',
    source: 'recorded',
    queues: { main: {}, dead: {}, other: {} },
    steps: [
      redrive('{dead.arn}'),
      ...die(['a', 'b']),
      { ...start({ DestinationArn: '{other.arn}' }), gives: { TaskHandle: '*' } },
      list([{ ...completed(2), DestinationArn: '{other.arn}' }]),
      { ...receive(['a', 'b']), on: 'other' },
    ],
  },
  {
    name: 'a dead letter says how often it was received, and from where it came',
    source: 'recorded',
    queues: { main: {}, dead: {} },
    steps: [
      redrive('{dead.arn}'),
      { ...send('a'), keeps: { id: 'MessageId' } },
      receive(['a'], { VisibilityTimeout: 0 }),
      receive([]),
      {
        call: 'ReceiveMessage',
        on: 'dead',
        input: { AttributeNames: ['ApproximateReceiveCount', 'DeadLetterQueueSourceArn'] },
        gives: {
          Messages: [
            {
              Body: 'a',
              MessageId: '{id}',
              MD5OfBody: '*',
              ReceiptHandle: '*',
              Attributes: { ApproximateReceiveCount: '2', DeadLetterQueueSourceArn: '{main.arn}' },
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a task with a rate runs alone, is listed while it runs, and can be ended',
    source: 'recorded',
    queues: { main: {}, dead: {}, other: {} },
    steps: [
      redrive('{dead.arn}'),
      ...die(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
      {
        ...start({ DestinationArn: '{other.arn}', MaxNumberOfMessagesPerSecond: 1 }),
        gives: { TaskHandle: '*' },
        keeps: { task: 'TaskHandle' },
      },
      {
        ...start(),
        refuses: invalidValue(
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        ),
      },
      list([
        {
          Status: 'RUNNING',
          TaskHandle: '*',
          SourceArn: '{dead.arn}',
          DestinationArn: '{other.arn}',
          MaxNumberOfMessagesPerSecond: 1,
          ApproximateNumberOfMessagesMoved: '*',
          ApproximateNumberOfMessagesToMove: 8,
          StartedTimestamp: '*',
        },
      ]),
      {
        call: 'CancelMessageMoveTask',
        input: { TaskHandle: '{task}' },
        gives: { ApproximateNumberOfMessagesMoved: '*' },
      },
      list([
        {
          Status: 'CANCELLED',
          SourceArn: '{dead.arn}',
          DestinationArn: '{other.arn}',
          MaxNumberOfMessagesPerSecond: 1,
          ApproximateNumberOfMessagesMoved: '*',
          ApproximateNumberOfMessagesToMove: 8,
          StartedTimestamp: '*',
        },
      ]),
    ],
  },
  {
    name: 'a task fails when its destination is deleted',
    source: 'recorded',
    queues: { main: {}, dead: {}, other: {} },
    steps: [
      redrive('{dead.arn}'),
      ...die(['a', 'b', 'c']),
      start({ DestinationArn: '{other.arn}', MaxNumberOfMessagesPerSecond: 1 }),
      { call: 'DeleteQueue', on: 'other', gives: {} },
      list([
        {
          Status: 'FAILED',
          FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
          SourceArn: '{dead.arn}',
          DestinationArn: '{other.arn}',
          MaxNumberOfMessagesPerSecond: 1,
          ApproximateNumberOfMessagesMoved: '*',
          ApproximateNumberOfMessagesToMove: 3,
          StartedTimestamp: '*',
        },
      ]),
    ],
  },
  {
    name: 'a task needs a dead-letter queue, and a destination that is there',
    source: 'recorded',
    queues: { main: {}, dead: {} },
    steps: [
      { ...start(), refuses: invalidValue('Source queue must be configured as a Dead Letter Queue.') },
      redrive('{dead.arn}'),
      {
        ...start({ DestinationArn: '{dead.arn}-none' }),
        refuses: notFound("The resource that you specified for the DestinationArn parameter doesn't exist."),
      },
      {
        ...start({ SourceArn: '{dead.arn}-none' }),
        refuses: notFound("The resource that you specified for the SourceArn parameter doesn't exist."),
      },
    ],
  },
  {
    name: 'a handle that names no task ends none',
    source: 'recorded',
    steps: [
      {
        call: 'CancelMessageMoveTask',
        input: { TaskHandle: 'none' },
        refuses: invalidValue('Value for parameter TaskHandle is invalid.'),
      },
      {
        call: 'CancelMessageMoveTask',
        // {"taskId":"x","sourceArn":"arn:aws:sqs:us-east-1:000000000000:none"}
        input: {
          TaskHandle:
            'eyJ0YXNrSWQiOiJ4Iiwic291cmNlQXJuIjoiYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpub25lIn0=',
        },
        refuses: notFound("The resource that you specified for the SourceArn parameter doesn't exist."),
      },
    ],
  },
];
