import { validateRestockRequest, type RestockRequest } from '@store/schema';
import { HandlerError } from '../errors.js';

/**
 * The restock request in a message.
 *
 * @throws HandlerError `INVALID_INPUT`: the message is poison, and its queue's dead-letter queue will have it
 */
export function readRestockMessage(body: string): RestockRequest {
  const result = validateRestockRequest(parsed(body));
  if (result.ok) return result.value;
  const [issue] = result.issues;
  throw new HandlerError(
    'INVALID_INPUT',
    `The message is no restock request: ${issue?.code ?? 'INVALID'} at \`${issue?.path.join('.') ?? ''}\`.`,
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new HandlerError('INVALID_INPUT', 'The message is no restock request: it is not JSON.', { cause });
  }
}
