import type { EngineMacro } from '../../query/prepare-engine.js';

/** A timestamp with time zone: the instant as UTC, and the zone that it is shown in. */
export const ZONED = 'STRUCT("$utc" TIMESTAMP, "$zone" VARCHAR)';

/** A value of type json: its text, and whether its keys are shown in order, as those of `json_parse` are. */
export const JSON_VALUE = 'STRUCT("$json" VARCHAR, "$sorted" BOOLEAN)';

/** Any map; only to tell it from what is no map, since an argument of this type is cast to it. */
export const ANY_MAP = 'MAP(VARCHAR, VARCHAR)';

/** A macro of DuckDB's, in one or more forms: `[parameters, body]`. */
export interface Macro {
  readonly name: string;
  readonly forms: readonly (readonly [parameters: string, body: string])[];
}

/** Describes a macro. DuckDB takes the form whose types fit, an untyped one last. */
export function macro(name: string, ...forms: Macro['forms']): Macro {
  return { name, forms };
}

/** A macro as an engine makes it. Names of ours begin with `trino_`. */
export function engineMacro(macro: Macro): EngineMacro {
  const called = macro.forms.flatMap(([, body]) => body.match(/\btrino_\w+/g) ?? []);
  return {
    name: macro.name,
    uses: [...new Set(called)],
    placeholder: placeholder(macro),
    statement: macroStatement(macro),
  };
}

/**
 * Macros in the order in which DuckDB takes their bodies: those of one form, which any argument fits, after what they
 * call, since a body may calculate with their results; those of several forms last, since DuckDB cannot choose between
 * them for an argument without a type, and takes their placeholders.
 */
export function inMakingOrder(macros: readonly Macro[]): readonly Macro[] {
  const byName = new Map(macros.map((one) => [one.name, one]));
  const sorted = new Set<Macro>();
  const add = (one: Macro): void => {
    if (sorted.has(one)) return;
    for (const name of engineMacro(one).uses) {
      const called = byName.get(name);
      if (called !== undefined && called !== one) add(called);
    }
    sorted.add(one);
  };
  macros.forEach(add);
  const all = [...sorted];
  return [
    ...all.filter(({ forms }) => forms.length === 1),
    ...all.filter(({ forms }) => forms.length > 1).toReversed(),
  ];
}

/** The statement that makes a macro. */
function macroStatement({ name, forms }: Macro): string {
  const bodies = forms.map(([parameters, body]) => `(${parameters}) AS ${body}`);
  return `CREATE OR REPLACE MACRO ${name}${bodies.join(', ')}`;
}

/**
 * A macro of the same name that takes anything. DuckDB checks a body when it is made, and cannot choose a form of
 * another macro for an argument without a type; later, it looks that macro up by its name.
 */
function placeholder({ name, forms }: Macro): string {
  const counts = new Set(forms.map(([parameters]) => parametersOf(parameters)));
  const bodies = [...counts].map(
    (count) =>
      `(${Array.from({ length: count }, (_, at) => `p${at}`).join(', ')}) AS ${count === 0 ? 'NULL' : 'p0'}`,
  );
  return `CREATE OR REPLACE MACRO ${name}${bodies.join(', ')}`;
}

function parametersOf(parameters: string): number {
  if (parameters === '') return 0;
  return parameters.replaceAll(/\([^()]*\)/g, '').split(',').length;
}

/**
 * An expression that fails with a message, a constant or an expression of text, where it is reached. Unlike DuckDB's
 * `error`, it is allowed within TRY. Beside other results of a CASE it takes any type; as the argument of a function it
 * needs one, since DuckDB takes what has none for NULL without a look.
 */
export function fail(message: string, type?: string): string {
  return `list_extract([${type === undefined ? 'NULL' : `CAST(NULL AS ${type})`}], CAST(${message} AS BIGINT))`;
}

/** `fail` with a text that is known. */
export function failWith(message: string, type?: string): string {
  return fail(`'${message.replaceAll("'", "''")}'`, type);
}

/**
 * A body that uses a value often, over one copy of it: a macro puts its argument in each place where the parameter
 * stands, and several of them within each other made one short statement longer than a minute's work.
 */
export function once(parameter: string, body: string): string {
  return `list_extract(list_transform([${parameter}], lambda once_${parameter}: ${body.replaceAll(new RegExp(`\\b${parameter}\\b`, 'g'), `once_${parameter}`)}), 1)`;
}
