import type { RestockRequest } from '@store/schema';
import { RestockError } from '../errors.js';
import type { LedgerEntry, OwedEvent, RestockState } from '../ledger.js';

/** A value of an item, as DynamoDB writes it; a ledger's items hold text, and numbers as text. */
export type AttributeValue = { readonly S: string } | { readonly N: string };

/** An item by attribute. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Attributes of an entry that are text as they stand, and need not be there. */
const instants = [
  'sent_at',
  'acknowledged_at',
  'leased_until',
  'left_at',
  'delivered_at',
  'cancelled_at',
] as const;

/** Attributes of an item that an entry may have or not: an update takes those away that it does not set. */
export const optionalAttributes: readonly string[] = [...instants, 'earlier_attempts'];

/** The item of an entry: one attribute a member, request and owed events as JSON, and the quantity for whoever looks. */
export function itemOf(entry: LedgerEntry): Item {
  const { request_id, attempt, state, version, request, asked_at, owed_events, written_by } = entry;
  const item: Record<string, AttributeValue> = {
    request_id: { S: request_id },
    attempt: { N: String(attempt) },
    state: { S: state },
    version: { N: String(version) },
    quantity: { N: String(request.quantity) },
    request: { S: JSON.stringify(request) },
    asked_at: { S: asked_at },
    owed_events: { S: JSON.stringify(owed_events) },
    written_by: { S: written_by },
  };
  if (entry.earlier_attempts !== undefined)
    item.earlier_attempts = { S: JSON.stringify(entry.earlier_attempts) };
  for (const name of instants) {
    const value = entry[name];
    if (value !== undefined) item[name] = { S: value };
  }
  return item;
}

/**
 * The entry of an item.
 *
 * @throws RestockError `LEDGER_UNREADABLE`
 */
export function entryOf(item: Readonly<Record<string, unknown>>): LedgerEntry {
  const value = (name: string, kind: 'S' | 'N'): string => {
    const attribute: unknown = item[name];
    const found: unknown =
      typeof attribute === 'object' && attribute !== null ? Reflect.get(attribute, kind) : undefined;
    if (typeof found === 'string') return found;
    throw new RestockError(
      'LEDGER_UNREADABLE',
      `An item of the ledger's table has no \`${name}\` of the type ${kind}: is it a table of \`ledgerTable\`?`,
      { field: name },
    );
  };
  return {
    request_id: value('request_id', 'S'),
    attempt: Number(value('attempt', 'N')),
    // What this module wrote; the table is the ledger's alone.
    state: value('state', 'S') as RestockState,
    version: Number(value('version', 'N')),
    request: JSON.parse(value('request', 'S')) as RestockRequest,
    asked_at: value('asked_at', 'S'),
    owed_events: JSON.parse(value('owed_events', 'S')) as readonly OwedEvent[],
    written_by: value('written_by', 'S'),
    ...(item.earlier_attempts === undefined
      ? {}
      : { earlier_attempts: JSON.parse(value('earlier_attempts', 'S')) as readonly LedgerEntry[] }),
    ...Object.fromEntries(
      instants.filter((name) => item[name] !== undefined).map((name) => [name, value(name, 'S')]),
    ),
  };
}
