import { signedFor } from '../authorization.js';
import { readAnswerXml, type XmlNode } from './read-answer-xml.js';

/** How SQS is spoken to: JSON, forms of the query protocol, or the query of an address. */
export type SqsProtocol = 'JSON' | 'query' | 'GET';

/** A call of an action. */
export interface SqsCall {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly region?: string;
}

/** What came, in the fields of the JSON protocol whichever protocol it was. */
export interface SqsAnswer {
  readonly status: number;
  /** Undefined where the answer is a refusal. */
  readonly answer?: unknown;
  readonly refusal?: SqsRefusal;
}

/** A refusal, as far as the protocol says it. */
export interface SqsRefusal {
  /** `__type` of the JSON protocol. */
  readonly type?: string;
  /** `Code` of the query protocol, or of the header that stands for it in the JSON protocol. */
  readonly code: string;
  /** `Sender` or `Receiver`. */
  readonly fault: string;
  readonly message: string;
}

/** Calls SQS at an endpoint in one of its protocols. */
export async function callSqs(endpoint: string, protocol: SqsProtocol, call: SqsCall): Promise<SqsAnswer> {
  const headers = { ...signedFor('sqs', call.region), ...call.headers };
  if (protocol === 'JSON') return callInJson(endpoint, call, headers);
  const form = new URLSearchParams([['Action', call.action], ...parametersOf(call)]);
  const { QueueUrl: url } = call.input;
  const queue = typeof url === 'string' && url.startsWith('http') ? url : `${endpoint}/`;
  const response =
    protocol === 'GET'
      ? await fetch(`${queue}?${form.toString()}`, { headers })
      : await fetch(queue, { method: 'POST', headers, body: form });
  return readXmlAnswer(call.action, response.status, await response.text());
}

async function callInJson(
  endpoint: string,
  { action, input }: SqsCall,
  headers: Readonly<Record<string, string>>,
): Promise<SqsAnswer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body: JSON.stringify(input),
  });
  const { status } = response;
  const text = await response.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  if (status === 200) return { status, answer };
  const [code = '', fault = ''] = (response.headers.get('x-amzn-query-error') ?? '').split(';');
  // Every refusal of the JSON protocol is such an object; what differs shows in the comparison.
  const { __type: type, message } = answer as { __type: string; message: string };
  return { status, refusal: { type, code, fault, message } };
}

/** Names of lists and maps, as the query protocol numbers them. */
const lists: Readonly<Record<string, string>> = {
  AttributeNames: 'AttributeName',
  MessageAttributeNames: 'MessageAttributeName',
  MessageSystemAttributeNames: 'MessageSystemAttributeName',
  TagKeys: 'TagKey',
  AWSAccountIds: 'AWSAccountId',
  Actions: 'ActionName',
};
const maps: Readonly<Record<string, readonly [name: string, key: string]>> = {
  Attributes: ['Attribute', 'Name'],
  MessageAttributes: ['MessageAttribute', 'Name'],
  MessageSystemAttributes: ['MessageSystemAttribute', 'Name'],
  Tags: ['Tag', 'Key'],
  tags: ['Tag', 'Key'],
};

function parametersOf({ action, input }: SqsCall): [string, string][] {
  const flat = (name: string, value: unknown): [string, string][] => {
    if (typeof value !== 'object' || value === null) return [[name, String(value)]];
    return Object.entries(value).flatMap(([field, content]) => member(`${name}.`, field, content));
  };
  const member = (prefix: string, field: string, value: unknown): [string, string][] => {
    const map = maps[field];
    if (map !== undefined) {
      const [name, key] = map;
      return Object.entries(value as object).flatMap(([entry, content], at) => [
        [`${prefix}${name}.${at + 1}.${key}`, entry] as [string, string],
        ...flat(`${prefix}${name}.${at + 1}.Value`, content),
      ]);
    }
    if (!Array.isArray(value)) return flat(`${prefix}${field}`, value);
    const name = field === 'Entries' ? `${action}RequestEntry` : (lists[field] ?? field);
    // botocore sends an empty list as an empty parameter.
    if (value.length === 0) return [[`${prefix}${name}`, '']];
    return value.flatMap((one: unknown, at) => flat(`${prefix}${name}.${at + 1}`, one));
  };
  return Object.entries(input).flatMap(([field, value]) => member('', field, value));
}

function readXmlAnswer(action: string, status: number, text: string): SqsAnswer {
  const root = readAnswerXml(text);
  if (status !== 200) {
    const error = child(root, 'Error');
    const field = (name: string): string => child(error, name)?.text ?? '';
    return { status, refusal: { code: field('Code'), fault: field('Type'), message: field('Message') } };
  }
  if (root.name !== `${action}Response`) throw new Error(`${action} is answered with ${root.name}`);
  if ((child(child(root, 'ResponseMetadata'), 'RequestId')?.text ?? '') === '') {
    throw new Error('The answer has no RequestId.');
  }
  const result = child(root, `${action}Result`);
  return { status, answer: result === undefined ? {} : fieldsOf(action, result) };
}

function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((one) => one.name === name);
}

const answerLists: Readonly<Record<string, string>> = {
  Message: 'Messages',
  QueueUrl: 'QueueUrls',
  BatchResultErrorEntry: 'Failed',
};
const answerMaps: Readonly<Record<string, readonly [field: string, key: string]>> = {
  Attribute: ['Attributes', 'Name'],
  MessageAttribute: ['MessageAttributes', 'Name'],
  Tag: ['Tags', 'Key'],
};

function fieldsOf(action: string, node: XmlNode): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const one of node.children) {
    const map = answerMaps[one.name];
    const list = listName(action, node.name, one.name);
    if (map !== undefined) {
      const [field, key] = map;
      const value = child(one, 'Value');
      fields[field] = {
        ...(fields[field] as object | undefined),
        [child(one, key)?.text ?? '']: value === undefined ? undefined : valueOf(action, value),
      };
    } else if (list === undefined) fields[one.name] = valueOf(action, one);
    else fields[list] = [...((fields[list] as unknown[] | undefined) ?? []), valueOf(action, one)];
  }
  return fields;
}

function listName(action: string, parent: string, name: string): string | undefined {
  if (name === `${action}ResultEntry`) return action === 'ListMessageMoveTasks' ? 'Results' : 'Successful';
  // `Message` is a list of messages, and what an error of a batch says.
  if (parent !== `${action}Result` || !Object.hasOwn(answerLists, name)) return undefined;
  if (name === 'QueueUrl') {
    if (action === 'ListDeadLetterSourceQueues') return 'queueUrls';
    return action === 'ListQueues' ? 'QueueUrls' : undefined;
  }
  return answerLists[name];
}

function valueOf(action: string, node: XmlNode): unknown {
  return node.children.length === 0 ? node.text : fieldsOf(action, node);
}
