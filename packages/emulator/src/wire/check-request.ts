import { stringifyJson } from '@store/foundation';
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
  const to: Walk = { refusals, violations: [], place: [] };
  walk(shape, input, to);
  if (to.violations.length > 0) throw refusals.violated(to.violations);
}

interface Walk {
  readonly refusals: Refusals;
  readonly violations: Violation[];
  /**
   * Names of members and places in lists on the way to the value. Only what is refused needs its path: written out for
   * every value it cost a tenth of a batch of SQS (bench/sqs-messages.bench.ts).
   */
  readonly place: (string | number)[];
}

function pathOf({ place }: Walk): string {
  return place.map((step) => (typeof step === 'number' ? `${step + 1}.member` : step)).join('.');
}

function walk(shape: ShapeNode, value: unknown, to: Walk): void {
  switch (shape.kind) {
    case 'any':
      return;
    case 'string':
      checkText(shape, value, to);
      return;
    case 'integer':
    case 'double':
      checkNumber(shape, value, to);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType('true or false', value, to);
      return;
    case 'blob':
      checkBlob(shape, value, to);
      return;
    case 'list':
      if (!Array.isArray(value)) throw wrongType('a list', value, to);
      checkLength(shape, value.length, value, to);
      for (let index = 0; index < value.length; index += 1) walkAt(index, shape.of, value[index], to);
      return;
    case 'map':
      if (!isObject(value)) throw wrongType('a map', value, to);
      for (const [key, item] of Object.entries(value)) {
        walkAt('key', shape.key, key, to);
        walkAt(`${key}.member`, shape.value, item, to);
      }
      return;
    case 'structure':
      if (!isObject(value)) throw wrongType('an object', value, to);
      for (const name of shape.required) {
        if ((value[name] ?? undefined) === undefined) {
          to.place.push(name);
          violate(null, 'Member must not be null', to);
          to.place.pop();
        }
      }
      for (const name in shape.members) {
        const item = value[name];
        const of = shape.members[name];
        if (of === undefined || item === undefined) continue;
        // The request was read from the wire, and nothing else refers to it.
        if (item === null) Reflect.deleteProperty(value, name);
        else walkAt(name, of, item, to);
      }
  }
}

function walkAt(step: string | number, shape: ShapeNode, value: unknown, to: Walk): void {
  to.place.push(step);
  walk(shape, value, to);
  to.place.pop();
}

function checkText(shape: TextNode, value: unknown, to: Walk): void {
  if (typeof value !== 'string') throw wrongType('a string', value, to);
  if (shape.values !== undefined && !shape.values.includes(value)) {
    violate(value, `Member must satisfy enum value set: [${shape.values.join(', ')}]`, to);
  }
  checkLength(shape, value.length, value, to);
  if (shape.regExp !== undefined && !shape.regExp.test(value)) {
    violate(value, `Member must satisfy regular expression pattern: ${shape.pattern ?? ''}`, to);
  }
}

function checkNumber({ kind, min, max }: NumberNode, value: unknown, to: Walk): void {
  if (typeof value !== 'number' || (kind === 'integer' && !Number.isInteger(value))) {
    throw wrongType(kind === 'integer' ? 'a whole number' : 'a number', value, to);
  }
  if (min !== undefined && value < min) {
    violate(value, `Member must have value greater than or equal to ${min}`, to);
  }
  if (max !== undefined && value > max) {
    violate(value, `Member must have value less than or equal to ${max}`, to);
  }
}

function checkBlob({ max }: BlobNode, value: unknown, to: Walk): void {
  if (typeof value !== 'string') throw wrongType('base64 text', value, to);
  const bytes = Buffer.byteLength(value, 'base64');
  if (max !== undefined && bytes > max) {
    const shown = `java.nio.HeapByteBuffer[pos=0 lim=${bytes} cap=${bytes}]`;
    violate(shown, `Member must have length less than or equal to ${max}`, to);
  }
}

function checkLength(
  { min, max }: { readonly min?: number; readonly max?: number },
  length: number,
  value: unknown,
  to: Walk,
): void {
  if (min !== undefined && length < min) {
    violate(value, `Member must have length greater than or equal to ${min}`, to);
  }
  if (max !== undefined && length > max) {
    violate(value, `Member must have length less than or equal to ${max}`, to);
  }
}

function wrongType(expected: string, value: unknown, to: Walk): Error {
  return to.refusals.wrongType(pathOf(to), expected, value);
}

/** More would make an answer longer than any request. */
const MOST_VIOLATIONS = 100;

function violate(value: unknown, constraint: string, to: Walk): void {
  if (to.violations.length >= MOST_VIOLATIONS) return;
  const shown = typeof value === 'string' ? value : stringifyJson(value, { maxChars: 200 });
  to.violations.push({ path: pathOf(to), shown: shown.slice(0, 200), constraint });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
