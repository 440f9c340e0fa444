import type { ColumnType } from '../../table-schema.js';
import type { TypeShape, TypeView } from '../type-view.js';
import { report, type Site, type Walk } from './site.js';

/** The column type of several types of which a value has one: closed unions, enums, or nothing honest. */
export function literalUnion(
  walk: Walk,
  members: readonly TypeView[],
  whole: TypeView,
  site: Site,
): ColumnType | null {
  const shapes = members.map(({ shape }) => shape);
  if (shapes.every(isText)) return textUnion(shapes);
  if (shapes.every(isNumeric)) return numberUnion(shapes);
  if (shapes.every(isBigInt)) return bigintUnion(shapes);
  if (shapes.every(({ kind }) => kind === 'boolean' || kind === 'boolean-literal'))
    return { kind: 'boolean' };
  const objects = shapes.every(({ kind }) => kind === 'object' || kind === 'intersection');
  if (objects)
    return report(
      walk,
      site,
      'UNION_OF_OBJECTS',
      `The union ${unionText(whole)} has no struct of its own.`,
      'Mark the property @flatten to get one struct with every field nullable, or keep it as text with Json<…>.',
    );
  return report(
    walk,
    site,
    'UNION_MIXED',
    `The union ${unionText(whole)} mixes types that no one column holds.`,
    'Choose one type, or keep the value as JSON text with Json<…>.',
  );
}

/** A union as text, members sorted: each compiler prints them in an order of its own. */
function unionText({ text, shape }: TypeView): string {
  if (shape.kind !== 'union' || !text.includes(' | ')) return text;
  const texts = shape.members.map((member) =>
    member.shape.kind === 'boolean-literal' ? 'boolean' : member.text,
  );
  return [...new Set(texts)].sort().join(' | ');
}

type Of<Kind extends TypeShape['kind']> = Extract<TypeShape, { kind: Kind }>;

const isText = (shape: TypeShape): shape is Of<'string-literal'> | { kind: 'string' | 'template' } =>
  shape.kind === 'string-literal' || shape.kind === 'string' || shape.kind === 'template';
const isNumeric = (shape: TypeShape): shape is Of<'number-literal'> | { kind: 'number' } =>
  shape.kind === 'number-literal' || shape.kind === 'number';
const isBigInt = (shape: TypeShape): shape is Of<'bigint-literal'> | { kind: 'bigint' } =>
  shape.kind === 'bigint-literal' || shape.kind === 'bigint';

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
  if (!sorted.every(Number.isSafeInteger)) return { kind: 'double' };
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
