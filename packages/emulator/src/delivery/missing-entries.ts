import type { LogDamage } from '@store/durable';
import { countOf } from '../endpoint-log.js';
import { entryKinds, kindOf, recordsOf } from './entry-kinds.js';
import { isPutEntry, readPutEntry } from './put-entry.js';

/** Says what damage to a stream's log costs: calls and records where they are known. */
export function missingOfStream(damage: LogDamage): string {
  const { missing, tag, payload } = damage;
  const again = 'What was delivered after that place may be delivered once more.';
  if (missing === 0) return `No call is missing. ${again}`;
  if (missing !== 1)
    return `${countOf(damage)} Each is a call, with all its records, or a note on deliveries. ${again}`;
  const isPut =
    tag === undefined ? payload !== undefined && isPutEntry(payload) : kindOf(tag) === entryKinds.put;
  if (isPut) {
    const records =
      recordsOf(tag ?? 0) || (payload !== undefined && isPutEntry(payload) ? readPutEntry(payload).count : 0);
    const known =
      records === 0 ? 'an unknown number of records' : `${records} record${records === 1 ? '' : 's'}`;
    return `1 call with ${known} is missing. ${again}`;
  }
  if (tag === undefined)
    return `1 entry is missing, a call with all its records or a note on deliveries. ${again}`;
  return `1 note on deliveries is missing, and no call. ${again}`;
}
