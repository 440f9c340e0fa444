import type { InvokeLambda } from '../delivery/lambda-processor.js';
import type { LambdaFunction } from '../options.js';
import { ServiceError } from '../wire/service-error.js';

/** Longest time that one call of a function may take; source: Firehose developer guide, Lambda, read 2026-08. */
const INVOKE_MS = 5 * 60 * 1000;

/** Calls a function of this process by its ARN, or one behind a URL where the "ARN" is one. */
export function invokerOf(functions: Readonly<Record<string, LambdaFunction>>): InvokeLambda {
  return async (functionArn, event) => {
    const own = functions[functionArn] ?? functions[functionArn.replace(/:\$LATEST$/, '')];
    if (own !== undefined) return own(event);
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
      signal: AbortSignal.timeout(INVOKE_MS),
    });
    if (!response.ok) throw new Error(`The function answered ${response.status}.`);
    const answer: unknown = await response.json();
    return answer;
  };
}
