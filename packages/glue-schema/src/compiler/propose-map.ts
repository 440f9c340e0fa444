import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkOptions } from '@store/foundation';
import { invalidOption } from '../errors.js';
import type { SchemaDiagnostic } from './diagnostic.js';
import {
  type EmitSchemaOptions,
  emitSchemaRules,
  fileNotFound,
  needsLibraries,
  withProgram,
} from './emit-schema.js';
import { MapRules, type SchemaMap } from './schema-map.js';
import type { TypeProgram } from './type-view.js';
import { walkType } from './walk-type.js';

/** A proposed mapping, and what it does not settle. */
export interface ProposedMap {
  /** The overrides of `map`, then one for each diagnosed place or type. */
  readonly map: SchemaMap;
  /** What remains with it: empty where the type has columns then. */
  readonly diagnostics: readonly SchemaDiagnostic[];
}

/**
 * Proposes a mapping for a type that nobody here can edit: each diagnosed place with its least lossy choice. A place
 * that many paths lead to is named from the type that holds it.
 *
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs';
 * import { proposeMap } from '@store/glue-schema/compiler';
 *
 * const { map, diagnostics } = proposeMap({ entry: 'src/foreign.ts', type: 'Charge' });
 * writeFileSync('charge.map.json', JSON.stringify(map, null, 2));
 * console.log(diagnostics.length); // 0: with the file, the type has columns
 * ```
 */
export function proposeMap(options: EmitSchemaOptions): ProposedMap {
  checkOptions(options, emitSchemaRules, invalidOption);
  const entry = resolve(options.entry);
  if (!existsSync(entry)) return { map: options.map ?? {}, ...fileNotFound(entry) };
  const trimmed = withProgram(options, entry, false, (program) => propose(program, entry, options));
  return needsLibraries({ schema: undefined, stated: [], diagnostics: trimmed.diagnostics })
    ? withProgram(options, entry, true, (program) => propose(program, entry, options))
    : trimmed;
}

/** A choice can uncover another place, as a name in a union that was text before; each round settles all that it sees. */
const maxRounds = 10;

function propose(program: TypeProgram, entry: string, options: EmitSchemaOptions): ProposedMap {
  const { type: name, names = 'lower', previous } = options;
  const overrides: Record<string, string> = { ...options.map?.overrides };
  for (let round = 0; round < maxRounds; round++) {
    const known = Object.keys(overrides).length;
    walkType(program, {
      entry,
      name,
      names,
      previous,
      map: new MapRules({ overrides, unmappable: 'json' }),
      onDecided: ({ decided, path, paths, key, name: type }) => {
        const place = name + path;
        const said = type ?? (paths === 1 ? place : (key ?? place));
        if (decided !== undefined && !Object.hasOwn(overrides, said)) overrides[said] = decided;
      },
    });
    if (Object.keys(overrides).length === known) break;
  }
  const map = new MapRules({ overrides });
  const { diagnostics } = walkType(program, { entry, name, names, previous, map });
  return { map: { overrides }, diagnostics: [...diagnostics, ...map.problems()] };
}
