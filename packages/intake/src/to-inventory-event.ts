import type { ValidationIssue } from '@store/glue-schema';
import { validateInventoryEvent, type InventoryEvent } from '@store/schema';
import type { EventMapping } from './event-draft.js';
import { mappings as knownMappings } from './mappings/index.js';
import { normalizeEvent } from './normalize-event.js';

/** What became of one record of a source. */
export type TransformResult =
  | { readonly ok: true; readonly event: InventoryEvent; readonly mapping: string }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] };

/**
 * Makes an inventory event of a record of any known source, or says everything that is wrong with it.
 *
 * @param mappings - in the order in which they are tried
 */
export function toInventoryEvent(
  record: unknown,
  mappings: readonly EventMapping[] = knownMappings,
): TransformResult {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return refused('NOT_AN_OBJECT', 'Expected an event to be a JSON object.');
  }
  // A parsed JSON object has string keys and nothing else.
  const fields = record as Readonly<Record<string, unknown>>;
  const mapping = mappings.find((known) => known.matches(fields));
  if (mapping === undefined) return refused('UNKNOWN_SOURCE', 'No mapping knows this kind of record.');
  const result = validateInventoryEvent(normalizeEvent(mapping.toEvent(fields)));
  return result.ok ? { ok: true, event: result.value, mapping: mapping.name } : result;
}

const refused = (code: string, message: string): TransformResult => ({
  ok: false,
  issues: [{ code, path: [], message }],
});
