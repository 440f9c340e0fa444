import { readJson, type JsonReading } from '@store/foundation';
import { parseInventoryEvent } from '@store/schema';

/** Texts that are read without a try of the event's parser, behind one that was no event as it stands. */
const TEXTS_UNTRIED = 63;

/**
 * Returns a reader of the JSON texts of one source, for {@link toInventoryEvent}. An inventory event is read by the parser
 * of its type, in three fifths of the time of the exact reader (bench/read-record.bench.ts); a record of any other form by
 * that one, which says why a text is no JSON, which key stands twice, and which numbers a double does not hold. The
 * records of a source are alike, so that of a source of other records one in 64 is tried.
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
