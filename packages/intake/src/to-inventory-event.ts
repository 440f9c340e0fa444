import { inertText, JsonNumber, readJson, type JsonReading } from '@store/foundation';
import type { ValidationIssue } from '@store/glue-schema';
import { parseInventoryEvent, validateInventoryEvent, type InventoryEvent } from '@store/schema';
import { mappings as knownMappings } from './mappings.js';
import { normalizeEvent, type EventMapping } from './normalize-event.js';

/** What became of one record of a source. */
export type TransformResult =
  | { readonly ok: true; readonly event: InventoryEvent; readonly mapping: string }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] };

/**
 * Returns the inventory event that a record of any known source tells of, or everything that is wrong with it.
 * It never throws on a record, however deep; numbers may be those of `readJson` of `@store/foundation`, which tells of
 * the ones that a double does not hold.
 *
 * @param mappings - in the order in which they are tried
 *
 * @example
 * ```ts
 * import { toInventoryEvent } from '@store/intake';
 *
 * const result = toInventoryEvent({ store_id: 'S1', current_stock: 'many' });
 * if (!result.ok) for (const { code, path } of result.issues) console.log(code, path.join('.'));
 * ```
 */
export function toInventoryEvent(
  record: unknown,
  mappings: readonly EventMapping[] = knownMappings,
): TransformResult {
  if (
    typeof record !== 'object' ||
    record === null ||
    Array.isArray(record) ||
    record instanceof JsonNumber
  ) {
    return refused('NOT_AN_OBJECT', 'Expected an event to be a JSON object.');
  }
  // A parsed JSON object has string keys and nothing else.
  const fields = record as Readonly<Record<string, unknown>>;
  try {
    const mapping = mappings.find((known) => known.matches(fields));
    if (mapping === undefined) return refused('UNKNOWN_SOURCE', 'No mapping knows this kind of record.');
    const result = validateInventoryEvent(normalizeEvent(mapping.toEvent(fields)));
    return result.ok ? { ok: true, event: result.value, mapping: mapping.name } : result;
  } catch (error) {
    // A mapping meets records that whoever wrote it did not think of.
    const message = error instanceof Error ? error.message : String(error);
    return refused('UNREADABLE', `The record cannot be read: ${inertText(message, 200)}`);
  }
}

const refused = (code: string, message: string): TransformResult => ({
  ok: false,
  issues: [{ code, path: [], message }],
});

/** Texts that are read without a try of the event's parser, behind one that was no event as it stands. */
const TEXTS_UNTRIED = 63;

/**
 * Returns a reader of the JSON texts of one source, for {@link toInventoryEvent}. An inventory event is read by the parser
 * of its type, in three fifths of the time of the exact reader (bench/read-record.bench.ts); a record of any other form by
 * that one, which says why a text is no JSON, which key appears twice, and which numbers a double does not
 * hold. The records of a source are alike, so that of a source of other records one in 64 is tried.
 *
 * @example
 * ```ts
 * import { createRecordReader, toInventoryEvent } from '@store/intake';
 *
 * const readRecord = createRecordReader();
 * const reading = readRecord('{"store_id":"S1","current_stock":8}');
 * if (reading.ok) console.log(toInventoryEvent(reading.value).ok); // false
 * ```
 */
export function createRecordReader(): (text: string) => JsonReading {
  let untried = 0;
  return (text) => {
    if (untried > 0) untried -= 1;
    else {
      const parsed = parseInventoryEvent(text);
      if (parsed.ok) return { ok: true, value: parsed.value };
      untried = TEXTS_UNTRIED;
    }
    return readJson(text, { numbers: 'value' });
  };
}
