import { GlueSchemaError } from './errors.js';
import { MAX_NAME_BYTES } from './glue-limits.js';
import type { Column } from './table-schema.js';

/** What makes a name unfit for a Glue column, or `undefined` when it is fit. */
export function columnNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (utf8Length(name) > MAX_NAME_BYTES) return `is longer than ${MAX_NAME_BYTES} bytes of UTF-8`;
  if (name !== name.toLowerCase()) return 'has upper-case letters, which Glue folds';
  if (!/^[\p{L}\p{Nd}_]+$/u.test(name)) return 'has characters other than letters, digits and "_"';
  return undefined;
}

/** Throws unless every name is fit and no two are equal, per struct level too. */
export function checkColumnNames(columns: readonly Column[], path = ''): void {
  const seen = new Set<string>();
  for (const { name, type } of columns) {
    const problem = columnNameProblem(name);
    if (problem !== undefined) {
      throw new GlueSchemaError('INVALID_NAME', `Column "${path}${name}" ${problem}; rename it`, {
        name: `${path}${name}`,
      });
    }
    if (seen.has(name)) {
      throw new GlueSchemaError('NAME_COLLISION', `Column "${path}${name}" stands twice; rename one`, {
        name: `${path}${name}`,
      });
    }
    seen.add(name);
    checkNested(type, `${path}${name}`);
  }
}

function checkNested(type: Column['type'], path: string): void {
  if (type.kind === 'struct') checkColumnNames(type.fields, `${path}.`);
  else if (type.kind === 'array') checkNested(type.element, `${path}[]`);
  else if (type.kind === 'map') checkNested(type.value, `${path}{}`);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
