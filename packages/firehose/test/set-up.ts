import { createVirtualClock, type VirtualClock } from '@store/foundation';
import {
  acceptAll,
  createFirehoseProducer,
  inProcessTransport,
  type BatchAnswer,
  type BatchHandler,
  type FirehoseProducer,
  type ProducerOptions,
  type Transport,
} from '../src/index.js';

/** A small event for tests. */
export interface Reading {
  readonly id: number;
  readonly text?: string;
}

/** A producer on a virtual clock and what has reached its stream. */
export interface SetUp {
  readonly clock: VirtualClock;
  readonly producer: FirehoseProducer<Reading>;
  /** Each record that was taken, as text. */
  readonly received: string[];
  /** Each call's records, as text. */
  readonly calls: string[][];
}

/** Sets up a producer; `handler` answers its calls, or takes everything if it answers undefined. */
export function setUp(
  handler?: (...args: Parameters<BatchHandler>) => ReturnType<BatchHandler> | undefined,
  options: Partial<ProducerOptions<Reading>> = {},
  transportParts: Partial<Transport> = {},
): SetUp {
  const clock = createVirtualClock();
  const received: string[] = [];
  const calls: string[][] = [];
  const transport = inProcessTransport(async (records, context) => {
    const texts = records.map((data) => Buffer.from(data).toString());
    calls.push(texts);
    const answer: BatchAnswer = (await handler?.(records, context)) ?? acceptAll(records);
    texts.forEach((text, i) => {
      if (answer.RequestResponses?.[i]?.RecordId !== undefined) received.push(text);
    });
    return answer;
  });
  const producer = createFirehoseProducer<Reading>({
    deliveryStreamName: 'readings',
    transport: { ...transport, ...transportParts },
    clock,
    random: () => 0.5,
    ...options,
  });
  return { clock, producer, received, calls };
}

/** An error as the SDK makes it from an answer. */
export function serviceError(name: string, status: number): Error {
  return Object.assign(new Error(`${name} by the test`), { name, $metadata: { httpStatusCode: status } });
}

/** The ids of the events in records. */
export function idsOf(received: readonly string[]): number[] {
  return received.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as Reading).id),
  );
}
