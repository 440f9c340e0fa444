import { FirehoseError, type FirehoseProducer } from '@store/firehose';
import { inertText } from '@store/foundation';
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
  const note = (message: IngestMessage, index: number, record: unknown, issues: Reject['issues']): void => {
    rejects.push({
      source: batch.source,
      messageId: message.id,
      index,
      code: issues[0]?.code ?? 'INVALID',
      issues,
      record,
    });
  };
  for (const message of batch.messages) {
    for (const [index, record] of message.records.entries()) {
      if (!record.ok) {
        note(message, index, record.text, [{ code: record.code, path: '', message: record.message }]);
        continue;
      }
      const result = transform(record.value);
      if (!result.ok) {
        note(message, index, record.value, result.issues.slice(0, mostIssues).map(writtenOut));
        continue;
      }
      settled.push(
        producer.send(result.event).then(
          () => {
            accepted++;
            early.note(result.event);
          },
          (error: unknown) => {
            if (error instanceof FirehoseError && !ofTheRecord.has(error.code)) {
              undeliveredMessages.add(message.id);
              return;
            }
            // It would fail the same way each time it comes again.
            const { code, text } = causeOf(error);
            note(message, index, record.value, [{ code, path: '', message: text }]);
          },
        ),
      );
    }
  }
  await delivered(producer, settled, Math.max(0, invocation.remainingMs() - config.marginMs));
  // Before the good ones are forgotten: what the queue does not take comes again with its message.
  const left = (): number => invocation.remainingMs() - config.marginMs / 2;
  const unkept = parts.rejects === undefined ? rejects : await parts.rejects.send(rejects, left);
  const unkeptMessages = new Set(unkept.map(({ messageId }) => messageId));
  const requestsSent = queue === undefined ? 0 : await queue.send(early.requests());
  return { accepted, rejects, undeliveredMessages, unkeptMessages, requestsSent };
}

/** Errors of a record itself, whatever the service's state. */
const ofTheRecord: ReadonlySet<string> = new Set(['EVENT_TOO_LARGE', 'ENCODE', 'POISON_RECORD']);
/** Issues of one record that are told. */
const mostIssues = 20;
/** Characters of one issue's sentence. */
const issueChars = 500;

function causeOf(error: unknown): { readonly code: string; readonly text: string } {
  const text = inertText(error instanceof Error ? error.message : String(error), issueChars);
  return { code: error instanceof FirehoseError ? error.code : 'NOT_ENCODED', text };
}

type Issue = Extract<TransformResult, { readonly ok: false }>['issues'][number];

function writtenOut({ code, path, message }: Issue): Reject['issues'][number] {
  return { code, path: inertText(path.join('.'), issueChars), message: inertText(message, issueChars) };
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
