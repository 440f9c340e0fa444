import { oneOf, structure, text, type InputOf, type StructureShape } from '../wire/shape.js';
import { parameter } from './dynamodb-context.js';
import { invalid } from './dynamodb-errors.js';
import type { IndexDefinition, KeyElement, KeySchema } from './table.js';

/** One element of a `KeySchema`. */
export const schemaElements: StructureShape<{
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}> = structure({ AttributeName: text(1, 255), KeyType: oneOf('HASH', 'RANGE') }, [
  'AttributeName',
  'KeyType',
]);

type Elements = readonly InputOf<typeof schemaElements>[];

/** Types of the attributes that keys are made of. */
export function keyTypes(
  definitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[],
): ReadonlyMap<string, KeyElement['type']> {
  const types = new Map<string, KeyElement['type']>();
  for (const { AttributeName: name, AttributeType: type } of definitions) {
    if (type !== 'S' && type !== 'N' && type !== 'B') {
      throw parameter(`Member must satisfy enum value set: [B, N, S], got AttributeType ${type} of ${name}`);
    }
    if (types.has(name)) throw parameter(`Cannot have two attributes with the same name: ${name}`);
    types.set(name, type);
  }
  return types;
}

/** Reads a `KeySchema`. */
export function readKeySchema(elements: Elements, types: ReadonlyMap<string, KeyElement['type']>): KeySchema {
  const [first, second, third] = elements;
  if (first === undefined)
    throw parameter(
      'No defined key schema.  A key schema containing at least a hash key must be defined for all tables',
    );
  if (first.KeyType !== 'HASH')
    throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (third !== undefined) throw invalid('Invalid KeySchema: a key has at most two elements here');
  if (second !== undefined && second.KeyType !== 'RANGE') {
    throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (second?.AttributeName === first.AttributeName) {
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  const [hash, range] = elements.map(({ AttributeName: name }): KeyElement => {
    const type = types.get(name);
    if (type !== undefined) return { name, type };
    const keys = elements.map(({ AttributeName }) => AttributeName).join(', ');
    throw parameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys}], AttributeDefinitions: [${[...types.keys()].join(', ')}]`,
    );
  });
  if (hash === undefined) throw parameter('No defined key schema');
  return range === undefined ? { hash } : { hash, range };
}

/** Reads a global index. */
export function indexDefinition(
  index: {
    readonly IndexName: string;
    readonly KeySchema: Elements;
    readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
    readonly OnDemandThroughput?: unknown;
    readonly WarmThroughput?: unknown;
  },
  types: ReadonlyMap<string, KeyElement['type']>,
): IndexDefinition {
  const { IndexName: name, KeySchema: elements } = index;
  const { ProjectionType: projection, NonKeyAttributes: included = [] } = index.Projection;
  if (projection !== 'ALL' && projection !== 'KEYS_ONLY' && projection !== 'INCLUDE') {
    throw parameter(`Unknown ProjectionType: ${projection ?? 'null'}`);
  }
  if ((projection === 'INCLUDE') !== included.length > 0) {
    throw parameter(
      `ProjectionType is ${projection}, ${included.length > 0 ? 'but' : 'and no'} NonKeyAttributes is specified`,
    );
  }
  return { name, key: readKeySchema(elements, types), projection, included };
}
