import { oneOf, type OptionRules, satisfying } from '@store/foundation';
import { GlueSchemaError } from '../errors.js';
import type { GlueType } from '../glue-type.js';
import { parseGlueType } from '../parse-glue-type.js';
import type { SchemaDiagnostic } from './diagnostic.js';

/** What becomes of a part that has no column of its own. */
export type Unmappable = 'error' | 'json' | 'omit';

/** Decisions about a type from outside it, for types that nobody here can edit. */
export interface SchemaMap {
  /**
   * By place (`Order.lines[].sub`, as diagnostics print it) or by the name of a declared type: a Glue type, `json`,
   * `omit` or `flatten`. A place may start at any declared type: `Leaf.bad` is that member of every `Leaf`.
   * @defaultValue none
   */
  readonly overrides?: Readonly<Record<string, string>>;
  /** What becomes of every other part that has no column. @defaultValue 'error' */
  readonly unmappable?: Unmappable;
}

/** How a mapping is checked. */
export const schemaMapRules: OptionRules<SchemaMap> = {
  overrides: satisfying(
    'an object that gives each place or type name a text',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((each) => typeof each === 'string'),
  ),
  unmappable: oneOf('error', 'json', 'omit'),
};

/** What an override says. */
export type Decision = 'json' | 'omit' | 'flatten' | GlueType;

/** One override. */
export interface MapRule {
  readonly key: string;
  readonly value: string;
  readonly decision: Decision;
}

/** The overrides below one place, by the next step of the path. */
export interface MapPaths {
  readonly steps: Map<string, MapPaths>;
  rule?: MapRule;
}

/** A mapping, ready for a walk. */
export class MapRules {
  readonly unmappable: Unmappable;
  /** By the name that the path starts with. */
  readonly paths: Map<string, MapPaths> = new Map<string, MapPaths>();
  /** By the name of a declared type. */
  readonly names: Map<string, MapRule> = new Map<string, MapRule>();
  /** Keys of rules that fit something. */
  readonly used: Set<string> = new Set<string>();
  readonly #invalid: SchemaDiagnostic[] = [];

  constructor({ overrides = {}, unmappable = 'error' }: SchemaMap) {
    this.unmappable = unmappable;
    for (const [key, value] of Object.entries(overrides)) this.#add(key, value);
  }

  #add(key: string, value: string): void {
    const decision = decisionOf(value);
    const [name, ...steps] = stepsOf(key) ?? [];
    if (name === undefined || decision instanceof GlueSchemaError) {
      const what =
        name === undefined ? 'is neither a place nor the name of a type' : `says ${JSON.stringify(value)}`;
      const why = decision instanceof GlueSchemaError ? `: ${decision.message}` : '';
      this.#invalid.push(
        problem('MAP_INVALID', key, `The override ${JSON.stringify(key)} ${what}${why}.`, mapForms),
      );
      return;
    }
    const rule: MapRule = { key, value, decision };
    if (steps.length === 0) {
      this.names.set(name, rule);
      return;
    }
    let at = entry(this.paths, name);
    for (const step of steps) at = entry(at.steps, step);
    at.rule = rule;
  }

  /** Values that are no type, and keys that fit nothing: a typing error must not be silent. */
  problems(): readonly SchemaDiagnostic[] {
    const rules = [...this.names.values(), ...[...this.paths.values()].flatMap(rulesBelow)];
    const unused = rules
      .filter(({ key }) => !this.used.has(key))
      .map(({ key }) =>
        problem('MAP_UNUSED', key, `The override ${JSON.stringify(key)} fits nothing in the type.`, mapKeys),
      );
    return [...this.#invalid, ...unused];
  }
}

const mapForms =
  'Give each place a Glue type, json, omit or flatten: `{ "overrides": { "Order.attrs": "json" } }`.';
const mapKeys =
  'Write a place as diagnostics print it (`Order.lines[].sub`, `Order.attrs{}`), or the name of a type.';

const problem = (
  code: 'MAP_INVALID' | 'MAP_UNUSED',
  path: string,
  message: string,
  fix: string,
): SchemaDiagnostic => ({ code, severity: 'error', file: 'map', line: 1, column: 1, path, message, fix });

function entry(paths: Map<string, MapPaths>, step: string): MapPaths {
  const known = paths.get(step);
  if (known !== undefined) return known;
  const made: MapPaths = { steps: new Map() };
  paths.set(step, made);
  return made;
}

const rulesBelow = ({ rule, steps }: MapPaths): MapRule[] => [
  ...(rule === undefined ? [] : [rule]),
  ...[...steps.values()].flatMap(rulesBelow),
];

function decisionOf(value: string): Decision | GlueSchemaError {
  if (value === 'json' || value === 'omit' || value === 'flatten') return value;
  try {
    return parseGlueType(value);
  } catch (error) {
    if (error instanceof GlueSchemaError) return error;
    throw error;
  }
}

/** The name and the steps of a key: `Order`, `.lines`, `[]`, `.sub`; undefined for a text that is no path. */
function stepsOf(key: string): readonly string[] | undefined {
  const steps: string[] = [];
  const step = /([\p{L}_$][\p{L}\p{N}_$]*)|(\.[\p{L}_$][\p{L}\p{N}_$]*)|(\[\]|\{\}|\["(?:[^"\\]|\\.)*"\])/uy;
  while (step.lastIndex < key.length) {
    const [text, name] = step.exec(key) ?? [];
    if (text === undefined || (name === undefined) === (steps.length === 0)) return undefined;
    steps.push(text);
  }
  return steps.length === 0 ? undefined : steps;
}
