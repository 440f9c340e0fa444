import { nearestNames, shown, type OptionProblem } from '@store/foundation';
import type { JsonSchema } from '@store/glue-schema';
import type { IntakeProblem } from '../errors.js';
import { mappingLimits } from './document.js';

/**
 * Returns everything in which a value differs from a JSON Schema of the kind that our emitter writes: each with its path, what
 * was expected, what was found, and the nearest known name. What the schema does not look into is not looked into.
 */
export function structureProblems(root: JsonSchema, value: unknown): readonly IntakeProblem[] {
  const problems: IntakeProblem[] = [];
  check(root, value, '');
  return problems;

  function check(given: JsonSchema, found: unknown, path: string): void {
    if (problems.length > mappingLimits.problems) return;
    const schema = resolved(given);
    const options = alternatives(schema);
    if (options !== undefined) {
      // A list is told what is wrong in it, and so is an object; what is neither, what it may be.
      const fitting = options.map(resolved).find((option) => kindFits(option, found));
      if (fitting === undefined) tell(path, expectedOf(schema), found);
      else check(fitting, found, path);
      return;
    }
    if (!kindFits(schema, found)) {
      tell(path, expectedOf(schema), found, nearest(found, valuesOf(schema)));
      return;
    }
    if (Array.isArray(found)) checkList(schema, found, path);
    else if (typeof found === 'object' && found !== null) checkObject(schema, found, path);
    else if (!inBounds(schema, found)) tell(path, expectedOf(schema), found);
  }

  function checkList(schema: JsonSchema, found: readonly unknown[], path: string): void {
    const { items, minItems } = schema;
    if (found.length > mappingLimits.entries) {
      tell(path, `a list of at most ${mappingLimits.entries}`, found);
      return;
    }
    if (typeof minItems === 'number' && found.length < minItems)
      tell(path, 'a list that is not empty', found);
    for (const [index, item] of found.entries()) check(asSchema(items), item, `${path}[${index}]`);
  }

  function checkObject(schema: JsonSchema, found: object, path: string): void {
    const known = new Map(Object.entries(asSchema(schema.properties)));
    const { additionalProperties } = schema;
    const entries = Object.entries(found);
    if (entries.length > mappingLimits.entries) {
      tell(path, `at most ${mappingLimits.entries} keys`, found);
      return;
    }
    for (const [key, item] of entries) {
      const rule = known.get(key) ?? (additionalProperties === false ? undefined : additionalProperties);
      if (rule === undefined) unknownKey(path, key, known.keys());
      else check(asSchema(rule), item, join(path, key, known.has(key)));
    }
    const required = Array.isArray(schema.required) ? schema.required : [];
    for (const key of required) {
      if (typeof key === 'string' && !Object.hasOwn(found, key))
        tell(join(path, key, true), expectedOf(resolved(asSchema(known.get(key)))), undefined);
    }
  }

  function unknownKey(path: string, key: string, known: Iterable<string>): void {
    const names = [...known];
    const [near] = nearestNames(key, names);
    const hint = near === undefined ? `Known: ${names.join(', ')}.` : `Did you mean \`${near}\`?`;
    add(join(path, key, false), `Expected a known key, got ${shown(key)}. ${hint}`);
  }

  function tell(path: string, expected: string, found: unknown, hint = ''): void {
    add(
      path,
      found === undefined
        ? `Expected ${expected}, got nothing.${hint}`
        : `Expected ${expected}, got ${shown(found)}.${hint}`,
    );
  }

  function add(path: string, message: string): void {
    problems.push({ path, message });
  }

  function resolved(schema: JsonSchema): JsonSchema {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    return asSchema(asSchema(root.$defs)[$ref.slice('#/$defs/'.length)]);
  }

  function expectedOf(given: JsonSchema): string {
    const schema = resolved(given);
    const options = alternatives(schema);
    if (options !== undefined) return options.map(expectedOf).join(' or ');
    const values = valuesOf(schema);
    if (values.length > 0) return values.map((one) => JSON.stringify(one)).join(' or ');
    if (schema.type === 'string') return lengthText(schema);
    if (schema.type === 'integer' || schema.type === 'number') return numberText(schema);
    if (schema.type === 'boolean') return 'true or false';
    return schema.type === 'array' ? 'a list' : 'an object';
  }
}

/** What a value of an object is in JSON: keys and values. */
function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function alternatives({ anyOf }: JsonSchema): readonly JsonSchema[] | undefined {
  return Array.isArray(anyOf) ? anyOf.map(asSchema) : undefined;
}

function valuesOf(schema: JsonSchema): readonly unknown[] {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : [];
}

function kindFits(schema: JsonSchema, found: unknown): boolean {
  const values = valuesOf(schema);
  if (values.length > 0) return values.includes(found);
  switch (schema.type) {
    case 'array':
      return Array.isArray(found);
    case 'object':
      return typeof found === 'object' && found !== null && !Array.isArray(found);
    case 'integer':
    case 'number':
      return typeof found === 'number' && Number.isFinite(found);
    default:
      return typeof found === schema.type;
  }
}

function inBounds({ type, minimum, maximum, minLength, maxLength }: JsonSchema, found: unknown): boolean {
  if (typeof found === 'string') {
    const most = typeof maxLength === 'number' ? maxLength : mappingLimits.nameChars;
    return found.length >= Number(minLength ?? 0) && found.length <= most;
  }
  if (typeof found !== 'number') return true;
  if (type === 'integer' && !Number.isInteger(found)) return false;
  return found >= Number(minimum ?? -Infinity) && found <= Number(maximum ?? Infinity);
}

function lengthText({ minLength, maxLength }: JsonSchema): string {
  if (minLength === 1 && maxLength === 1) return 'one character';
  const most = typeof maxLength === 'number' ? maxLength : mappingLimits.nameChars;
  return typeof minLength === 'number'
    ? `text of ${minLength} to ${most} characters`
    : `text of at most ${most} characters`;
}

function numberText({ type, minimum, maximum }: JsonSchema): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  return typeof minimum === 'number' && typeof maximum === 'number'
    ? `${kind} from ${minimum} to ${maximum}`
    : kind;
}

function nearest(found: unknown, values: readonly unknown[]): OptionProblem['message'] {
  const words = values.filter((value) => typeof value === 'string');
  const [near] = typeof found === 'string' ? nearestNames(found, words) : [];
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`;
}

/** `fields.event_time`, and `skipWhen["On hand"]` for a key of the document's own. */
function join(path: string, key: string, known: boolean): string {
  if (!known && !/^[A-Za-z_]\w*$/.test(key)) return `${path}[${shown(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
