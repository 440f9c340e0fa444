import { ServiceError } from '../../wire/service-error.js';
import type { RequestContext } from '../../wire/request-context.js';
import type { EncryptionInput } from '../model/s3-destination.js';
import type { StreamHost } from '../stream-host.js';
import type { StoredStream } from '../stream-registry.js';

/** Encryption as a stream keeps it. Nothing is encrypted here: the state says what was asked for. */
export function encryptionOf(input: EncryptionInput | undefined): StoredStream['encryption'] {
  if (input === undefined) return { Status: 'DISABLED' };
  const customer = input.KeyType === 'CUSTOMER_MANAGED_CMK';
  if (customer !== (input.KeyARN !== undefined)) {
    throw new ServiceError(
      'InvalidArgumentException',
      customer
        ? 'KeyARN is required when KeyType is CUSTOMER_MANAGED_CMK.'
        : 'KeyARN must not be given when KeyType is AWS_OWNED_CMK.',
    );
  }
  return { Status: 'ENABLED', ...input };
}

/** Turns encryption on. */
export async function startEncryption(
  host: StreamHost,
  input: {
    readonly DeliveryStreamName: string;
    readonly DeliveryStreamEncryptionConfigurationInput?: EncryptionInput;
  },
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  const stream = host.stored(input.DeliveryStreamName, accountId);
  const encryption = encryptionOf(
    input.DeliveryStreamEncryptionConfigurationInput ?? { KeyType: 'AWS_OWNED_CMK' },
  );
  await host.options.registry.save({ ...stream, encryption });
  return {};
}

/** Turns encryption off. */
export async function stopEncryption(
  host: StreamHost,
  { DeliveryStreamName: name }: { readonly DeliveryStreamName: string },
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  const stream = host.stored(name, accountId);
  await host.options.registry.save({ ...stream, encryption: { Status: 'DISABLED' } });
  return {};
}
