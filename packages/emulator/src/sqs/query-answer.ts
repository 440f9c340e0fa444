import { xmlDocument, type XmlElement, type XmlValue } from '../wire/xml.js';

/** Namespace of the answers' elements. */
export const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

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

/** Actions that never answer with anything: only these have no result element, and all others have one, empty or not. */
const withoutResult: ReadonlySet<string> = new Set(
  `AddPermission ChangeMessageVisibility DeleteMessage DeleteQueue PurgeQueue RemovePermission SetQueueAttributes
  TagQueue UntagQueue`.split(/\s+/),
);

/** Writes an answer as the query protocol has it. */
export function queryAnswer(action: string, answer: unknown, requestId: string): string {
  return xmlDocument(
    `${action}Response`,
    {
      ...(withoutResult.has(action) ? {} : { [`${action}Result`]: elementOf(action, answer) }),
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
        name === 'Successful' || name === 'Results'
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

/** What the query protocol's JSON says of an action even when it has nothing to say. */
const always: Readonly<Record<string, readonly string[]>> = {
  ReceiveMessage: ['messages'],
  SendMessage: ['MD5OfMessageAttributes', 'MD5OfMessageSystemAttributes', 'SequenceNumber'],
};

/**
 * Writes an answer as the query protocol has it for a client that accepts JSON alone, as API Gateway does: the same
 * elements, with maps as lists of pairs.
 */
export function queryJsonAnswer(action: string, answer: unknown, requestId: string): unknown {
  const nothing = (always[action] ?? []).map((name): [string, null] => [name, null]);
  const result = { ...Object.fromEntries(nothing), ...jsonOf(answer) };
  return {
    [`${action}Response`]: {
      ...(withoutResult.has(action) ? {} : { [`${action}Result`]: result }),
      ResponseMetadata: { RequestId: requestId },
    },
  };
}

function jsonOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    entriesOf(value).map(([name, field]): [string, unknown] => {
      if (name === 'Messages') return ['messages', Array.isArray(field) ? field.map(jsonOf) : field];
      if (Array.isArray(field)) {
        const each: readonly unknown[] = field;
        return [name, each.map((one) => (typeof one === 'object' ? jsonOf(one) : one))];
      }
      const [, key] = (Object.hasOwn(answerMaps, name) ? answerMaps[name] : undefined) ?? [];
      if (key === undefined) return [name, typeof field === 'object' ? jsonOf(field) : field];
      return [name, entriesOf(field).map(([entry, content]) => ({ [key]: entry, Value: content }))];
    }),
  );
}
