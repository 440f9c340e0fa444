import {
  callback,
  checkArgument,
  checkOptions,
  numberBetween,
  shown,
  type OptionRules,
} from '@store/foundation';
import { FirehoseError, optionError } from './errors.js';
import type { AbortReport, FirehoseProducer } from './producer.js';

/** The part of Lambda's context that is used. */
export interface RemainingTime {
  /** Returns the milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number;
}

/** Options of {@link withProducer}. */
export interface WithProducerOptions<Event, Result> {
  /** Time kept back from the remaining time, in milliseconds. @defaultValue 500 */
  readonly marginMs?: number;
  /**
   * Turns undelivered events into the handler's result, such as `batchItemFailures`. Without it the invocation
   * fails with `UNDELIVERED`, so that Lambda repeats it.
   */
  readonly onUndelivered?: (left: AbortReport, event: Event, result: Result) => Promise<Result> | Result;
}

const rules: OptionRules<WithProducerOptions<never, never>> = {
  marginMs: numberBetween(0, 900_000),
  onUndelivered: callback(),
};

/**
 * Wraps a Lambda handler so that everything it puts is delivered before it returns: nothing may be left for
 * after the return, since Lambda then freezes the process. The producer lives as long as the process.
 *
 * @param create - makes the producer, at the first invocation and after one that had to be abandoned
 * @throws FirehoseError `UNDELIVERED` where `onUndelivered` is not given; its `details` hold the events.
 * @throws AggregateError of the handler's error and the delivery's, where both fail; nothing is dropped in silence.
 *
 * @example
 * ```ts
 * import { createFirehoseProducer, inProcessTransport, withProducer } from '@store/firehose';
 *
 * const transport = inProcessTransport(); // leave this out to send to AWS
 * const handler = withProducer(
 *   () => createFirehoseProducer<unknown>({ deliveryStreamName: 'orders', transport }),
 *   async (event: { readonly orders: readonly unknown[] }, _context, producer) => {
 *     await producer.pipe(event.orders);
 *     return { taken: event.orders.length };
 *   },
 * );
 * console.log(await handler({ orders: [1, 2] }, { getRemainingTimeInMillis: () => 3000 })); // { taken: 2 }
 * ```
 */
export function withProducer<T, Event, Context extends RemainingTime, Result>(
  create: () => FirehoseProducer<T>,
  handler: (event: Event, context: Context, producer: FirehoseProducer<T>) => Promise<Result>,
  options: WithProducerOptions<Event, Result> = {},
): (event: Event, context: Context) => Promise<Result> {
  checkArgument('create', create, callback(), optionError);
  checkArgument('handler', handler, callback(), optionError);
  checkOptions(options, rules, optionError);
  const { marginMs = 500, onUndelivered } = options;
  let current: FirehoseProducer<T> | undefined;

  /** Delivers, or gives up and takes the events out, so that a repeated invocation does not meet them. */
  const settle = async (producer: FirehoseProducer<T>, context: Context): Promise<Left | undefined> => {
    let cause: FirehoseError | undefined;
    try {
      const deadlineMs = Math.max(0, context.getRemainingTimeInMillis() - marginMs);
      const { complete } = await producer.flush({ deadlineMs });
      if (complete) return undefined;
    } catch (error) {
      if (!(error instanceof FirehoseError) || error.code === 'DELIVERY_FAILED') throw error;
      cause = error;
    }
    current = undefined;
    const report = await producer.abort();
    // A handler that closes the producer itself leaves nothing: the next invocation makes another.
    return report.undelivered.length === 0 && report.spooled === 0 ? undefined : { report, cause };
  };

  return async (event, context) => {
    const producer = (current ??= create());
    let result: Result;
    try {
      result = await handler(event, context, producer);
    } catch (error) {
      // What the handler put before it failed was accepted, so it goes out.
      const second = await settle(producer, context).then(
        (left) => (left === undefined ? undefined : undeliveredError(left)),
        (failure: unknown) => failure,
      );
      if (second === undefined) throw error;
      throw new AggregateError([error, second], `${messageOf(error)} ${messageOf(second)}`, { cause: error });
    }
    const left = await settle(producer, context);
    if (left === undefined) return result;
    if (onUndelivered === undefined) throw undeliveredError(left);
    return onUndelivered(left.report, event, result);
  };
}

/** What an invocation left behind. */
interface Left {
  readonly report: AbortReport;
  /** Why nothing could go out; undefined when only time was short. */
  readonly cause: FirehoseError | undefined;
}

function undeliveredError({ report: { undelivered, spooled }, cause }: Left): FirehoseError {
  const events = undelivered.reduce((sum, record) => sum + record.events, 0);
  const why = cause === undefined ? 'within the remaining time' : 'at all';
  const kept = spooled === 0 ? '' : `, and ${spooled} are in the spool`;
  return new FirehoseError(
    'UNDELIVERED',
    `${events} events could not be delivered ${why}${kept}. Let the invocation be repeated.`,
    { cause, retryable: true, details: { events, undelivered, spooled } },
  );
}

/** A handler may throw anything, also what has no form as text. */
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : shown(error));
