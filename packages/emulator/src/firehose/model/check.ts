import { ServiceError } from '../../wire/service-error.js';
import type { Shape } from './shape.js';

/** Checks a request against its shape; throws what AWS answers, in AWS's words. */
export function checkRequest(shape: Shape, input: unknown): void {
  const problems: string[] = [];
  walk(shape, input, '', problems);
  if (problems.length === 0) return;
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw new ServiceError('ValidationException', `${count}: ${problems.join('; ')}`);
}

function walk(shape: Shape, value: unknown, path: string, problems: string[]): void {
  switch (shape.kind) {
    case 'any':
      return;
    case 'string':
      checkText(shape, value, path, problems);
      return;
    case 'integer':
    case 'double':
      checkNumber(shape, value, path, problems);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(path, 'a boolean');
      return;
    case 'blob':
      checkBlob(shape, value, path, problems);
      return;
    case 'list':
      if (!Array.isArray(value)) throw wrongType(path, 'a list');
      checkLength(shape, value.length, value, path, problems);
      value.forEach((item: unknown, index) => {
        walk(shape.of, item, `${path}.${index + 1}.member`, problems);
      });
      return;
    case 'map':
      if (!isObject(value)) throw wrongType(path, 'a map');
      for (const [key, item] of Object.entries(value)) {
        walk(shape.key, key, `${path}.key`, problems);
        walk(shape.value, item, `${path}.${key}.member`, problems);
      }
      return;
    case 'structure':
      if (!isObject(value)) throw wrongType(path, 'a structure');
      for (const name of shape.required) {
        if (value[name] === undefined || value[name] === null) {
          problems.push(failed('null', member(path, name), 'Member must not be null'));
        }
      }
      for (const [name, of] of Object.entries(shape.members)) {
        const item = value[name];
        if (item !== undefined && item !== null) walk(of, item, member(path, name), problems);
      }
  }
}

function checkText(
  shape: Extract<Shape, { kind: 'string' }>,
  value: unknown,
  path: string,
  problems: string[],
): void {
  if (typeof value !== 'string') throw wrongType(path, 'a string');
  if (shape.values !== undefined && !shape.values.includes(value)) {
    problems.push(failed(value, path, `Member must satisfy enum value set: [${shape.values.join(', ')}]`));
  }
  checkLength(shape, value.length, value, path, problems);
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, 'u').test(value)) {
    problems.push(failed(value, path, `Member must satisfy regular expression pattern: ${shape.pattern}`));
  }
}

function checkNumber(
  shape: Extract<Shape, { kind: 'integer' | 'double' }>,
  value: unknown,
  path: string,
  problems: string[],
): void {
  if (typeof value !== 'number' || (shape.kind === 'integer' && !Number.isInteger(value))) {
    throw wrongType(path, shape.kind === 'integer' ? 'an integer' : 'a number');
  }
  if (shape.min !== undefined && value < shape.min) {
    problems.push(failed(value, path, `Member must have value greater than or equal to ${shape.min}`));
  }
  if (shape.max !== undefined && value > shape.max) {
    problems.push(failed(value, path, `Member must have value less than or equal to ${shape.max}`));
  }
}

function checkBlob(
  shape: Extract<Shape, { kind: 'blob' }>,
  value: unknown,
  path: string,
  problems: string[],
): void {
  if (typeof value !== 'string') throw wrongType(path, 'base64 text');
  const bytes = Buffer.byteLength(value, 'base64');
  if (shape.max !== undefined && bytes > shape.max) {
    problems.push(
      failed(`java.nio.HeapByteBuffer[pos=0 lim=${bytes} cap=${bytes}]`, path, lengthAtMost(shape.max)),
    );
  }
}

function checkLength(
  { min, max }: { readonly min?: number; readonly max?: number },
  length: number,
  value: unknown,
  path: string,
  problems: string[],
): void {
  if (min !== undefined && length < min) {
    problems.push(failed(value, path, `Member must have length greater than or equal to ${min}`));
  }
  if (max !== undefined && length > max) problems.push(failed(value, path, lengthAtMost(max)));
}

function lengthAtMost(max: number): string {
  return `Member must have length less than or equal to ${max}`;
}

function failed(value: unknown, path: string, constraint: string): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return `Value '${shown.slice(0, 200)}' at '${path}' failed to satisfy constraint: ${constraint}`;
}

/** AWS writes members with a small first letter in its messages. */
function member(path: string, name: string): string {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  return path === '' ? small : `${path}.${small}`;
}

function wrongType(path: string, expected: string): ServiceError {
  return new ServiceError('SerializationException', `Expected ${expected} at '${path || 'the request'}'.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
