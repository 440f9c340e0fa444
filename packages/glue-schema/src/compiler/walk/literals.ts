import type { ColumnType } from '../../table-schema.js';
import type { TypeShape, TypeView } from '../type-view.js';

/** The column type of a union of literals or of plain values of one kind; undefined for every other union. */
export function literalUnion(members: readonly TypeView[]): ColumnType | undefined {
  const shapes = members.map(({ shape }) => shape);
  if (shapes.every(isText)) return textUnion(shapes);
  if (shapes.every(isNumeric)) return numberUnion(shapes);
  if (shapes.every(isBigInt)) return bigintUnion(shapes);
  return shapes.every(isBoolean) ? booleanUnion(shapes) : undefined;
}

/** A printed type as a message holds it. */
export const shortText = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

/** A union as text, members sorted: each compiler prints them in an order of its own. */
export function unionText({ text, shape }: TypeView): string {
  if (shape.kind !== 'union' || !text.includes(' | ')) return shortText(text);
  const texts = shape.members.map((member) =>
    member.shape.kind === 'boolean-literal' ? 'boolean' : member.text,
  );
  return shortText([...new Set(texts)].sort().join(' | '));
}

type Of<Kind extends TypeShape['kind']> = Extract<TypeShape, { kind: Kind }>;

const isText = (shape: TypeShape): shape is Of<'string-literal'> | { kind: 'string' | 'template' } =>
  shape.kind === 'string-literal' || shape.kind === 'string' || shape.kind === 'template';
const isNumeric = (shape: TypeShape): shape is Of<'number-literal'> | { kind: 'number' } =>
  shape.kind === 'number-literal' || shape.kind === 'number';
const isBigInt = (shape: TypeShape): shape is Of<'bigint-literal'> | { kind: 'bigint' } =>
  shape.kind === 'bigint-literal' || shape.kind === 'bigint';

const isBoolean = (shape: TypeShape): shape is Of<'boolean-literal'> | { kind: 'boolean' } =>
  shape.kind === 'boolean-literal' || shape.kind === 'boolean';

/** `true` alone is a closed set; both are every boolean. */
function booleanUnion(shapes: readonly (Of<'boolean-literal'> | { kind: 'boolean' })[]): ColumnType {
  const values = new Set(
    shapes.flatMap((shape) => (shape.kind === 'boolean' ? [true, false] : [shape.value])),
  );
  return { kind: 'boolean', ...(values.size === 1 ? { values: [...values] } : {}) };
}

function textUnion(shapes: readonly (Of<'string-literal'> | { kind: 'string' | 'template' })[]): ColumnType {
  const values: string[] = [];
  for (const shape of shapes) {
    if (shape.kind !== 'string-literal') return { kind: 'string' };
    values.push(shape.value);
  }
  // Checkers order a union by their own ids, so the values are sorted.
  return { kind: 'string', values: [...new Set(values)].sort() };
}

function numberUnion(shapes: readonly (Of<'number-literal'> | { kind: 'number' })[]): ColumnType {
  const values: number[] = [];
  for (const shape of shapes) {
    if (shape.kind !== 'number-literal') return { kind: 'double' };
    values.push(shape.value);
  }
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (!sorted.every(Number.isSafeInteger)) return { kind: 'double', values: sorted };
  const isInt32 = sorted.every((value) => value === (value | 0));
  return isInt32 ? { kind: 'int', values: sorted } : { kind: 'bigint', wire: 'number', values: sorted };
}

function bigintUnion(shapes: readonly (Of<'bigint-literal'> | { kind: 'bigint' })[]): ColumnType {
  const values: bigint[] = [];
  for (const shape of shapes) {
    if (shape.kind !== 'bigint-literal') return { kind: 'bigint', wire: 'string' };
    values.push(BigInt(shape.value));
  }
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  return { kind: 'bigint', wire: 'string', values: sorted.map(String) };
}
