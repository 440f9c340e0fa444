import { ProtocolError } from '../errors.js';
import type { BatchAnswer } from './transport.js';

type Response = NonNullable<BatchAnswer['RequestResponses']>[number];

/**
 * Reads the body of PutRecordBatch's answer.
 *
 * @throws {ProtocolError} for JSON of another shape.
 * @throws {SyntaxError} for what is no JSON, such as half an answer.
 */
export function parseAnswer(text: string): BatchAnswer {
  const answer: unknown = JSON.parse(text);
  if (!isAnswer(answer))
    throw new ProtocolError(`Expected an answer of PutRecordBatch, got ${text.slice(0, 60)}`);
  return answer;
}

function isAnswer(value: unknown): value is BatchAnswer {
  if (!isObject(value)) return false;
  const { FailedPutCount: failed, RequestResponses: responses } = value;
  return (
    (failed === undefined || typeof failed === 'number') &&
    (responses === undefined || (Array.isArray(responses) && responses.every(isResponse)))
  );
}

function isResponse(value: unknown): value is Response {
  return isObject(value) && isText(value.RecordId) && isText(value.ErrorCode) && isText(value.ErrorMessage);
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
