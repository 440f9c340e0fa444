import { inertText } from '@store/foundation';
import { validateInventoryEvent, type InventoryEvent } from '@store/schema';
import { normalizeEvent, type EventDraft } from '../normalize-event.js';
import { isRecord } from './columns.js';
import { mappingLimits } from './document.js';
import type { MappingReject, SourceRecord } from './row.js';
import type { MappedRecord, Mapping } from './run-mapping.js';

/**
 * A mapping as a function of the caller's: the draft of an event, several, or none for a record to pass over. The values are
 * normalized as {@link normalizeEvent} does, and checked.
 */
export type MappingFunction = (
  record: SourceRecord,
  /** Line on which the record begins, or its number. */
  line: number,
) => EventDraft | readonly EventDraft[];

/** Returns the mapping that a function is. What the function throws refuses its record. */
export function mappingOfFunction(map: MappingFunction, name: string): Mapping {
  return {
    name,
    document: undefined,
    checkHeader: () => [],
    start() {
      let last = 0;
      return {
        read(record, line = last + 1) {
          last = line;
          if (!isRecord(record))
            return rejected({
              code: 'NOT_AN_OBJECT',
              message: 'Expected a record to be an object with keys.',
            });
          try {
            const made = map(record, line);
            const drafts = isList(made) ? made : [made];
            if (drafts.length === 0) return { events: [], rejected: [], skipped: [`${name} gives no event`] };
            if (drafts.length > mappingLimits.rowsPerRecord)
              return rejected({
                code: 'TOO_MANY_ROWS',
                message: `Expected at most ${mappingLimits.rowsPerRecord} events.`,
              });
            return eventsOf(drafts);
          } catch (error) {
            // A mapping meets records that whoever wrote it did not think of.
            const message = error instanceof Error ? error.message : String(error);
            return rejected({
              code: 'UNREADABLE',
              message: `The record cannot be read: ${inertText(message, 200)}`,
            });
          }
        },
      };
    },
  };
}

const isList = (made: EventDraft | readonly EventDraft[]): made is readonly EventDraft[] =>
  Array.isArray(made);

const rejected = (reject: MappingReject): MappedRecord => ({ events: [], rejected: [reject], skipped: [] });

function eventsOf(drafts: readonly EventDraft[]): MappedRecord {
  const events: InventoryEvent[] = [];
  const refused: MappingReject[] = [];
  for (const draft of drafts) {
    const result = validateInventoryEvent(normalizeEvent(draft));
    if (result.ok) events.push(result.value);
    else {
      const [issue] = result.issues;
      refused.push({
        code: issue?.code ?? 'INVALID',
        field: issue?.path.join('.') ?? '',
        message: issue?.message ?? 'The event is not valid.',
      });
    }
  }
  return { events, rejected: refused, skipped: [] };
}
