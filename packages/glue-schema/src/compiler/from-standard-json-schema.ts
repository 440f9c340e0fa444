import { checkOptions, nested, oneOf, type OptionRules, required, text } from '@store/foundation';
import { invalidOption } from '../errors.js';
import { type CommittedColumns, committedColumnsRule } from './committed-columns.js';
import type { EmitSchemaResult } from './diagnostic.js';
import { docOf, type JsonSchemaNode, JsonSchemaReader } from './json-schema-view.js';
import { MapRules, type SchemaMap, schemaMapRules } from './schema-map.js';
import { schemaOf } from './walk-type.js';
import type { NameStyle } from './walk/site.js';
import { checkObject } from '../check-arguments.js';

/** The part of the Standard JSON Schema interface (standardschema.dev) that is read. */
export interface StandardJsonSchema {
  /** As the standard names it. */
  readonly '~standard': {
    readonly jsonSchema: {
      readonly input: (options: {
        readonly target: string;
        readonly libraryOptions?: Readonly<Record<string, unknown>>;
      }) => Readonly<Record<string, unknown>>;
    };
  };
}

/** Settings of {@link fromStandardJsonSchema}. */
export interface FromStandardJsonSchemaOptions {
  /** Name of the schema: what a TypeScript type's name would be. */
  readonly name: string;
  /** `snake` turns `unitPrice` into `unit_price` and records the JSON key. @defaultValue 'lower' */
  readonly names?: NameStyle;
  /** The committed schema: its column order is kept and new columns append. @defaultValue none */
  readonly previous?: CommittedColumns;
  /** Decisions about parts of the schema that have no column. @defaultValue none: each is an error */
  readonly map?: SchemaMap;
}

const sourceRules: OptionRules<FromStandardJsonSchemaOptions> = {
  name: required(text()),
  names: oneOf('lower', 'snake'),
  previous: committedColumnsRule,
  map: nested(schemaMapRules),
};

/**
 * The manifest of a zod, Valibot or ArkType value, of anything else that gives a Standard JSON Schema, or of
 * a JSON Schema itself. What the library's types say beyond JSON Schema is not seen: state it in the
 * schema's metadata (`glueType: 'decimal(10,2)'`).
 *
 * @example
 * ```ts
 * import { fromStandardJsonSchema } from '@store/glue-schema/compiler';
 *
 * const document = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
 * const { schema } = fromStandardJsonSchema(document, { name: 'Order' });
 * console.log(schema?.columns); // [ { name: 'id', type: { kind: 'string' } } ]
 * ```
 */
export function fromStandardJsonSchema(
  source: StandardJsonSchema | Readonly<Record<string, unknown>>,
  options: FromStandardJsonSchemaOptions,
): EmitSchemaResult {
  // A schema of ArkType is a function with members.
  if (typeof source !== 'function') checkObject('source', source);
  checkOptions(options, sourceRules, invalidOption);
  const { document, complaint } = isStandard(source)
    ? documentOf(source)
    : { document: source, complaint: undefined };
  const reader = new JsonSchemaReader(document, options.name);
  const map = new MapRules(options.map ?? {});
  const result = schemaOf(
    {
      type: reader.view(document),
      doc: docOf(document),
      position: { file: options.name, line: 1, column: 1, offset: 0 },
      openGeneric: false,
    },
    { name: options.name, names: options.names ?? 'lower', previous: options.previous, map },
  );
  const problems = map.problems();
  const diagnostics = [
    ...result.diagnostics.map((each) =>
      complaint === undefined || !['EMPTY_OBJECT', 'UNKNOWN'].includes(each.code)
        ? each
        : { ...each, message: `${each.message} The schema's library says: ${complaint}.` },
    ),
    ...problems,
  ];
  return problems.length === 0 ? { ...result, diagnostics } : { schema: undefined, stated: [], diagnostics };
}

/**
 * The JSON Schema that a library gives of its own; where it refuses a part (zod a Date or a bigint), the whole with
 * nothing said of that part, and its complaint.
 */
function documentOf(source: StandardJsonSchema): {
  readonly document: JsonSchemaNode;
  readonly complaint: string | undefined;
} {
  const { input } = source['~standard'].jsonSchema;
  const target = 'draft-2020-12';
  try {
    return { document: input({ target }), complaint: undefined };
  } catch (error) {
    const complaint = (error instanceof Error ? error.message : String(error)).replace(/\.$/u, '');
    try {
      return { document: input({ target, libraryOptions: { unrepresentable: 'any' } }), complaint };
    } catch {
      // Not even so: the complaint is about the whole then.
      return { document: { type: 'object', properties: {} }, complaint };
    }
  }
}

function isStandard(source: object): source is StandardJsonSchema {
  const standard: unknown = '~standard' in source ? source['~standard'] : undefined;
  return typeof standard === 'object' && standard !== null && 'jsonSchema' in standard;
}
