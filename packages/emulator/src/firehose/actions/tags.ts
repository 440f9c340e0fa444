import { ServiceError } from '../../wire/service-error.js';
import type { RequestContext } from '../../wire/request-context.js';
import type { StreamInput, Tag } from '../model/requests.js';
import type { StreamHost } from '../stream-host.js';

/** Most tags on one stream; source: Firehose API reference, TagDeliveryStream, read 2026-08. */
const MAX_TAGS = 50;

/** Tags by key. */
export function tagsOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value = '' }) => [Key, Value]));
}

/** Adds tags, replacing those with the same key. */
export async function tagStream(
  host: StreamHost,
  { DeliveryStreamName: name, Tags }: StreamInput & { readonly Tags: readonly Tag[] },
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  const stream = host.stored(name, accountId);
  const tags = { ...stream.tags, ...tagsOf(Tags) };
  if (Object.keys(tags).length > MAX_TAGS) {
    throw new ServiceError('LimitExceededException', `A Firehose stream can have at most ${MAX_TAGS} tags.`);
  }
  await host.options.registry.save({ ...stream, tags });
  return {};
}

/** Removes tags by key. */
export async function untagStream(
  host: StreamHost,
  { DeliveryStreamName: name, TagKeys }: StreamInput & { readonly TagKeys: readonly string[] },
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  const stream = host.stored(name, accountId);
  const kept = Object.entries(stream.tags).filter(([key]) => !TagKeys.includes(key));
  await host.options.registry.save({ ...stream, tags: Object.fromEntries(kept) });
  return {};
}

/** A stream's tags, a page at a time. */
export function listTags(
  host: StreamHost,
  input: StreamInput & { readonly ExclusiveStartTagKey?: string; readonly Limit?: number },
  { accountId }: RequestContext,
): { Tags: readonly Tag[]; HasMoreTags: boolean } {
  const { DeliveryStreamName: name, ExclusiveStartTagKey: after, Limit = MAX_TAGS } = input;
  const tags = Object.entries(host.stored(name, accountId).tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1))
    .filter(({ Key }) => after === undefined || Key > after);
  return { Tags: tags.slice(0, Limit), HasMoreTags: tags.length > Limit };
}
