import { createHash } from 'node:crypto';
import { stringifyJson, type Clock } from '@store/foundation';
import type { EnvelopeSource, RawPart } from '@store/intake';
import { queueJson, sendMessages, sqsLimits, type SqsClient } from '@store/restock';
import type { ObjectStore } from '../aws/s3-objects.js';

/** One record that is no inventory event, and why. */
export interface Reject {
  readonly source: EnvelopeSource;
  /** Place of its message in the batch, from 0. */
  readonly message: number;
  readonly messageId: string;
  /** Its place in the message, from 0. */
  readonly index: number;
  /** The way to it through the envelopes: `sqs[3]/sns[0]/record[2]`. */
  readonly place: string;
  /** First of its issues: `MISSING`, `TYPE_MISMATCH`, `NOT_JSON`, … */
  readonly code: string;
  /** Every issue, by place and sentence. */
  readonly issues: readonly { readonly code: string; readonly path: string; readonly message: string }[];
  /** The record as it came, whole. It goes to where rejects are kept and nowhere else. */
  readonly raw: RawPart;
}

/** Where rejected records are kept for people to look at and to send again. */
export interface RejectKeeper {
  /**
   * Keeps rejects, and returns those that were not kept: refused, or left when time is up. It throws nothing.
   *
   * @param remainingMs - time that may still be taken, in milliseconds
   */
  keep(rejects: readonly Reject[], remainingMs: () => number): Promise<readonly Reject[]>;
}

/** What one invocation's rejects may claim. */
export const rejectLimits: Readonly<{ messageBytes: number; messages: number }> = Object.freeze({
  /** Bytes of a message, and of a batch of ten: what every SQS takes (256 KiB until 2025, now 1 MiB). A longer one is an object. */
  messageBytes: 262_144,
  /** Rejects of one message or object with messages of their own; more of them become one object. */
  messages: 100,
});

/** Objects of rejects: in the bucket, below the prefix. */
export interface RejectBucket {
  readonly objects: ObjectStore;
  readonly bucket: string;
  readonly prefix: string;
}

/** Keeps rejects in an SQS queue; what is too long for it, or too many, in objects that their messages name. */
export function rejectKeeper(
  sqs: SqsClient,
  queueUrl: string,
  clock: Clock,
  bucket: RejectBucket | undefined,
): RejectKeeper {
  /** Sends messages as one batch, and returns the rejects of those that were not taken. */
  const sendBatch = async (batch: readonly Message[]): Promise<readonly Reject[]> => {
    const messages = batch.map(({ body }) => ({ body }));
    try {
      const { refused } = await sendMessages(sqs, queueUrl, messages, { clock });
      const ids = new Set(refused.map(({ Id = '' }) => Id));
      return batch.flatMap(({ rejects }, index) => (ids.has(String(index)) ? rejects : []));
    } catch {
      // The queue did not answer: whoever sent the messages keeps them, which the answer of the function says.
      return batch.flatMap(({ rejects }) => rejects);
    }
  };

  /** Writes bytes under their own name, so that a repeated invocation writes the same object. */
  const store = async (bytes: Buffer, contentType: string): Promise<Stored | undefined> => {
    if (bucket === undefined) return undefined;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const place = { bucket: bucket.bucket, key: `${bucket.prefix}${sha256}` };
    try {
      await bucket.objects.put(place, bytes, contentType);
      return { object: place, bytes: bytes.length, sha256 };
    } catch {
      // As with the queue: what is not kept is returned.
      return undefined;
    }
  };

  /** The message of one reject; `undefined` where it is too long and its object was not taken. */
  const messageOf = async (reject: Reject): Promise<Message | undefined> => {
    const body = bodyOf({ ...detailsOf(reject), raw: reject.raw });
    if (Buffer.byteLength(body) <= rejectLimits.messageBytes) return { body, rejects: [reject] };
    const { raw } = reject;
    const bytes = 'text' in raw ? Buffer.from(raw.text) : Buffer.from(raw.base64, 'base64');
    const stored = await store(bytes, 'application/octet-stream');
    if (stored === undefined) return undefined;
    return { body: bodyOf({ ...detailsOf(reject), raw: stored }), rejects: [reject] };
  };

  /** One message for many rejects, whose object has each on a line. */
  const messageOfMany = async (rejects: readonly Reject[]): Promise<Message | undefined> => {
    const lines = rejects.map((reject) => `${bodyOf({ ...detailsOf(reject), raw: reject.raw })}\n`);
    const stored = await store(Buffer.from(lines.join('')), 'application/x-ndjson');
    const [first] = rejects;
    if (stored === undefined || first === undefined) return undefined;
    const codes: Record<string, number> = {};
    for (const { code } of rejects) codes[code] = (codes[code] ?? 0) + 1;
    const { source, messageId, place } = first;
    return {
      body: bodyOf({ reject: 1, source, messageId, place, code: 'MANY', codes, raw: stored }),
      rejects,
    };
  };

  return {
    async keep(rejects, remainingMs) {
      const unkept: Reject[] = [];
      // One by one: an object may have 250,000, and a call takes fewer arguments.
      const leave = (left: readonly Reject[]): void => {
        for (const reject of left) unkept.push(reject);
      };
      const batch: Message[] = [];
      let bytes = 0;
      const flush = async (): Promise<void> => {
        if (batch.length > 0) leave(await sendBatch(batch));
        batch.length = 0;
        bytes = 0;
      };
      for (const group of groupsOf(rejects, bucket !== undefined)) {
        const [first] = group;
        const isOne = group.length === 1 && first !== undefined;
        const message =
          remainingMs() <= 0 ? undefined : await (isOne ? messageOf(first) : messageOfMany(group));
        if (message === undefined) {
          leave(group);
          continue;
        }
        const length = Buffer.byteLength(message.body);
        const isFull =
          batch.length === sqsLimits.messagesPerBatch || bytes + length > rejectLimits.messageBytes;
        if (isFull) await flush();
        batch.push(message);
        bytes += length;
      }
      await flush();
      return unkept;
    },
  };
}

interface Message {
  readonly body: string;
  readonly rejects: readonly Reject[];
}

interface Stored {
  readonly object: { readonly bucket: string; readonly key: string };
  readonly bytes: number;
  readonly sha256: string;
}

/** What a message says of a reject. Its id is the same whenever the same part of the same message is rejected. */
function detailsOf({ source, messageId, index, place, code, issues, raw }: Reject): object {
  const content = 'text' in raw ? raw.text : raw.base64;
  const id = createHash('sha256')
    .update(stringifyJson([messageId, place, content]))
    .digest('hex')
    .slice(0, 32);
  return { reject: 1, id, source, messageId, index, place, code, issues };
}

/** Rejects that share a message: each alone, or all of one message of the source where they are many. */
function groupsOf(rejects: readonly Reject[], hasBucket: boolean): readonly (readonly Reject[])[] {
  if (!hasBucket) return rejects.map((reject) => [reject]);
  const byMessage = new Map<number, Reject[]>();
  for (const reject of rejects) {
    const group = byMessage.get(reject.message) ?? [];
    byMessage.set(reject.message, group);
    group.push(reject);
  }
  return [...byMessage.values()].flatMap((group): readonly (readonly Reject[])[] =>
    group.length > rejectLimits.messages ? [group] : group.map((reject) => [reject]),
  );
}

const bodyOf = (value: object): string => queueJson(stringifyJson(value));
