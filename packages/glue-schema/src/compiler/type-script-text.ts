/** TypeScript source text of plain data, as a person would lay it out. */
export function literal(value: unknown, indent = ''): string {
  const flat = flatLiteral(value);
  if (flat.length + indent.length <= 100) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  if (typeof value !== 'object' || value === null) return flat;
  const lines = Object.entries(value).map(
    ([key, item]) => `${inner}${propertyKey(key)}: ${literal(item, inner)},\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}

function flatLiteral(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value).map(([key, item]) => `${propertyKey(key)}: ${flatLiteral(item)}`);
  return `{ ${pairs.join(', ')} }`;
}

/** A piece of source text that stands for itself in data. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A string in single quotes, or in double ones where that saves escapes. */
export function stringLiteral(text: string): string {
  const json = JSON.stringify(text).replace(/[\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
  if (text.includes("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** A key of an object literal; `__proto__` computed, or it would set the prototype. */
export function propertyKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return isIdentifier(key) ? key : stringLiteral(key);
}

/** `object.key` or `object['4x']`. */
export const access = (object: string, key: string): string =>
  isIdentifier(key) ? `${object}.${key}` : `${object}[${stringLiteral(key)}]`;

const isIdentifier = (key: string): boolean => /^[A-Za-z_$][\w$]*$/u.test(key);

/** `InventoryEvent` → `inventoryEvent`. */
export const camelCase = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);
