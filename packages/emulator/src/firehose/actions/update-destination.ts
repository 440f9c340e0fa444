import { ServiceError } from '../../wire/service-error.js';
import type { RequestContext } from '../../wire/request-context.js';
import { checkConfiguration } from '../check-configuration.js';
import { partitions, type S3Configuration } from '../configuration.js';
import { foreignDestinations, type UpdateInput } from '../model/requests.js';
import { bucketOf } from '../plan-from-configuration.js';
import type { StreamHost } from '../stream-host.js';
import { DESTINATION_ID } from './delivery-streams.js';

/** Changes a stream's destination; what is buffered already goes out as it would have. */
export async function updateDestination(
  host: StreamHost,
  input: UpdateInput,
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  const { registry, catalog, clock } = host.options;
  const { DeliveryStreamName: name, CurrentDeliveryStreamVersionId: version, DestinationId } = input;
  const stream = host.stored(name, accountId);
  if (version !== stream.versionId) {
    throw new ServiceError(
      'ConcurrentModificationException',
      `Cannot update firehose: ${name} since the current version id: ${stream.versionId} and specified version id: ${version} do not match`,
    );
  }
  if (DestinationId !== DESTINATION_ID) {
    throw new ServiceError('InvalidArgumentException', `Destination Id ${DestinationId} not found`);
  }
  const configuration = merge(stream.configuration, changeOf(input));
  if (partitions(configuration) !== partitions(stream.configuration)) {
    throw new ServiceError(
      'InvalidArgumentException',
      'Dynamic partitioning can be enabled or disabled only when a Firehose stream is created.',
    );
  }
  checkConfiguration(configuration, catalog);
  await host.options.ensureBucket(bucketOf(configuration));
  // What came under the old settings goes out under them; the checkpoint that stopping leaves has nothing else.
  const left = await host.drain(name);
  if (left !== undefined) {
    await host.start(stream);
    throw new ServiceError(
      'ServiceUnavailableException',
      `${left.records} records of ${name} cannot be delivered under its present settings: ${left.reasons.join(' ')} Nothing was changed.`,
      503,
    );
  }
  const next = {
    ...stream,
    configuration,
    versionId: String(Number(stream.versionId) + 1),
    updatedAt: clock.wallNow(),
  };
  await registry.save(next);
  await host.start(next);
  return {};
}

function changeOf(input: UpdateInput): S3Configuration {
  const foreign = foreignDestinations.filter((name) => `${name}DestinationUpdate` in input);
  const { ExtendedS3DestinationUpdate: extended, S3DestinationUpdate: plain } = input;
  const change = extended ?? plain;
  if (change === undefined || foreign.length > 0 || (extended !== undefined && plain !== undefined)) {
    throw new ServiceError('InvalidArgumentException', 'Exactly one S3 destination update is supported.');
  }
  if (extended?.S3BackupUpdate === undefined) return change;
  const { S3BackupUpdate, ...rest } = extended;
  return { ...rest, S3BackupConfiguration: S3BackupUpdate };
}

/** Members that are given replace those that are there; nested ones merge only where AWS merges. */
function merge(current: S3Configuration, change: S3Configuration): S3Configuration {
  const hints = { ...current.BufferingHints, ...change.BufferingHints };
  return {
    ...current,
    ...change,
    ...(Object.keys(hints).length === 0 ? {} : { BufferingHints: hints }),
  };
}
