/** A request as it is, and what AWS's answer to it is made of. Source: answers recorded on AWS by tests of LocalStack. */
export interface SqsForm {
  readonly name: string;
  /** Method and address below the endpoint; `{queue}` is the path of a queue. */
  readonly request: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly contentType: string;
  /** Texts that the answer holds. */
  readonly holds: readonly string[];
  readonly lacks?: readonly string[];
}

const asJson = { accept: 'application/json' };
const xml = 'text/xml';

const invalidAction = (name: string): readonly string[] => [
  '<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">',
  '<Type>Sender</Type><Code>InvalidAction</Code>',
  `<Message>The action ${name} is not valid for this endpoint.</Message>`,
];

/** Requests in the forms of the query protocol: which addresses take which actions, and in what the answer is written. */
export const sqsForms: readonly SqsForm[] = [
  {
    name: 'a queue’s address takes its actions in a GET',
    request: 'GET {queue}?Action=GetQueueAttributes&AttributeName.1=QueueArn',
    status: 200,
    contentType: xml,
    holds: ['<GetQueueAttributesResponse', '<Attribute><Name>QueueArn</Name><Value>arn:aws:sqs:us-east-1:'],
    lacks: ['VisibilityTimeout'],
  },
  {
    name: 'an answer without content has its result element',
    request: 'GET {queue}?Action=ReceiveMessage',
    status: 200,
    contentType: xml,
    holds: ['<ReceiveMessageResult/>', '<ResponseMetadata><RequestId>'],
  },
  {
    name: 'so it has in the answer to a form',
    request: 'POST /',
    body: 'Action=ReceiveMessage&QueueUrl={queue}',
    status: 200,
    contentType: xml,
    holds: ['<ReceiveMessageResult/>'],
  },
  {
    name: 'a list without hits has its result element',
    request: 'POST /',
    body: 'Action=ListQueues&QueueNamePrefix=none-such',
    status: 200,
    contentType: xml,
    holds: ['<ListQueuesResult/>'],
  },
  {
    name: 'an action that gives nothing has none',
    request: 'POST {queue}',
    body: 'Action=TagQueue&Tag.1.Key=a&Tag.1.Value=b',
    status: 200,
    contentType: xml,
    holds: ['<TagQueueResponse', '<ResponseMetadata>'],
    lacks: ['Result'],
  },
  {
    name: 'an unknown action is refused by name',
    request: 'GET {queue}?Action=FooBar&Version=2012-11-05',
    status: 400,
    contentType: xml,
    holds: invalidAction('FooBar'),
  },
  ...['CreateQueue&QueueName=other', 'ListQueues'].map((action) => ({
    name: 'an action that is no queue’s is refused at a queue’s address',
    request: `GET {queue}?Action=${action}`,
    status: 400,
    contentType: xml,
    holds: invalidAction(action.split('&')[0] ?? ''),
  })),
  {
    name: 'the address of a queue without an action',
    request: 'GET {queue}',
    status: 404,
    contentType: xml,
    holds: ['<UnknownOperationException'],
  },
  {
    name: 'the address of a queue without an action, of which JSON is wanted',
    request: 'GET {queue}',
    headers: asJson,
    status: 404,
    contentType: xml,
    holds: ['<UnknownOperationException'],
  },
  {
    name: 'a parameter that is missing is named',
    request: 'GET {queue}?Action=SendMessage',
    status: 400,
    contentType: xml,
    holds: [
      '<Type>Sender</Type><Code>MissingParameter</Code>',
      '<Message>The request must contain the parameter MessageBody.</Message>',
    ],
  },
  {
    name: 'an attribute that no queue has is named',
    request: 'GET {queue}?Action=GetQueueAttributes&AttributeName.1=Foobar',
    status: 400,
    contentType: xml,
    holds: ['<Code>InvalidAttributeName</Code>', '<Message>Unknown Attribute Foobar.</Message>'],
  },
  {
    name: 'a queue that is not there',
    request: 'GET {queue}-none?Action=GetQueueAttributes&AttributeName.1=QueueArn',
    status: 400,
    contentType: xml,
    holds: [
      '<Code>AWS.SimpleQueueService.NonExistentQueue</Code>',
      '<Message>The specified queue does not exist for this wsdl version.</Message>',
      '<Detail/>',
    ],
  },
  {
    name: 'the address of a queue is told to a GET of the queue’s own address',
    request: 'GET {queue}?Action=GetQueueUrl&QueueName=forms&QueueOwnerAWSAccountId=000000000000',
    status: 200,
    contentType: xml,
    holds: ['/000000000000/forms</QueueUrl>'],
  },
  {
    name: 'QueueUrl of the query goes before the address',
    request:
      'GET {queue}?Action=GetQueueAttributes&AttributeName.1=QueueArn&QueueUrl=/000000000000/other-forms',
    status: 200,
    contentType: xml,
    holds: [':other-forms</Value>'],
    lacks: [':forms</Value>'],
  },
  {
    name: 'a client that accepts JSON alone gets the elements as JSON',
    request: 'GET {queue}?Action=GetQueueAttributes&AttributeName.1=VisibilityTimeout',
    headers: asJson,
    status: 200,
    contentType: 'application/json',
    holds: [
      '{"GetQueueAttributesResponse":{"GetQueueAttributesResult":{"Attributes":[{"Name":"VisibilityTimeout","Value":"30"}]},"ResponseMetadata":{"RequestId":"',
    ],
  },
  {
    name: 'its refusals are JSON, too',
    request: 'GET {queue}?Action=ListQueues',
    headers: asJson,
    status: 400,
    contentType: 'application/json',
    holds: [
      '{"Error":{"Type":"Sender","Code":"InvalidAction","Message":"The action ListQueues is not valid for this endpoint."',
    ],
  },
  {
    name: 'so are lists of queues at the endpoint’s own address',
    request: 'GET /?Action=ListQueues&QueueNamePrefix=forms&Version=2012-11-05',
    headers: asJson,
    status: 200,
    contentType: 'application/json',
    holds: ['{"ListQueuesResponse":{"ListQueuesResult":{"QueueUrls":["'],
  },
  {
    name: 'an unknown action of the JSON protocol is refused by name',
    request: 'POST /',
    body: '{}',
    headers: { 'x-amz-target': 'AmazonSQS.FooBar', 'content-type': 'application/x-amz-json-1.0' },
    status: 400,
    contentType: 'application/x-amz-json-1.0',
    holds: ['{"__type":"com.amazon.coral.service#UnknownOperationException"', 'FooBar'],
  },
  {
    name: 'a queue’s address takes the JSON protocol',
    request: 'POST {queue}',
    body: '{"QueueUrl":"{queue}"}',
    headers: { 'x-amz-target': 'AmazonSQS.ReceiveMessage', 'content-type': 'application/x-amz-json-1.0' },
    status: 200,
    contentType: 'application/x-amz-json-1.0',
    holds: ['{}'],
  },
];
