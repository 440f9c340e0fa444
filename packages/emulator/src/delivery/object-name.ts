import { createHash } from 'node:crypto';
import { formatJavaDate } from './java-date-pattern.js';

/** What an object's name is made of; the same values always make the same name. */
export interface ObjectNameParts {
  readonly streamName: string;
  readonly streamVersion: string;
  /** Tells this incarnation of the stream from an earlier one of the same name. */
  readonly streamId: string;
  /** Number of the buffer in the stream's log. */
  readonly bufferId: number;
  readonly arrivalAt: number;
  readonly timeZone: string;
  readonly extension: string;
}

/**
 * Names an object as Firehose does: stream, version, time, UUID. The UUID is a hash of where the buffer stands
 * in the log, so that a delivery repeated after a crash overwrites its object instead of adding a second one.
 */
export function objectName(parts: ObjectNameParts): string {
  const time = formatJavaDate('yyyy-MM-dd-HH-mm-ss', parts.arrivalAt, parts.timeZone);
  const uuid = derivedUuid(`${parts.streamId}/${parts.bufferId}`);
  return `${parts.streamName}-${parts.streamVersion}-${time}-${uuid}${parts.extension}`;
}

/** Eleven letters and digits that follow from `seed`. */
export function derivedRandomString(seed: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = createHash('sha256').update(seed).digest();
  return Array.from(bytes.subarray(0, 11), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

function derivedUuid(seed: string): string {
  const bytes = createHash('sha256').update(seed).digest().subarray(0, 16);
  // Version 8 says "made by an own rule"; the variant bits are RFC 9562's.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
