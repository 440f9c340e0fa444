import type { RequestContext } from '../../wire/request-context.js';
import type { StreamHost } from '../stream-host.js';

/** Deletes a stream; what it still buffers is discarded, as on AWS. */
export async function deleteStream(
  host: StreamHost,
  { DeliveryStreamName: name }: { readonly DeliveryStreamName: string },
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  host.stored(name, accountId);
  await host.stop(name);
  await host.options.registry.remove(name);
  return {};
}
