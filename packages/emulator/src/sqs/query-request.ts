import { malformed, parseForm } from '../wire/form-body.js';

/** A request of the query protocol, as a JSON request would have said it. */
export interface QueryRequest {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Tree = Map<string, Tree | string>;

/** Parts of one parameter's name: the deepest is `Entry.1.MessageAttribute.1.Value.StringValue`. */
const MAX_PARTS = 6;

/** Names of parameters whose values are whole numbers. */
const integers: ReadonlySet<string> = new Set(
  'DelaySeconds MaxNumberOfMessages MaxNumberOfMessagesPerSecond MaxResults VisibilityTimeout WaitTimeSeconds'.split(
    ' ',
  ),
);

/** Lists of the query protocol, which numbers their items, and what the JSON protocol calls them. */
const lists: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  TagKey: 'TagKeys',
  AWSAccountId: 'AWSAccountIds',
  ActionName: 'Actions',
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

const emptyLists: ReadonlySet<string> = new Set(Object.values(lists));
const emptyMaps: ReadonlySet<string> = new Set(Object.values(maps).map(([target]) => target));

/** Reads a form; `queueUrl` is where it was sent, which names the queue when no parameter does. */
export function readQuery(form: Buffer, queueUrl: string | undefined): QueryRequest {
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
      const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
      if (list !== undefined) return [[list, itemsOf(value).map(fieldOf)]];
      const map = Object.hasOwn(maps, name) ? maps[name] : undefined;
      if (map === undefined) return [[name, fieldOrLeaf(name, value)]];
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

function fieldOrLeaf(name: string, value: Tree | string): unknown {
  if (typeof value !== 'string') return fieldsOf(value);
  // Clients send an empty list or map under its name in the JSON protocol, as an empty text.
  if (value === '' && emptyLists.has(name)) return [];
  if (value === '' && emptyMaps.has(name)) return {};
  return integers.has(name) ? wholeNumber(value) : value;
}

/** Numbered items in the order of their numbers, which may leave some out; an empty list is sent as an empty text. */
function itemsOf(tree: Tree | string): readonly (Tree | string)[] {
  if (tree === '') return [];
  if (typeof tree === 'string') throw malformed(`Expected numbered items, got ${tree.slice(0, 100)}.`);
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
