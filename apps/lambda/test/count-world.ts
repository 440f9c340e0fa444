import { FirehoseError } from '@store/firehose';
import { unwrap } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import type { Scheduler } from 'fast-check';
import type { ObjectStore } from '../src/aws/s3-objects.js';
import { ingestAnswer } from '../src/ingest/ingest-answer.js';
import { mappingOf, recordReader } from '../src/ingest/record-reader.js';
import type { Reject } from '../src/ingest/reject-keeper.js';
import { runIngest } from '../src/ingest/run-ingest.js';
import { shelfMemory } from '../src/ingest/shelf-memory.js';
import { countMapping } from './count-mapping.js';

/** Counts, whose rows name a type: one of an unknown type is no event. */
const mapping = mappingOf(
  JSON.stringify({ ...countMapping, fields: { ...countMapping.fields, event_type: { from: 'type' } } }),
);

/** What happens to a call: it is done, it fails before or after it took effect, or the function ends with it. */
export type Fate = 'done' | 'fails before' | 'fails after' | 'ends before' | 'ends after';

/** A lake, S3 and a queue, whose calls are scheduled, and may fail or be the last of their function. */
export class CountWorld {
  readonly events: InventoryEvent[] = [];
  /** What is kept as rejects. */
  readonly kept: Pick<Reject, 'code' | 'raw'>[] = [];
  readonly #objects = new Map<string, { readonly bytes: Buffer; readonly etag: string }>();
  readonly #scheduler: Scheduler;
  readonly #fates: Fate[];
  #versions = 0;

  constructor(scheduler: Scheduler, fates: readonly Fate[]) {
    this.#scheduler = scheduler;
    this.#fates = [...fates];
  }

  /** Puts a file into a bucket, and returns the body of the message that tells so. */
  upload(key: string, text: string): string {
    this.#objects.set(`files/${key}`, { bytes: Buffer.from(text), etag: '0' });
    const s3 = { bucket: { name: 'files' }, object: { key } };
    return JSON.stringify({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] });
  }

  /** One invocation with a batch; returns the bodies that come again. */
  async invoke(bodies: readonly string[]): Promise<readonly string[]> {
    let hasEnded = false;
    const never = new Promise<never>(() => undefined);
    const call = async <T>(what: string, effect: () => T): Promise<T> => {
      if (hasEnded) return never;
      await this.#scheduler.schedule(Promise.resolve(), what);
      const fate = this.#fates.shift() ?? 'done';
      if (fate === 'ends before' || fate === 'ends after') {
        if (fate === 'ends after') effect();
        hasEnded = true;
        end();
        return never;
      }
      if (fate === 'fails before') throw new Error('503');
      const value = effect();
      if (fate === 'fails after') throw new Error('503');
      return value;
    };
    let end = (): void => undefined;
    const ended = new Promise<readonly string[]>((resolve) => {
      end = () => {
        resolve(bodies);
      };
    });
    return Promise.race([ended, this.#answerOf(bodies, call)]);
  }

  async #answerOf(
    bodies: readonly string[],
    call: <T>(what: string, effect: () => T) => Promise<T>,
  ): Promise<readonly string[]> {
    const objects: ObjectStore = {
      get: async ({ bucket, key }) =>
        call(`get ${bucket}/${key.slice(0, 4)}`, () => {
          const found = this.#objects.get(`${bucket}/${key}`);
          if (found === undefined) throw Object.assign(new Error('none'), { code: 'NO_OBJECT' });
          return { ...found, contentType: '', contentEncoding: '', modifiedMs: undefined };
        }),
      put: async ({ bucket, key }, bytes, _type, only) =>
        call(`put ${bucket}/${key.slice(0, 4)}`, () => {
          const place = `${bucket}/${key}`;
          if ((this.#objects.get(place)?.etag ?? 'nothing') !== only?.replaces)
            throw Object.assign(new Error('412'), { code: 'CONFLICT' });
          this.#versions += 1;
          this.#objects.set(place, { bytes: Buffer.from(bytes), etag: String(this.#versions) });
          return String(this.#versions);
        }),
    };
    const Records = bodies.map((body, at) => ({ eventSource: 'aws:sqs', messageId: String(at), body }));
    const envelope = unwrap({ Records });
    const outcome = await runIngest(
      envelope,
      {
        sink: {
          send: async (event) =>
            call('send', () => this.events.push(event)).catch((cause: unknown) => {
              throw new FirehoseError('DEADLINE_EXCEEDED', 'The stream did not answer.', { cause });
            }),
          deliver: async () => undefined,
        },
        rejects: {
          keep: async (rejects) =>
            call('keep', () => this.kept.push(...rejects)).then(
              () => [],
              () => rejects,
            ),
        },
        body: {},
        objects,
        queue: undefined,
        config: { marginMs: 0, recoveryMargin: 0, packSize: 1 },
        begin: recordReader(mapping),
        shelves: shelfMemory({ objects, bucket: 'lake', prefix: '', clock: { wallNow: () => 1 } }),
      },
      {
        remainingMs: () => 60_000,
        telemetry: {
          info: () => undefined,
          warn: () => undefined,
          count: () => undefined,
          duration: () => undefined,
        },
      },
    );
    // A batch that gives nothing back is done.
    const answer = ingestAnswer(envelope, outcome, []);
    const failures = 'batchItemFailures' in answer ? answer.batchItemFailures : [];
    return failures.map(({ itemIdentifier }) => bodies[Number(itemIdentifier)] ?? '');
  }
}
