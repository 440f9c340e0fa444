import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SqsClient } from '@store/restock';
import { calling, type ClientSettings } from './clients.js';

/** Opens SQS as `@store/restock` calls it. */
export function openSqs(settings: ClientSettings): SqsClient {
  const client = new SQSClient({
    ...settings,
    // A queue's URL names its host on AWS; an endpoint that is given counts more.
    useQueueUrlAsEndpoint: settings.endpoint === undefined,
  });
  return {
    async sendMessageBatch(input) {
      const command = new SendMessageBatchCommand(input);
      return calling('sqs:SendMessage', client.send(command));
    },
  };
}
