import { timeoutSignal, type Clock } from '@store/foundation';
import type { LambdaFunction } from '../options.js';
import { ServiceError } from '../wire/service-error.js';

/** Longest time that one call of a function may take; source: Firehose developer guide, Lambda, read 2026-08. */
const INVOKE_MS = 5 * 60 * 1000;
/** Largest answer of a function; source: Lambda quotas, synchronous payload, read 2026-08. */
export const MAX_ANSWER_BYTES: number = 6 * 1024 * 1024;

/** A function that takes Firehose's transformation event and answers with Firehose's transformation result. */
export type InvokeLambda = (functionArn: string, event: unknown, signal: AbortSignal) => Promise<unknown>;

/** Calls a function of this process by its ARN, or one behind a URL where the "ARN" is one. */
export function invokerOf(functions: Readonly<Record<string, LambdaFunction>>, clock: Clock): InvokeLambda {
  return async (functionArn, event, closing) => {
    const signal = AbortSignal.any([closing, timeoutSignal(clock, INVOKE_MS)]);
    const own =
      ownFunction(functions, functionArn) ?? ownFunction(functions, functionArn.replace(/:\$LATEST$/, ''));
    if (own !== undefined) return unlessAborted(own(event), signal);
    if (!/^https?:\/\//.test(functionArn)) {
      throw new ServiceError(
        'Lambda.InvokeLimitExceeded',
        `No function is known as ${functionArn}; name it in the option \`lambdas\`, or give a URL.`,
      );
    }
    const response = await fetch(functionArn, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`The function answered ${response.status}.`);
    }
    const answer: unknown = JSON.parse(await textWithin(response, MAX_ANSWER_BYTES));
    return answer;
  };
}

function ownFunction(
  functions: Readonly<Record<string, LambdaFunction>>,
  name: string,
): LambdaFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** Waits for an answer until the signal aborts. */
async function unlessAborted(answer: unknown, signal: AbortSignal): Promise<unknown> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new ServiceError('Lambda.InvocationTimeout', 'The function did not answer in time.'));
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The body as text, read no further than it may be long. */
async function textWithin(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    const chunk: unknown = read.value;
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= mostBytes) continue;
    await reader?.cancel();
    throw new ServiceError('Lambda.PayloadTooLarge', `The answer has more than ${mostBytes} bytes.`);
  }
  return Buffer.concat(chunks).toString();
}
