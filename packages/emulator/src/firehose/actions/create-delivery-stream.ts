import { ServiceError } from '../../wire/service-error.js';
import type { RequestContext } from '../../wire/request-context.js';
import { checkConfiguration } from '../check-configuration.js';
import { bucketOf } from '../plan-from-configuration.js';
import type { S3Configuration } from '../configuration.js';
import { foreignDestinations, type CreateInput } from '../model/requests.js';
import { newStreamId, type StreamHost } from '../stream-host.js';
import type { StoredStream } from '../stream-registry.js';
import { encryptionOf } from './encryption.js';
import { tagsOf } from './tags.js';

/** Creates a stream; it is active immediately. */
export async function createStream(
  host: StreamHost,
  input: CreateInput,
  { region, accountId }: RequestContext,
): Promise<{ DeliveryStreamARN: string }> {
  const { registry, catalog, clock } = host.options;
  const { DeliveryStreamName: name, DeliveryStreamType: type = 'DirectPut' } = input;
  if (registry.get(name) !== undefined) {
    throw new ServiceError(
      'ResourceInUseException',
      `Firehose ${name} under accountId ${accountId} already exists`,
    );
  }
  if (type !== 'DirectPut') {
    throw new ServiceError(
      'InvalidArgumentException',
      `DeliveryStreamType ${type} is not supported here; use DirectPut.`,
    );
  }
  const configuration = destinationOf(input);
  checkConfiguration(configuration, catalog);
  const now = clock.wallNow();
  const stream: StoredStream = {
    name,
    arn: `arn:aws:firehose:${region}:${accountId}:deliverystream/${name}`,
    id: newStreamId(),
    createdAt: now,
    updatedAt: now,
    versionId: '1',
    type,
    ...(input.DirectPutSourceConfiguration === undefined
      ? {}
      : { source: input.DirectPutSourceConfiguration }),
    configuration,
    encryption: encryptionOf(input.DeliveryStreamEncryptionConfigurationInput),
    tags: tagsOf(input.Tags ?? []),
  };
  await host.options.ensureBucket(bucketOf(configuration));
  await registry.save(stream);
  await host.start(stream);
  return { DeliveryStreamARN: stream.arn };
}

function destinationOf(input: CreateInput): S3Configuration {
  const foreign = foreignDestinations.filter((name) => `${name}DestinationConfiguration` in input);
  const own = [input.ExtendedS3DestinationConfiguration, input.S3DestinationConfiguration].filter(
    (configuration) => configuration !== undefined,
  );
  const [configuration] = own;
  if (own.length + foreign.length !== 1) {
    throw new ServiceError(
      'InvalidArgumentException',
      'Exactly one destination configuration is supported for a Firehose',
    );
  }
  if (configuration === undefined) {
    throw new ServiceError(
      'InvalidArgumentException',
      `The ${foreign.join()} destination is not supported here; use ExtendedS3DestinationConfiguration.`,
    );
  }
  return configuration;
}
