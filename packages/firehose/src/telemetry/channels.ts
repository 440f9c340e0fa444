import { channel, type Channel } from 'node:diagnostics_channel';

/** Names of the `node:diagnostics_channel` channels that producers publish to. No message holds event data. */
export const CHANNELS = {
  /** {@link BatchMessage}: a call has ended. */
  batch: '@store/firehose:batch',
  /** {@link FailedMessage}: records were given up. */
  failed: '@store/firehose:failed',
  /** {@link BlockedMessage}: nothing can be delivered until somebody mends the cause. */
  blocked: '@store/firehose:blocked',
} as const;

/** One call, ended. */
export interface BatchMessage {
  readonly deliveryStreamName: string;
  readonly records: number;
  readonly events: number;
  /** Before base64. */
  readonly bytes: number;
  readonly durationMs: number;
  /** Records that the service took. */
  readonly deliveredRecords: number;
  /** The error's code if the call failed as a whole. */
  readonly errorCode: string | undefined;
}

/** Records that were given up. */
export interface FailedMessage {
  readonly deliveryStreamName: string;
  readonly events: number;
  readonly errorCode: string;
}

/** The breaker has opened. */
export interface BlockedMessage {
  readonly deliveryStreamName: string;
  readonly errorCode: string;
  readonly message: string;
}

/** The channels themselves, looked up once; each carries the message type named above. */
export const channels: Readonly<Record<keyof typeof CHANNELS, Channel>> = {
  batch: channel(CHANNELS.batch),
  failed: channel(CHANNELS.failed),
  blocked: channel(CHANNELS.blocked),
};
