import { inertText, readJson } from '@store/foundation';
import { IntakeError, type IntakeProblem } from '../errors.js';
import { meaningProblems } from './check-meaning.js';
import { structureProblems } from './check-structure.js';
import { mappingLimits, type MappingDocument } from './document.js';
import { mappingDocumentJsonSchema } from './document.json-schema.generated.js';

/**
 * Reads a mapping document from its text, or from the value that a program has of it, and checks all of it: the
 * structure against the JSON Schema of {@link MappingDocument}, then what it means.
 *
 * @throws IntakeError `INVALID_MAPPING`: everything that is wrong is in `problems`, each with its path and a
 * way out
 *
 * @example
 * ```ts
 * import { readMapping } from '@store/intake';
 *
 * const document = readMapping(`{
 *   "version": 1, "name": "my-till", "mode": "snapshot", "decimal": ",",
 *   "fields": {
 *     "store_id": { "from": "Lager" }, "product_id": { "from": ["SKU", "Artikelnr."] },
 *     "event_time": { "from": "Stand", "format": "dd.MM.yyyy HH:mm", "zone": "Europe/Vienna" },
 *     "current_stock": { "from": "Bestand" }
 *   }
 * }`);
 * console.log(document.name); // my-till
 * ```
 */
export function readMapping(source: string | object): MappingDocument {
  const text = textOf(source);
  if (text.length > mappingLimits.documentChars)
    throw invalid([
      {
        path: '',
        message: `Expected a document of at most ${mappingLimits.documentChars} characters, got ${text.length}.`,
      },
    ]);
  const reading = readJson(text, { numbers: 'double', maxDepth: mappingLimits.depth });
  if (!reading.ok) throw invalid([{ path: '', message: `Expected JSON: ${reading.failure.message}` }]);
  if (reading.duplicateKey !== undefined)
    throw invalid([
      {
        path: '',
        message: `Expected each key once, got ${JSON.stringify(reading.duplicateKey.slice(0, 100))} twice in one object.`,
      },
    ]);
  const wrong = structureProblems(mappingDocumentJsonSchema, reading.value);
  if (wrong.length > 0) throw invalid(wrong);
  // The parse boundary: the value has the structure of the type's own schema.
  const document = reading.value as MappingDocument;
  const senseless = meaningProblems(document);
  if (senseless.length > 0) throw invalid(senseless);
  return document;
}

function textOf(source: string | object): string {
  if (typeof source === 'string') return source.replace(/^\ufeff/, '');
  try {
    // undefined for a function, which is no document.
    const text: string | undefined = JSON.stringify(source);
    if (typeof text === 'string') return text;
  } catch (cause) {
    throw invalid([{ path: '', message: 'Expected plain data, got what JSON cannot hold.' }], { cause });
  }
  throw invalid([{ path: '', message: 'Expected a document, got a function.' }]);
}

function invalid(problems: readonly IntakeProblem[], options?: ErrorOptions): IntakeError {
  const told = problems.slice(0, mappingLimits.problems);
  const lines = told.map(({ path, message }) =>
    path === '' ? message : `${inertText(path, 200)}: ${message}`,
  );
  const more = problems.length > told.length ? ['There is more.'] : [];
  const [only = ''] = lines;
  const message =
    lines.length === 1
      ? `The mapping is not valid. ${only}`
      : `The mapping is not valid:\n- ${[...lines, ...more].join('\n- ')}`;
  return new IntakeError('INVALID_MAPPING', message, told, options);
}
