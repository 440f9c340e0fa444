import type { ColumnType } from '../../table-schema.js';

/** The size of a type, as Glue writes it. */
export interface TypeSize {
  /** Characters of its text. */
  readonly length: number;
  /** Levels of array, map and struct. */
  readonly depth: number;
}

/** By type: parts that many types share are measured once, or a type of few parts could take as long as its text. */
const sizes = new WeakMap<ColumnType, TypeSize>();

/** Returns how long the text of a type is and how deep it nests, without writing it. */
export function sizeOf(type: ColumnType): TypeSize {
  const known = sizes.get(type);
  if (known !== undefined) return known;
  const size = measured(type);
  sizes.set(type, size);
  return size;
}

function measured(type: ColumnType): TypeSize {
  switch (type.kind) {
    case 'array': {
      const { length, depth } = sizeOf(type.element);
      return { length: length + 'array<>'.length, depth: depth + 1 };
    }
    case 'map': {
      const value = sizeOf(type.value);
      return { length: value.length + 'map<string,>'.length, depth: value.depth + 1 };
    }
    case 'struct': {
      let length = 'struct<>'.length - 1;
      let depth = 0;
      for (const field of type.fields) {
        const size = sizeOf(field.type);
        length += field.name.length + size.length + 2;
        depth = Math.max(depth, size.depth);
      }
      return { length, depth: depth + 1 };
    }
    case 'decimal':
      return { length: `decimal(${type.precision},${type.scale})`.length, depth: 0 };
    case 'char':
    case 'varchar':
      return { length: `${type.kind}(${type.length})`.length, depth: 0 };
    default:
      return { length: type.kind.length, depth: 0 };
  }
}
