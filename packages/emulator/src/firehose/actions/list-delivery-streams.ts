import type { StreamHost } from '../stream-host.js';

const DEFAULT_LIMIT = 10;

/** Names of the streams, in order, a page at a time. */
export function listStreams(
  host: StreamHost,
  input: {
    readonly Limit?: number;
    readonly DeliveryStreamType?: string;
    readonly ExclusiveStartDeliveryStreamName?: string;
  },
): { DeliveryStreamNames: readonly string[]; HasMoreDeliveryStreams: boolean } {
  const { Limit = DEFAULT_LIMIT, DeliveryStreamType: type, ExclusiveStartDeliveryStreamName: after } = input;
  const names = host.options.registry
    .all()
    .filter((stream) => type === undefined || stream.type === type)
    .map(({ name }) => name)
    .filter((name) => after === undefined || name > after);
  return { DeliveryStreamNames: names.slice(0, Limit), HasMoreDeliveryStreams: names.length > Limit };
}
