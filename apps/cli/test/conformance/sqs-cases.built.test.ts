import { afterAll, beforeAll, describe, test } from 'vitest';
import { playSqsCase } from './play-sqs-case.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';
import { sqsDeduplicationCases } from './sqs-deduplication-table.js';
import { sqsFifoCases } from './sqs-fifo-table.js';
import { sqsMessageCases } from './sqs-messages-table.js';
import { sqsMoveTaskCases } from './sqs-move-tasks-table.js';
import type { SqsProtocol } from './sqs-protocols.js';
import { sqsQueueNameCases } from './sqs-queue-names-table.js';
import { sqsQueueCases } from './sqs-queues-table.js';
import { sqsRefusedMessageCases } from './sqs-refused-messages-table.js';

const accountId = '123456789012';
const region = 'eu-west-1';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint(['--account', accountId, '--region', region]);
});

afterAll(() => served.stop());

const protocols: readonly SqsProtocol[] = ['JSON', 'query', 'GET'];
const cases = [
  ...sqsMessageCases,
  ...sqsRefusedMessageCases,
  ...sqsFifoCases,
  ...sqsDeduplicationCases,
  ...sqsQueueCases,
  ...sqsQueueNameCases,
  ...sqsMoveTaskCases,
];

describe.each(protocols)('SQS answers as AWS in %s', (protocol) => {
  const asked = cases.filter((played) => played.protocols?.includes(protocol) ?? true);
  // Each has queues of its own, and some wait for a timeout of a second.
  test.concurrent.each(asked)('$name', (played) =>
    playSqsCase({ endpoint: served.endpoint, accountId, region }, protocol, played),
  );
});
