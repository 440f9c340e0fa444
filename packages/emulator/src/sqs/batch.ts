import { ServiceError } from '../wire/service-error.js';
import { MAX_BATCH_ENTRIES } from './sqs-rules.js';

/** What every entry of a batch has. */
export interface BatchEntry {
  readonly Id: string;
}

/**
 * Runs each entry for itself: one that fails is reported beside the others.
 *
 * @param action - the action whose entries these are
 * @param check - throws for an entry that refuses the whole batch
 */
export async function runBatch<Entry extends BatchEntry>(
  action: string,
  { Entries: entries = [] }: { readonly Entries?: readonly Entry[] },
  run: (entry: Entry) => Promise<Readonly<Record<string, unknown>>>,
  check: (entry: Entry) => void = () => undefined,
): Promise<unknown> {
  checkEntries(action, entries);
  entries.forEach(check);
  const Successful: unknown[] = [];
  const Failed: unknown[] = [];
  // All start in this turn, in order, so that one group commit takes them all.
  const outcomes = await Promise.allSettled(entries.map((entry) => run(entry)));
  outcomes.forEach((outcome, at) => {
    const Id = entries[at]?.Id;
    if (outcome.status === 'fulfilled') {
      Successful.push({ Id, ...outcome.value });
      return;
    }
    const error: unknown = outcome.reason;
    if (!(error instanceof ServiceError)) throw error;
    const SenderFault = error.status < 500;
    Failed.push({ Id, SenderFault, Code: error.code, Message: error.message });
  });
  // A list without entries is left out, as AWS leaves it out.
  return { ...(Successful.length > 0 ? { Successful } : {}), ...(Failed.length > 0 ? { Failed } : {}) };
}

function checkEntries(action: string, entries: readonly BatchEntry[]): void {
  if (entries.length === 0) {
    throw new ServiceError(
      'EmptyBatchRequest',
      `There should be at least one ${action}RequestEntry in the request.`,
    );
  }
  if (entries.length > MAX_BATCH_ENTRIES) {
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id: id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw new ServiceError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(id)) {
      throw new ServiceError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    }
    seen.add(id);
  }
}
