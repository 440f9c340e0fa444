import { invalidValue, missing, ofService, send, type SqsCase, type Step } from './sqs-case.js';

const shown = (names: readonly string[], Attributes?: Readonly<Record<string, string>>): Step => ({
  call: 'GetQueueAttributes',
  input: { AttributeNames: names },
  gives: Attributes === undefined ? {} : { Attributes },
});

/** Names of queues, their lists, regions, tags and permissions. */
export const sqsQueueNameCases: readonly SqsCase[] = [
  {
    name: 'no queue that begins so, no list',
    source: 'recorded',
    steps: [
      { call: 'ListQueues', input: { QueueNamePrefix: 'none-begins-so' }, gives: {} },
      { call: 'ListQueues', input: { QueueNamePrefix: '{main.name}' }, gives: { QueueUrls: ['{main.url}'] } },
    ],
  },
  {
    name: 'a queue has a name, of letters that a name may have',
    source: 'verified',
    steps: [
      ...['CreateQueue', 'GetQueueUrl'].flatMap((call) =>
        [{}, { QueueName: '' }].map((input) => ({
          call,
          input,
          refuses: invalidValue(
            'Value for parameter QueueName is invalid. Reason: Must specify a queue name.',
          ),
        })),
      ),
      ...['a b', 'x'.repeat(81), 'a.b'].map((QueueName) => ({
        call: 'CreateQueue',
        input: { QueueName },
        refuses: invalidValue(
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
        ),
      })),
    ],
  },
  {
    name: 'queues are listed in pages',
    source: 'reference',
    steps: [
      ...['1', '2', '3'].map((end) => ({ call: 'CreateQueue', input: { QueueName: `{main.name}-${end}` } })),
      {
        call: 'ListQueues',
        input: { QueueNamePrefix: '{main.name}', MaxResults: 3 },
        gives: { QueueUrls: ['{main.url}', '{main.url}-1', '{main.url}-2'], NextToken: '*' },
        keeps: { token: 'NextToken' },
      },
      {
        call: 'ListQueues',
        input: { QueueNamePrefix: '{main.name}', MaxResults: 3, NextToken: '{token}' },
        gives: { QueueUrls: ['{main.url}-3'] },
      },
    ],
  },
  {
    name: 'a queue that is not there is told of, in each protocol in its words',
    source: 'recorded',
    steps: [
      { call: 'GetQueueUrl', input: { QueueName: 'none-such' }, refuses: notThere() },
      { ...send('a'), on: 'no-such-queue', refuses: notThere() },
    ],
    protocols: ['JSON'],
  },
  {
    name: 'a queue that is not there is told of in the older protocol',
    source: 'recorded',
    steps: [
      {
        call: 'GetQueueUrl',
        input: { QueueName: 'none-such' },
        refuses: notThere(' for this wsdl version'),
      },
      { ...send('a'), on: 'no-such-queue', refuses: notThere(' for this wsdl version') },
    ],
    protocols: ['query', 'GET'],
  },
  {
    name: 'tags: at most 50, none by an empty list',
    source: 'peer',
    steps: [
      {
        call: 'TagQueue',
        input: { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`tag${at}`, 'x'])) },
        refuses: invalidValue('Too many tags added for queue {main.name}.'),
      },
      { call: 'TagQueue', input: { Tags: {} }, refuses: missing('Tags') },
      {
        call: 'UntagQueue',
        input: { TagKeys: [] },
        refuses: invalidValue('Tag keys must be between 1 and 128 characters in length.'),
      },
      { call: 'ListQueueTags', gives: {} },
    ],
  },
  {
    name: 'tags are added and taken away, also empty ones',
    source: 'recorded',
    steps: [
      { call: 'TagQueue', input: { Tags: { one: 'a', two: '' } }, gives: {} },
      { call: 'ListQueueTags', gives: { Tags: { one: 'a', two: '' } } },
      { call: 'UntagQueue', input: { TagKeys: ['one'] }, gives: {} },
      { call: 'ListQueueTags', gives: { Tags: { two: '' } } },
      {
        call: 'CreateQueue',
        input: { QueueName: '{main.name}-tagged', tags: { born: 'with' } },
        keeps: { 'tagged.url': 'QueueUrl' },
      },
      { call: 'ListQueueTags', on: 'tagged', gives: { Tags: { born: 'with' } } },
    ],
  },
  {
    name: 'the name of a queue that was just deleted is not free yet',
    source: 'recorded',
    steps: [
      { call: 'DeleteQueue', gives: {} },
      {
        call: 'CreateQueue',
        input: { QueueName: '{main.name}' },
        refuses: ofService(
          'QueueDeletedRecently',
          'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
        ),
      },
    ],
  },
  {
    name: 'another region has other queues',
    source: 'recorded',
    steps: [
      {
        call: 'GetQueueUrl',
        input: { QueueName: '{main.name}' },
        gives: { QueueUrl: '{main.url}' },
      },
      {
        call: 'ListQueues',
        region: 'eu-central-1',
        input: { QueueNamePrefix: '{main.name}' },
        gives: {},
      },
      {
        call: 'CreateQueue',
        region: 'eu-central-1',
        input: { QueueName: '{main.name}', Attributes: { DelaySeconds: '7' } },
        gives: { QueueUrl: '*' },
      },
      {
        call: 'GetQueueAttributes',
        region: 'eu-central-1',
        input: { AttributeNames: ['QueueArn', 'DelaySeconds'] },
        gives: {
          Attributes: {
            QueueArn: 'arn:aws:sqs:eu-central-1:{account}:{main.name}',
            DelaySeconds: '7',
          },
        },
      },
      shown(['DelaySeconds'], { DelaySeconds: '0' }),
    ],
  },
  {
    name: 'permissions become statements of the queue’s policy',
    source: 'recorded',
    steps: [
      {
        call: 'AddPermission',
        input: { Label: 'readers', AWSAccountIds: ['111111111111'], Actions: ['ReceiveMessage'] },
        gives: {},
      },
      shown(['Policy'], {
        Policy:
          '{"Version":"2008-10-17","Id":"{main.arn}/SQSDefaultPolicy","Statement":[{"Sid":"readers","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"SQS:ReceiveMessage","Resource":"{main.arn}"}]}',
      }),
      {
        call: 'AddPermission',
        input: { Label: 'readers', AWSAccountIds: ['222222222222'], Actions: ['ReceiveMessage'] },
        refuses: invalidValue('Value readers for parameter Label is invalid. Reason: Already exists.'),
      },
      { call: 'RemovePermission', input: { Label: 'readers' }, gives: {} },
      shown(['Policy']),
      {
        call: 'RemovePermission',
        input: { Label: 'readers' },
        refuses: invalidValue(`Value readers for parameter Label is invalid. Reason: can't find label.`),
      },
    ],
  },
];

function notThere(end = '') {
  return {
    code: 'AWS.SimpleQueueService.NonExistentQueue',
    type: 'QueueDoesNotExist',
    message: `The specified queue does not exist${end}.`,
  };
}
