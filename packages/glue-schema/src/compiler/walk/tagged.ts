import type { ColumnType } from '../../table-schema.js';
import type { PropertyView, TypeView } from '../type-view.js';
import { report, type Site, type Walk } from './site.js';

/** The description that a tag carries, as plain data. */
type Description = Readonly<Record<string, string | number | boolean>>;

/** The type that a tag's phantom property describes, if the type carries one. */
export function tagOf(view: TypeView): TypeView | undefined {
  return tagProperty(view)?.type;
}

function tagProperty(view: TypeView): PropertyView | undefined {
  const { shape } = view;
  if (shape.kind === 'object')
    return shape.object.properties().find(({ access, name }) => access === 'symbol' && name === 'glueTag');
  if (shape.kind !== 'intersection') return undefined;
  for (const member of shape.members) {
    const found = tagProperty(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The column type of types that all carry the same tag; `untagged` when none does. */
export function taggedValue(
  walk: Walk,
  members: readonly TypeView[],
  site: Site,
): ColumnType | null | 'untagged' {
  const tags = members.map(tagOf);
  const [first] = tags;
  if (tags.every((tag) => tag === undefined)) return 'untagged';
  const descriptions = tags.map((tag) => (tag === undefined ? undefined : describe(tag)));
  const [description] = descriptions;
  if (
    first === undefined ||
    description === undefined ||
    !descriptions.every((other) => same(other, description))
  )
    return report(
      walk,
      site,
      'TAG_CONFLICT',
      `The union mixes ${members
        .map(({ text }) => text)
        .sort()
        .join(' and ')}, which are different column types.`,
      'Choose one tag for the whole type.',
    );
  return columnTypeOf(description) ?? reportInvalid(walk, site, description);
}

function same(a: Description | undefined, b: Description): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** Literal properties of the tag's description type, keys sorted. */
function describe(tag: TypeView): Description {
  const present =
    tag.shape.kind === 'union'
      ? tag.shape.members.find(({ shape }) => shape.kind === 'object' || shape.kind === 'intersection')
      : tag;
  const shape = present?.shape;
  if (shape === undefined || (shape.kind !== 'object' && shape.kind !== 'intersection')) return {};
  const pairs = shape.object
    .properties()
    .flatMap(({ name, type }): [string, string | number | boolean][] =>
      type.shape.kind === 'string-literal' ||
      type.shape.kind === 'number-literal' ||
      type.shape.kind === 'boolean-literal'
        ? [[name, type.shape.value]]
        : [],
    );
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isCount = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;

/** A tag's description as a column type; undefined when its numbers are out of Glue's range. */
function columnTypeOf(tag: Description): ColumnType | null {
  switch (tag.type) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'float':
    case 'double':
    case 'boolean':
    case 'binary':
    case 'date':
      return { kind: tag.type };
    case 'bigint':
      return { kind: 'bigint', wire: tag.wire === 'string' ? 'string' : 'number' };
    case 'string':
      return tag.json === true ? { kind: 'string', json: true } : { kind: 'string' };
    case 'decimal': {
      const { precision, scale } = tag;
      if (!isCount(precision, 1, 38) || !isCount(scale, 0, precision)) return null;
      return { kind: 'decimal', precision, scale };
    }
    case 'char':
    case 'varchar': {
      const { type, length } = tag;
      return isCount(length, 1, type === 'char' ? 255 : 65_535) ? { kind: type, length } : null;
    }
    case 'timestamp': {
      const { wire } = tag;
      if (wire !== 'iso' && wire !== 'epoch-seconds' && wire !== 'epoch-millis') return null;
      return { kind: 'timestamp', wire };
    }
    default:
      return null;
  }
}

function reportInvalid(walk: Walk, site: Site, description: Description): null {
  return report(
    walk,
    site,
    'TAG_INVALID',
    `The tag ${JSON.stringify(description)} is not a Glue type.`,
    'Stay within decimal(1..38, 0..precision), char(1..255) and varchar(1..65535).',
  );
}
