import type { BlobNode, NumberNode, ShapeNode, TextNode } from './shape.js';

/** A constraint of the model that a value breaks. */
export interface Violation {
  /** Where the value stands: `TableInput.Name`, `Records.1.member.Data`. */
  readonly path: string;
  /** The value as messages show it; `null` where it is missing. */
  readonly shown: string;
  /** In AWS's words: `Member must not be null`. */
  readonly constraint: string;
}

/** How a service words what it refuses before any action runs. */
export interface Refusals {
  /** The action is not served. */
  unknownAction(name: string): Error;
  /** A value is not of the kind that its shape names. */
  wrongType(path: string, expected: string, value: unknown): Error;
  /** Values break their constraints, in the order of the shape; at least one. */
  violated(violations: readonly Violation[]): Error;
}

/**
 * Checks a request against its shape; throws what the service answers to one that does not fit. Members that are null
 * count as left out and are taken away.
 */
export function checkRequest(shape: ShapeNode, input: unknown, refusals: Refusals): void {
  const violations: Violation[] = [];
  walk(shape, input, '', { refusals, violations });
  if (violations.length > 0) throw refusals.violated(violations);
}

interface Walk {
  readonly refusals: Refusals;
  readonly violations: Violation[];
}

function walk(shape: ShapeNode, value: unknown, path: string, to: Walk): void {
  switch (shape.kind) {
    case 'any':
      return;
    case 'string':
      checkText(shape, value, path, to);
      return;
    case 'integer':
    case 'double':
      checkNumber(shape, value, path, to);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') throw to.refusals.wrongType(path, 'true or false', value);
      return;
    case 'blob':
      checkBlob(shape, value, path, to);
      return;
    case 'list':
      if (!Array.isArray(value)) throw to.refusals.wrongType(path, 'a list', value);
      checkLength(shape, value.length, value, path, to);
      value.forEach((item: unknown, index) => {
        walk(shape.of, item, `${path}.${index + 1}.member`, to);
      });
      return;
    case 'map':
      if (!isObject(value)) throw to.refusals.wrongType(path, 'a map', value);
      for (const [key, item] of Object.entries(value)) {
        walk(shape.key, key, `${path}.key`, to);
        walk(shape.value, item, `${path}.${key}.member`, to);
      }
      return;
    case 'structure': {
      if (!isObject(value)) throw to.refusals.wrongType(path, 'an object', value);
      const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
      for (const name of shape.required) {
        if ((value[name] ?? undefined) === undefined) {
          to.violations.push({ path: at(name), shown: 'null', constraint: 'Member must not be null' });
        }
      }
      for (const name in shape.members) {
        const item = value[name];
        const of = shape.members[name];
        if (of === undefined || item === undefined) continue;
        // The request is read from the wire and nobody else's.
        if (item === null) Reflect.deleteProperty(value, name);
        else walk(of, item, at(name), to);
      }
    }
  }
}

function checkText(shape: TextNode, value: unknown, path: string, to: Walk): void {
  if (typeof value !== 'string') throw to.refusals.wrongType(path, 'a string', value);
  if (shape.values !== undefined && !shape.values.includes(value)) {
    violate(value, path, `Member must satisfy enum value set: [${shape.values.join(', ')}]`, to);
  }
  checkLength(shape, value.length, value, path, to);
  if (shape.regExp !== undefined && !shape.regExp.test(value)) {
    violate(value, path, `Member must satisfy regular expression pattern: ${shape.pattern ?? ''}`, to);
  }
}

function checkNumber({ kind, min, max }: NumberNode, value: unknown, path: string, to: Walk): void {
  if (typeof value !== 'number' || (kind === 'integer' && !Number.isInteger(value))) {
    throw to.refusals.wrongType(path, kind === 'integer' ? 'a whole number' : 'a number', value);
  }
  if (min !== undefined && value < min) {
    violate(value, path, `Member must have value greater than or equal to ${min}`, to);
  }
  if (max !== undefined && value > max) {
    violate(value, path, `Member must have value less than or equal to ${max}`, to);
  }
}

function checkBlob({ max }: BlobNode, value: unknown, path: string, to: Walk): void {
  if (typeof value !== 'string') throw to.refusals.wrongType(path, 'base64 text', value);
  const bytes = Buffer.byteLength(value, 'base64');
  if (max !== undefined && bytes > max) {
    const shown = `java.nio.HeapByteBuffer[pos=0 lim=${bytes} cap=${bytes}]`;
    violate(shown, path, `Member must have length less than or equal to ${max}`, to);
  }
}

function checkLength(
  { min, max }: { readonly min?: number; readonly max?: number },
  length: number,
  value: unknown,
  path: string,
  to: Walk,
): void {
  if (min !== undefined && length < min) {
    violate(value, path, `Member must have length greater than or equal to ${min}`, to);
  }
  if (max !== undefined && length > max) {
    violate(value, path, `Member must have length less than or equal to ${max}`, to);
  }
}

function violate(value: unknown, path: string, constraint: string, to: Walk): void {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  to.violations.push({ path, shown: shown.slice(0, 200), constraint });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
