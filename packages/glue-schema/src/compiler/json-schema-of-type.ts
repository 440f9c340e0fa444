import type { JsonSchema } from '../to-json-schema.js';
import type { DocComment, ObjectView, PropertyView, SourcePosition, TypeView } from './type-view.js';

/** A place of a type that no JSON Schema tells of. */
export interface UnreadableType {
  /** Kind of the type, `function`, or `tag` for a tag without a number. */
  readonly kind: string;
  readonly path: string;
  readonly position: SourcePosition | undefined;
}

/** Where the walk is. */
interface Place {
  readonly path: string;
  readonly position: SourcePosition | undefined;
}

/** Returns the JSON Schema (2020-12) of a type, and what of it cannot be told. */
export function jsonSchemaOf(
  root: TypeView,
  doc: DocComment,
  title: string,
): { readonly schema: JsonSchema; readonly unreadable: readonly UnreadableType[] } {
  const unreadable: UnreadableType[] = [];
  /** Interfaces by name, so that one that holds itself ends. */
  const definitions = new Map<string, JsonSchema>();

  const body =
    root.shape.kind === 'object'
      ? objectOf(root.shape.object, { path: title, position: undefined })
      : schemaOf(root, { path: title, position: undefined });
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...described(doc),
    ...body,
    ...(definitions.size === 0
      ? {}
      : { $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) }),
  };
  return { schema, unreadable };

  function refuse(kind: string, { path, position }: Place): JsonSchema {
    unreadable.push({ kind, path, position });
    return {};
  }

  function schemaOf(type: TypeView, place: Place): JsonSchema {
    const { shape } = type;
    switch (shape.kind) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'null':
        return { type: shape.kind };
      case 'unknown':
        return {};
      case 'string-literal':
      case 'number-literal':
      case 'boolean-literal':
        return { const: shape.value };
      case 'union':
        return unionOf(shape.members, place);
      case 'array':
        return { type: 'array', items: schemaOf(shape.element, { ...place, path: `${place.path}[]` }) };
      case 'object':
        return named(shape.object, place);
      default:
        return refuse(shape.kind, place);
    }
  }

  function unionOf(members: readonly TypeView[], place: Place): JsonSchema {
    const values: (string | number | boolean)[] = [];
    const others: JsonSchema[] = [];
    for (const member of members) {
      const { shape } = member;
      if (shape.kind === 'undefined') continue;
      if (
        shape.kind === 'string-literal' ||
        shape.kind === 'number-literal' ||
        shape.kind === 'boolean-literal'
      )
        values.push(shape.value);
      else others.push(schemaOf(member, place));
    }
    const isFlag = values.includes(true) && values.includes(false);
    const rest = (isFlag ? values.filter((value) => typeof value !== 'boolean') : values).sort((a, b) =>
      a < b ? -1 : 1,
    );
    const parts = [
      ...others,
      ...(isFlag ? [{ type: 'boolean' }] : []),
      ...(rest.length === 0 ? [] : [rest.length === 1 ? { const: rest[0] } : { enum: rest }]),
    ].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return parts.length === 1 ? (parts[0] ?? {}) : { anyOf: parts };
  }

  function named(object: ObjectView, place: Place): JsonSchema {
    const { name } = object;
    if (object.callable) return refuse('function', place);
    if (name === undefined || object.fromLibrary) return objectOf(object, place);
    if (!definitions.has(name)) {
      definitions.set(name, {});
      definitions.set(name, objectOf(object, place));
    }
    return { $ref: `#/$defs/${name}` };
  }

  function objectOf(object: ObjectView, place: Place): JsonSchema {
    if (object.callable) return refuse('function', place);
    const properties = object.properties().filter(({ access }) => access === 'public');
    const [index] = object.indexes();
    if (index !== undefined)
      return {
        type: 'object',
        additionalProperties: schemaOf(index.value, { ...place, path: `${place.path}{}` }),
      };
    return {
      type: 'object',
      // Pairs, so that a key named "__proto__" is a key.
      properties: Object.fromEntries(
        properties.map((property) => [property.name, propertyOf(property, place)]),
      ),
      required: properties.filter(({ optional }) => !optional).map(({ name }) => name),
      additionalProperties: false,
    };
  }

  function propertyOf(
    { name, type, kind, doc: comment, position }: PropertyView,
    { path }: Place,
  ): JsonSchema {
    const place = { path: `${path}.${name}`, position };
    if (kind === 'method') return refuse('function', place);
    return { ...described(comment), ...schemaOf(type, place), ...boundsOf(comment, place) };
  }

  function boundsOf({ tags }: DocComment, place: Place): JsonSchema {
    const bounds: Record<string, unknown> = {};
    for (const { name, text } of tags) {
      if (name === 'asType' && text === 'integer') bounds.type = 'integer';
      if (!numeric.has(name)) continue;
      if (text !== '' && Number.isFinite(Number(text))) bounds[name] = Number(text);
      else refuse('tag', place);
    }
    return bounds;
  }
}

const numeric: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]);

const described = ({ text }: DocComment): JsonSchema => (text === '' ? {} : { description: text });
