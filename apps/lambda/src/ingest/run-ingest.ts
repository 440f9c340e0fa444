import { FirehoseError, type FirehoseProducer } from '@store/firehose';
import { toInventoryEvent, type TransformResult } from '@store/intake';
import { noticeEpisodes } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import type { RequestQueue } from '../requests.js';
import type { Invocation } from '../telemetry.js';
import type { IngestBatch, IngestMessage, IngestOutcome, Reject } from './ingest-batch.js';
import type { RejectQueue } from './reject-queue.js';

/** What the core of `ingest` works with. */
export interface IngestParts {
  readonly producer: FirehoseProducer<InventoryEvent>;
  readonly rejects: RejectQueue | undefined;
  /** Set where episodes are to be asked for at once. */
  readonly queue: RequestQueue | undefined;
  readonly config: { readonly marginMs: number; readonly recoveryMargin: number; readonly packSize: number };
  readonly transform?: (record: unknown) => TransformResult;
}

/** Validates, transforms and delivers a batch; says for each message whether it is done with. */
export async function runIngest(
  batch: IngestBatch,
  parts: IngestParts,
  invocation: Invocation,
): Promise<IngestOutcome> {
  const { producer, config, queue, transform = toInventoryEvent } = parts;
  const undeliveredMessages = new Set<string>();
  const rejects: Reject[] = [];
  const { recoveryMargin, packSize } = config;
  const early = noticeEpisodes({ recoveryMargin, packSize });
  let accepted = 0;
  const settled: Promise<void>[] = [];
  for (const message of batch.messages) {
    for (const [index, record] of (message.records ?? [undefined]).entries()) {
      const result = message.records === undefined ? notJson : transform(record);
      if (!result.ok) {
        rejects.push(rejectOf(batch, message, index, record, result));
        continue;
      }
      settled.push(
        producer.send(result.event).then(
          () => {
            accepted++;
            early.note(result.event);
          },
          (error: unknown) => {
            if (!(error instanceof FirehoseError)) throw error;
            undeliveredMessages.add(message.id);
          },
        ),
      );
    }
  }
  await delivered(producer, settled, Math.max(0, invocation.remainingMs() - config.marginMs));
  const requestsSent = queue === undefined ? 0 : await queue.send(early.requests());
  if (rejects.length > 0) await parts.rejects?.send(rejects);
  const unkept = parts.rejects === undefined ? rejects : [];
  const unkeptMessages = new Set(unkept.map(({ messageId }) => messageId));
  return { accepted, rejects, undeliveredMessages, unkeptMessages, requestsSent };
}

/** Waits until every event's fate is known: delivered, failed, or taken back because time is up. */
async function delivered(
  producer: FirehoseProducer<InventoryEvent>,
  settled: readonly Promise<void>[],
  deadlineMs: number,
): Promise<void> {
  let complete = false;
  try {
    ({ complete } = await producer.flush({ deadlineMs }));
  } catch (error) {
    // The receipts tell which events failed; what else went wrong is not the service's and must be seen.
    if (!(error instanceof FirehoseError)) throw error;
  }
  if (!complete) await producer.abort();
  await Promise.all(settled);
}

const notJson: TransformResult = {
  ok: false,
  issues: [
    { code: 'NOT_JSON', path: [], message: 'Expected JSON: one event, an array of events, or one a line.' },
  ],
};

function rejectOf(
  { source }: IngestBatch,
  { id }: IngestMessage,
  index: number,
  record: unknown,
  result: Extract<TransformResult, { ok: false }>,
): Reject {
  const issues = result.issues.map(({ code, path, message }) => ({ code, path: path.join('.'), message }));
  return { source, messageId: id, index, code: issues[0]?.code ?? 'INVALID', issues, record };
}
