import type { FirehoseProducer } from '@store/firehose';

/** How long the first event may take; after that, nobody seems to be there. */
const firstEventMs = 5000;

/**
 * Sends what the producer holds by itself, so that a missing stream, missing rights or a dead endpoint show at
 * once, and not after everything was read. A stream that only throttles is there: the producer goes on with it.
 */
export async function sendFirst(producer: Pick<FirehoseProducer<never>, 'flush'>): Promise<void> {
  const { complete, lastError } = await producer.flush({ deadlineMs: firstEventMs });
  if (!complete && lastError?.code === 'transport') throw lastError;
}
