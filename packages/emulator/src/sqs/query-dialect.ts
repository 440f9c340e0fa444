import { addressOf } from '../wire/address.js';
import { isForm, writeXml, type Dialect } from '../wire/dialect.js';
import { malformed, parseForm } from '../wire/form-body.js';
import { ServiceError } from '../wire/service-error.js';
import { xmlDocument, type XmlElement, type XmlValue } from '../wire/xml.js';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** The query protocol of SQS: the JSON protocol's actions, asked for in forms and answered in XML. */
export const queryDialect: Dialect = {
  speaks: (request) => request.headers['x-amz-target'] === undefined && isForm(request),
  read(request, body) {
    const { path } = addressOf(request);
    const { action, input } = readQuery(body, path === '/' ? undefined : path);
    if (action === '') {
      throw new ServiceError('MissingAction', 'The request must contain the parameter Action.');
    }
    return { action, input: () => input };
  },
  write(exchange, action, answer) {
    writeXml(exchange, 200, queryAnswer(action, answer, exchange.requestId));
  },
  writeError(exchange, error) {
    const { status, text } = queryError(error, exchange.requestId);
    writeXml(exchange, status, text);
  },
};

/** A request of the query protocol, as a JSON request would have said it. */
interface QueryRequest {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Tree = Map<string, Tree | string>;

/** Parts of one parameter's name: the deepest is `Entry.1.MessageAttribute.1.Value.StringValue`. */
const MAX_PARTS = 6;

/** Names of parameters whose values are whole numbers. */
const integers: ReadonlySet<string> = new Set(
  'DelaySeconds MaxNumberOfMessages MaxResults VisibilityTimeout WaitTimeSeconds'.split(' '),
);

/** Lists of the query protocol, which numbers their items, and what the JSON protocol calls them. */
const lists: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  TagKey: 'TagKeys',
  SendMessageBatchRequestEntry: 'Entries',
  DeleteMessageBatchRequestEntry: 'Entries',
  ChangeMessageVisibilityBatchRequestEntry: 'Entries',
};

/** Maps of the query protocol: numbered pairs of the fields named here. */
const maps: Readonly<Record<string, readonly [name: string, key: string]>> = {
  Attribute: ['Attributes', 'Name'],
  MessageAttribute: ['MessageAttributes', 'Name'],
  MessageSystemAttribute: ['MessageSystemAttributes', 'Name'],
  Tag: ['Tags', 'Key'],
};

/** Reads a form; `queueUrl` is where it was sent, which names the queue when no parameter does. */
function readQuery(form: Buffer, queueUrl: string | undefined): QueryRequest {
  const tree: Tree = new Map();
  for (const [name, value] of parseForm(form)) {
    const parts = name.split('.', MAX_PARTS + 1);
    if (parts.length > MAX_PARTS) {
      throw malformed(`Expected the name of a parameter to have at most ${MAX_PARTS} parts.`);
    }
    plant(tree, parts, value);
  }
  const action = tree.get('Action');
  const input = fieldsOf(tree);
  const named = 'QueueUrl' in input || queueUrl === undefined ? input : { ...input, QueueUrl: queueUrl };
  return { action: typeof action === 'string' ? action : '', input: named };
}

function plant(tree: Tree, [first = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(first, value);
    return;
  }
  const known = tree.get(first);
  const branch: Tree = known instanceof Map ? known : new Map<string, Tree | string>();
  tree.set(first, branch);
  plant(branch, rest, value);
}

function fieldsOf(tree: Tree): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...tree].flatMap(([name, value]): [string, unknown][] => {
      if (typeof value === 'string') return [[name, integers.has(name) ? wholeNumber(value) : value]];
      const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
      if (list !== undefined) return [[list, itemsOf(value).map(fieldOf)]];
      const map = Object.hasOwn(maps, name) ? maps[name] : undefined;
      if (map === undefined) return [[name, fieldsOf(value)]];
      const [target, key] = map;
      const entries = itemsOf(value).map((item) => entryOf(item, key));
      const content = Object.fromEntries(entries);
      // CreateQueue spells the name of its tags small.
      return target === 'Tags'
        ? [
            ['Tags', content],
            ['tags', content],
          ]
        : [[target, content]];
    }),
  );
}

/** Numbered items in the order of their numbers, which may leave some out. */
function itemsOf(tree: Tree): readonly (Tree | string)[] {
  for (const index of tree.keys()) {
    if (!/^[0-9]{1,9}$/.test(index))
      throw malformed(`Expected the number of an item, got ${index.slice(0, 100)}.`);
  }
  return [...tree].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item);
}

function fieldOf(item: Tree | string): unknown {
  return typeof item === 'string' ? item : fieldsOf(item);
}

function entryOf(item: Tree | string, key: string): [string, unknown] {
  if (typeof item === 'string') return ['', item];
  const name = item.get(key);
  const value = item.get('Value');
  return [typeof name === 'string' ? name : '', value === undefined ? '' : fieldOf(value)];
}

// What is no number is left as it is, for the action to refuse by the parameter's name.
function wholeNumber(text: string): number | string {
  return /^-?[0-9]{1,15}$/.test(text) ? Number(text) : text;
}

/** What the JSON protocol calls a list, and how the query protocol names each of its items. */
const items: Readonly<Record<string, string>> = {
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
  Messages: 'Message',
  Failed: 'BatchResultErrorEntry',
};

/** Maps, which the query protocol writes as one element an entry. */
const answerMaps: Readonly<Record<string, readonly [name: string, key: string]>> = {
  Attributes: ['Attribute', 'Name'],
  MessageAttributes: ['MessageAttribute', 'Name'],
  Tags: ['Tag', 'Key'],
};

/** Writes an answer as the query protocol has it. */
function queryAnswer(action: string, answer: unknown, requestId: string): string {
  const result = elementOf(action, answer);
  return xmlDocument(
    `${action}Response`,
    {
      // An action that answers with nothing has no result element at all.
      ...(Object.keys(result).length === 0 ? {} : { [`${action}Result`]: result }),
      ResponseMetadata: { RequestId: requestId },
    },
    NAMESPACE,
  );
}

function elementOf(action: string, value: unknown): XmlElement {
  const element: Record<string, XmlValue> = {};
  for (const [name, field] of entriesOf(value)) {
    if (Array.isArray(field)) {
      const item =
        name === 'Successful'
          ? `${action}ResultEntry`
          : Object.hasOwn(items, name)
            ? (items[name] ?? name)
            : name;
      element[item] = listOf(action, field);
    } else if (Object.hasOwn(answerMaps, name)) {
      const [item = name, key = 'Name'] = answerMaps[name] ?? [];
      element[item] = entriesOf(field).map(([entry, content]) => ({
        [key]: entry,
        Value: leafOrElement(action, content),
      }));
    } else element[name] = leafOrElement(action, field);
  }
  return element;
}

function listOf(action: string, list: readonly unknown[]): readonly (string | XmlElement)[] {
  return list.map((one) => (typeof one === 'string' ? one : elementOf(action, one)));
}

function leafOrElement(action: string, value: unknown): XmlElement | string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return elementOf(action, value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/**
 * Codes that the query protocol spells otherwise than the JSON protocol; source: the `awsQueryError` traits of
 * AWS's SQS model, API version 2012-11-05.
 */
const prefixed: ReadonlySet<string> = new Set(
  `BatchEntryIdsNotDistinct BatchRequestTooLong EmptyBatchRequest InvalidBatchEntryId MessageNotInflight
  PurgeQueueInProgress QueueDeletedRecently TooManyEntriesInBatchRequest UnsupportedOperation`.split(/\s+/),
);

/** How the query protocol spells a code. */
export function queryErrorCode(code: string): string {
  if (code === 'QueueDoesNotExist') return 'AWS.SimpleQueueService.NonExistentQueue';
  if (code === 'QueueNameExists') return 'QueueAlreadyExists';
  return prefixed.has(code) ? `AWS.SimpleQueueService.${code}` : code;
}

/** Writes an error as the query protocol has it. */
function queryError(error: unknown, requestId: string): { readonly status: number; readonly text: string } {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof ServiceError ? error : new ServiceError('InternalFailure', message, 500);
  const text = xmlDocument(
    'ErrorResponse',
    {
      Error: {
        Type: known.status < 500 ? 'Sender' : 'Receiver',
        Code: queryErrorCode(known.code),
        Message: message,
        Detail: '',
      },
      RequestId: requestId,
    },
    NAMESPACE,
  );
  return { status: known.status, text };
}
