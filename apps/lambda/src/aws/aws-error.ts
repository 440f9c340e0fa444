import type { HttpAnswer } from './http-post.js';

/** An error that an AWS service answered with. Its shape is that of the SDK's errors, so `@store/firehose` reads it. */
export class AwsError extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };

  constructor(name: string, message: string, { status, requestId }: HttpAnswer) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode: status, requestId };
  }
}

/** The error in an answer: `__type` names it, behind a namespace or not. */
export function awsErrorOf(action: string, answer: HttpAnswer): AwsError {
  const fields = jsonObject(answer.body) ?? {};
  const type = typeof fields.__type === 'string' ? fields.__type : `Status${answer.status}`;
  const message = [fields.message, fields.Message].find((text) => typeof text === 'string');
  return new AwsError(
    type.slice(type.lastIndexOf('#') + 1),
    `${action}: ${message ?? `status ${answer.status}`}`,
    answer,
  );
}

/** The object that a text holds, if it holds one. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // A parsed JSON object has string keys and nothing else.
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  return undefined;
}
