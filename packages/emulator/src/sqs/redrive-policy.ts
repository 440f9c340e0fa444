import { invalidValue, MAX_RECEIVE_COUNT } from './sqs-rules.js';

/** What a redrive policy says. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Reads a redrive policy. */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refused = (reason: string): Error => invalidValue(text, 'RedrivePolicy', reason);
  const value = jsonOf(text);
  if (typeof value !== 'object' || value === null) throw refused('Redrive policy is not a valid JSON map.');
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (!Object.hasOwn(value, name)) {
      throw refused(`Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  const target = 'deadLetterTargetArn' in value ? value.deadLetterTargetArn : undefined;
  const given = 'maxReceiveCount' in value ? value.maxReceiveCount : undefined;
  // Terraform and CDK write the count as text; AWS accepts it and returns a number.
  const count = typeof given === 'number' || /^\d+$/.test(String(given)) ? Number(given) : NaN;
  if (!Number.isInteger(count) || count < 1 || count > MAX_RECEIVE_COUNT) {
    throw refused(
      `Invalid value for maxReceiveCount: ${String(given)}, valid values are from 1 to ${MAX_RECEIVE_COUNT} both inclusive.`,
    );
  }
  if (typeof target !== 'string') throw refused('Invalid value for deadLetterTargetArn.');
  return { deadLetterTargetArn: target, maxReceiveCount: count };
}

/** A policy as answers show it: the count is a number, however it was written. */
export function formatRedrivePolicy(text: string): string {
  const { deadLetterTargetArn, maxReceiveCount } = parseRedrivePolicy(text);
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
