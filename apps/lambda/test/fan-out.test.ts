import { isDeepStrictEqual } from 'node:util';
import { expect, test, vi } from 'vitest';
import { fanOutDefinition } from '@store/constructs';
import { EventDigest } from '../src/generate/event-digest.js';
import { createGenerateHandler } from '../src/generate/handler.js';
import { linesOf, smallWorld } from './events.js';
import { lambdaContext } from './lambda-context.js';
import { startNullFirehose } from './null-firehose.js';
import './promise-with-resolvers.js';

test('the state machine, run here with the real handler, sends a world of 64 shards: no more, no less', async () => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  const aws = await startNullFirehose();
  const handler = createGenerateHandler({
    AWS_ENDPOINT_URL: aws.url,
    STREAM_NAMES: 'a,b,c',
    // Small enough that some shards take more than one invocation.
    MAX_EVENTS: '60',
  });
  // After the line above that gives it what Node 20 lacks.
  const { StateMachine } = await import('aws-local-stepfunctions');
  const definition = fanOutDefinition({
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:generate',
    partition: 'aws',
  });
  const machine = new StateMachine(JSON.parse(JSON.stringify(definition)) as never, {
    validationOptions: { checkArn: false },
  });
  const world = { ...smallWorld, stores: 64, products: 60 };
  const invocations: unknown[] = [];
  const atOnce: number[] = [];
  let running = 0;
  const execution = machine.run(
    { shards: 64, world, maxConcurrency: 8 },
    {
      overrides: {
        taskResourceLocalHandlers: {
          Generate: async (input) => {
            const { Payload } = input as { readonly Payload: object };
            invocations.push(Payload);
            atOnce.push(++running);
            const answer = await handler(Payload, lambdaContext()).finally(() => running--);
            return { Payload: JSON.parse(JSON.stringify(answer)) as Record<string, string> };
          },
        },
      },
    },
  );
  const result = (await execution.result) as unknown as readonly { accepted: number; digest: string }[];
  const lines = [...aws.streams.values()].flat();
  await aws.close();

  const whole = linesOf(world);
  expect(invocations.length).toBeGreaterThan(64);
  expect(result).toHaveLength(64);
  expect(Math.max(...atOnce)).toBe(8);
  expect(invocations.length).toBeGreaterThan(result.length);
  expect(isDeepStrictEqual(lines.sort(), [...whole].sort())).toBe(true);
  const digests = [lines, whole].map((of) => {
    const digest = new EventDigest();
    for (const line of of) digest.add(Buffer.from(line));
    return digest.toString();
  });
  expect(digests[0]).toBe(digests[1]);
});
