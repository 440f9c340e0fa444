import { invalidValue, receive, send, type SqsCase, type Step } from './sqs-case.js';

const unknown = (name: string) => ({ code: 'InvalidAttributeName', message: `Unknown Attribute ${name}.` });

const set = (Attributes: Readonly<Record<string, string>>): Step => ({
  call: 'SetQueueAttributes',
  input: { Attributes },
});

const shown = (names: readonly string[], Attributes?: Readonly<Record<string, string>>): Step => ({
  call: 'GetQueueAttributes',
  input: { AttributeNames: names },
  gives: Attributes === undefined ? {} : { Attributes },
});

const policyOf = (arn: string, maxReceiveCount: unknown): string =>
  JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount });

const fifoOnly = (name: string) => ({
  code: 'InvalidAttributeName',
  message: `You can specify the ${name} only when FifoQueue is set to true.`,
});

const standardDefaults = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: '*',
  DelaySeconds: '0',
  LastModifiedTimestamp: '*',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  QueueArn: '{main.arn}',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

const keyed = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];

/** Queues: their attributes, tags, permissions and names. */
export const sqsQueueCases: readonly SqsCase[] = [
  {
    name: 'what only FIFO has is refused by name on a standard queue, when it is made and later',
    source: 'recorded',
    steps: [
      ...['FifoQueue', 'ContentBasedDeduplication'].flatMap((name): readonly Step[] => [
        ...['true', 'false'].map((value) => ({ ...set({ [name]: value }), refuses: unknown(name) })),
        {
          call: 'CreateQueue',
          input: { QueueName: `standard-${name}`, Attributes: { [name]: 'false' } },
          refuses: unknown(name),
        },
      ]),
      { ...set({ DeduplicationScope: 'queue' }), refuses: fifoOnly('DeduplicationScope') },
      { ...set({ FifoThroughputLimit: 'perQueue' }), refuses: fifoOnly('FifoThroughputLimit') },
    ],
  },
  {
    name: 'all attributes of a queue are shown with their defaults, and none without a name',
    source: 'recorded',
    steps: [shown(['All'], standardDefaults), shown([]), shown(['QueueArn'], { QueueArn: '{main.arn}' })],
  },
  {
    name: 'attributes that are set replace those before',
    source: 'recorded',
    queues: { main: { MessageRetentionPeriod: '604800', ReceiveMessageWaitTimeSeconds: '10' } },
    steps: [
      { ...set({ DelaySeconds: '420', MaximumMessageSize: '2048' }), gives: {} },
      shown(['All'], {
        ...standardDefaults,
        MessageRetentionPeriod: '604800',
        ReceiveMessageWaitTimeSeconds: '10',
        DelaySeconds: '420',
        MaximumMessageSize: '2048',
      }),
    ],
  },
  {
    name: 'the same queue again is no error, one with other attributes is',
    source: 'recorded',
    queues: { main: { DelaySeconds: '1' } },
    steps: [
      {
        call: 'CreateQueue',
        input: { QueueName: '{main.name}', Attributes: { DelaySeconds: '1' } },
        gives: { QueueUrl: '{main.url}' },
      },
      {
        call: 'CreateQueue',
        input: { QueueName: '{main.name}', Attributes: { DelaySeconds: '2' } },
        refuses: {
          code: 'QueueAlreadyExists',
          type: 'QueueNameExists',
          message:
            'A queue already exists with the same name and a different value for attribute DelaySeconds',
        },
      },
    ],
  },
  {
    name: 'a count of receives that is written as text is shown as a number',
    source: 'peer',
    queues: { dead: {}, main: {} },
    steps: [
      { ...set({ RedrivePolicy: policyOf('{dead.arn}', '3') }), gives: {} },
      shown(['RedrivePolicy'], { RedrivePolicy: policyOf('{dead.arn}', 3) }),
      {
        call: 'ListDeadLetterSourceQueues',
        on: 'dead',
        gives: { queueUrls: ['{main.url}'] },
      },
      { call: 'ListDeadLetterSourceQueues', gives: {} },
    ],
  },
  {
    name: 'a redrive policy names a queue that exists and allows it',
    source: 'verified',
    queues: { main: {}, closed: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' } },
    steps: [
      {
        ...set({ RedrivePolicy: policyOf('{main.arn}-none', 3) }),
        refuses: invalidValue(
          'Value {"deadLetterTargetArn":"{main.arn}-none","maxReceiveCount":3} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.',
        ),
      },
      {
        ...set({ RedrivePolicy: policyOf('{closed.arn}', 3) }),
        refuses: invalidValue(
          'Value {"deadLetterTargetArn":"{closed.arn}","maxReceiveCount":3} for parameter RedrivePolicy is invalid. Reason: The RedriveAllowPolicy of the dead-letter queue does not allow this source queue.',
        ),
      },
    ],
  },
  {
    name: 'a queue may name itself, and keeps its messages; an empty policy takes the name away',
    source: 'recorded',
    steps: [
      { ...set({ RedrivePolicy: policyOf('{main.arn}', '1') }), gives: {} },
      shown(['RedrivePolicy'], { RedrivePolicy: policyOf('{main.arn}', 1) }),
      send('a'),
      receive(['a'], { VisibilityTimeout: 0 }),
      receive(['a'], { VisibilityTimeout: 0 }),
      { ...set({ RedrivePolicy: '' }), gives: {} },
      shown(['RedrivePolicy']),
    ],
  },
  {
    name: 'a key of KMS ends the encryption by SQS, and without it its reuse period goes',
    source: 'recorded',
    steps: [
      { ...set({ KmsMasterKeyId: 'key', KmsDataKeyReusePeriodSeconds: '6000' }), gives: {} },
      shown(keyed, {
        KmsMasterKeyId: 'key',
        KmsDataKeyReusePeriodSeconds: '6000',
        SqsManagedSseEnabled: 'false',
      }),
      { ...set({ SqsManagedSseEnabled: 'true' }), gives: {} },
      shown(keyed, { SqsManagedSseEnabled: 'true' }),
      {
        ...set({ KmsMasterKeyId: 'key', SqsManagedSseEnabled: 'true' }),
        refuses: {
          code: 'InvalidAttributeName',
          message:
            'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
        },
      },
    ],
  },
  {
    name: 'attributes that are emptied are gone',
    source: 'recorded',
    steps: [
      { ...set({ KmsMasterKeyId: 'key', KmsDataKeyReusePeriodSeconds: '6000' }), gives: {} },
      {
        ...set({ KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300', Policy: '', RedrivePolicy: '' }),
        gives: {},
      },
      shown([...keyed, 'Policy', 'RedrivePolicy'], { SqsManagedSseEnabled: 'false' }),
    ],
  },
  {
    name: 'an attribute that no queue has is refused',
    source: 'recorded',
    steps: [
      { ...set({ Colour: 'red' }), refuses: unknown('Colour') },
      {
        call: 'GetQueueAttributes',
        input: { AttributeNames: ['Colour'] },
        refuses: unknown('Colour'),
      },
      {
        ...set({ VisibilityTimeout: 'long' }),
        refuses: {
          code: 'InvalidAttributeValue',
          message: 'Invalid value for the parameter VisibilityTimeout.',
        },
      },
    ],
  },
];
