import { JsonNumber } from '@store/foundation';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns an item of DynamoDB as a plain record: `{ N: "12.50" }` is that number, exactly, `{ S: … }` its text, maps and lists
 * their members, a set a list, binary its base64. What is no attribute value stays as it is. The caller bounds the depth.
 */
export function plainItem(item: Fields): Fields {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (!isFields(value)) return value;
  const [entry, more] = Object.entries(value);
  if (entry === undefined || more !== undefined) return value;
  const [type, content] = entry;
  switch (type) {
    case 'S':
    case 'B':
    case 'BOOL':
    case 'SS':
    case 'BS':
      return content;
    case 'N':
      return plainNumber(content);
    case 'NULL':
      return null;
    case 'NS':
      return Array.isArray(content) ? content.map(plainNumber) : content;
    case 'L':
      return Array.isArray(content) ? content.map(plainValue) : content;
    case 'M':
      return isFields(content) ? plainItem(content) : content;
    default:
      return value;
  }
}

/** DynamoDB writes a number as text, with up to 38 digits. */
function plainNumber(content: unknown): unknown {
  if (typeof content !== 'string' || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(content)) return content;
  const number = Number(content);
  return String(number) === content ? number : new JsonNumber(content);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
