import { xmlDocument, type XmlElement, type XmlValue } from '../../wire/xml.js';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** What the JSON protocol calls a list, and how the query protocol names each of its items. */
const items: Readonly<Record<string, string>> = {
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
  Messages: 'Message',
  Failed: 'BatchResultErrorEntry',
};

/** Maps, which the query protocol writes as one element an entry. */
const maps: Readonly<Record<string, readonly [name: string, key: string]>> = {
  Attributes: ['Attribute', 'Name'],
  MessageAttributes: ['MessageAttribute', 'Name'],
  Tags: ['Tag', 'Key'],
};

/** Writes an answer as the query protocol has it. */
export function queryAnswer(action: string, answer: unknown, requestId: string): string {
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
  for (const [name, field] of fieldsOf(value)) {
    if (Array.isArray(field)) {
      const item = name === 'Successful' ? `${action}ResultEntry` : (items[name] ?? name);
      element[item] = listOf(action, field);
    } else if (Object.hasOwn(maps, name)) {
      const [item = name, key = 'Name'] = maps[name] ?? [];
      element[item] = fieldsOf(field).map(([entry, content]) => ({
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

function fieldsOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
