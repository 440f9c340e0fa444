import type { JsonService, RequestContext } from '../wire/request-context.js';
import { ServiceError } from '../wire/service-error.js';
import { createStream } from './actions/create-delivery-stream.js';
import { deleteStream } from './actions/delete-delivery-stream.js';
import { describeStream } from './actions/describe-delivery-stream.js';
import { startEncryption, stopEncryption } from './actions/encryption.js';
import { listStreams } from './actions/list-delivery-streams.js';
import { putRecord, putRecordBatch, putScannedBatch } from './actions/put-records.js';
import { listTags, tagStream, untagStream } from './actions/tags.js';
import { updateDestination } from './actions/update-destination.js';
import { checkRequest } from './model/check.js';
import { requestShapes } from './model/requests.js';
import { scanBatch } from './scan-batch.js';
import type { StreamHost } from './stream-host.js';

/** One action: takes the checked input, gives the answer. */
export type Action = (host: StreamHost, input: never, context: RequestContext) => unknown;

const actions: Readonly<Record<string, Action>> = {
  CreateDeliveryStream: createStream,
  DeleteDeliveryStream: deleteStream,
  DescribeDeliveryStream: describeStream,
  ListDeliveryStreams: listStreams,
  ListTagsForDeliveryStream: listTags,
  PutRecord: putRecord,
  PutRecordBatch: putRecordBatch,
  StartDeliveryStreamEncryption: startEncryption,
  StopDeliveryStreamEncryption: stopEncryption,
  TagDeliveryStream: tagStream,
  UntagDeliveryStream: untagStream,
  UpdateDestination: updateDestination,
};

/** Checked while they are written to the log, since a general walk would cost as much as all the rest. */
const checkedByThemselves = new Set(['PutRecord', 'PutRecordBatch']);

/** Amazon Data Firehose. */
export function createFirehoseService(host: StreamHost): JsonService {
  return {
    targetPrefix: 'Firehose_20150804',
    jsonVersion: '1.1',
    async handle(name, input, context) {
      const action = actions[name];
      const shape = requestShapes[name];
      if (action === undefined || shape === undefined) {
        throw new ServiceError('UnknownOperationException', `Firehose has no action ${name}.`);
      }
      if (!checkedByThemselves.has(name)) checkRequest(shape, input);
      // The shape was checked; each action's input type says the same in TypeScript.
      return action(host, input as never, context);
    },
    handleBytes(name, body, context) {
      const batch = name === 'PutRecordBatch' ? scanBatch(body) : undefined;
      return batch === undefined ? undefined : putScannedBatch(host, batch, context);
    },
  };
}
