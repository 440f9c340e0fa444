import type { Refusals, Violation } from '../wire/check-request.js';
import { jsonDialect } from '../wire/json-dialect.js';
import type { RequestContext } from '../wire/request-context.js';
import { action, type Action, type ServiceEntry } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { createStream } from './actions/create-delivery-stream.js';
import { deleteStream, describeStream, listStreams } from './actions/delivery-streams.js';
import { startEncryption, stopEncryption } from './actions/encryption.js';
import { putRecord, putRecordBatch, putScannedBatch } from './actions/put-records.js';
import { listTags, tagStream, untagStream } from './actions/tags.js';
import { updateDestination } from './actions/update-destination.js';
import { requestShapes, type RequestInputs } from './model/requests.js';
import { scanBatch } from './batch-records.js';
import type { StreamHost } from './stream-host.js';

/** Actions that change a delivery stream. */
type Changing =
  | 'CreateDeliveryStream'
  | 'DeleteDeliveryStream'
  | 'StartDeliveryStreamEncryption'
  | 'StopDeliveryStreamEncryption'
  | 'TagDeliveryStream'
  | 'UntagDeliveryStream'
  | 'UpdateDestination';

/** Amazon Data Firehose. */
export function createFirehoseService(host: StreamHost): ServiceEntry {
  const on = <Name extends keyof RequestInputs>(
    name: Name,
    run: (host: StreamHost, input: RequestInputs[Name], context: RequestContext) => unknown,
    more: Pick<Action, 'bytes' | 'faults'> = {},
  ): [string, Action] => [
    name,
    action(requestShapes[name], (input, context) => run(host, input, context), more),
  ];
  /** An action that changes a stream: those of one stream go one after the other. */
  const changing = <Name extends Changing>(
    name: Name,
    run: (host: StreamHost, input: RequestInputs[Name], context: RequestContext) => unknown,
  ): [string, Action] =>
    on(name, (_host, input, context) =>
      host.turns.run(input.DeliveryStreamName, async () => run(host, input, context)),
    );
  const faults = ['resetsBeforeCommit', 'resetsAfterCommit'] as const;
  return {
    scope: 'firehose',
    target: 'Firehose_20150804',
    dialects: [jsonDialect('1.1')],
    actions: new Map([
      changing('CreateDeliveryStream', createStream),
      changing('DeleteDeliveryStream', deleteStream),
      on('DescribeDeliveryStream', describeStream),
      on('ListDeliveryStreams', listStreams),
      on('ListTagsForDeliveryStream', listTags),
      on('PutRecord', putRecord, { faults }),
      on('PutRecordBatch', putRecordBatch, {
        faults,
        // A walk over megabytes of base64 would cost as much as all the rest.
        bytes(body, context) {
          const batch = scanBatch(body);
          return batch === undefined ? undefined : putScannedBatch(host, batch, context);
        },
      }),
      changing('StartDeliveryStreamEncryption', startEncryption),
      changing('StopDeliveryStreamEncryption', stopEncryption),
      changing('TagDeliveryStream', tagStream),
      changing('UntagDeliveryStream', untagStream),
      changing('UpdateDestination', updateDestination),
    ]),
    refusals: firehoseRefusals,
    close: () => host.close(),
  };
}

/** Names all constraints that are broken, each member with a small first letter, as AWS does. */
export const firehoseRefusals: Refusals = {
  unknownAction: (name) => new ServiceError('UnknownOperationException', `Firehose has no action ${name}.`),
  wrongType: (path, expected) =>
    new ServiceError(
      'SerializationException',
      `Expected ${expected} at '${path === '' ? 'the request' : small(path)}'.`,
    ),
  violated(violations) {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
    return new ServiceError('ValidationException', `${count}: ${violations.map(violationText).join('; ')}`);
  },
};

function violationText({ path, shown, constraint }: Violation): string {
  return `Value '${shown}' at '${small(path)}' failed to satisfy constraint: ${constraint}`;
}

function small(path: string): string {
  return path
    .split('.')
    .map((name) => name.charAt(0).toLowerCase() + name.slice(1))
    .join('.');
}
