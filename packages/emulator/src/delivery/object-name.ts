import { createHash } from 'node:crypto';
import { formatJavaDate } from './java-date-pattern.js';
import type { DeliveryPlan } from './delivery-plan.js';
import { evaluatePrefix } from './prefix-expression.js';

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
 * Names an object as Firehose does: stream, version, time, UUID. The UUID is a hash of where the buffer is
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

/** Halves of surrogate pairs have no UTF-8, and keys are UTF-8. */
function wellFormed(key: string): string {
  return /[\ud800-\udfff]/.test(key) ? Buffer.from(key).toString() : key;
}

/** What decides an object's key, besides the stream. */
export interface NamingFacts {
  readonly arrivalAt: number;
  readonly errorOutputType?: string;
  readonly queryKeys?: Readonly<Record<string, string>> | undefined;
  readonly lambdaKeys?: Readonly<Record<string, string>> | undefined;
}

/** The key of a buffer's object, as a function of the buffer's number. */
export function objectNaming(plan: DeliveryPlan, facts: NamingFacts): (bufferId: number) => string {
  return (bufferId) => {
    const partitionKeys = new Map<string, string>();
    for (const [name, value] of Object.entries(facts.queryKeys ?? {})) {
      partitionKeys.set(`partitionKeyFromQuery:${name}`, value);
    }
    for (const [name, value] of Object.entries(facts.lambdaKeys ?? {})) {
      partitionKeys.set(`partitionKeyFromLambda:${name}`, value);
    }
    let uses = 0;
    const isError = facts.errorOutputType !== undefined;
    const prefix = evaluatePrefix(isError ? plan.errorPrefix : plan.prefix, {
      arrivalAt: facts.arrivalAt,
      timeZone: plan.timeZone,
      randomString: () => derivedRandomString(`${plan.streamId}/${bufferId}/${uses++}`),
      partitionKeys,
      ...(isError ? { errorOutputType: facts.errorOutputType } : {}),
    });
    const name = objectName({
      streamName: plan.streamName,
      streamVersion: plan.streamVersion,
      streamId: plan.streamId,
      bufferId,
      arrivalAt: facts.arrivalAt,
      timeZone: plan.timeZone,
      extension: isError ? '' : plan.extension,
    });
    return wellFormed(prefix + name);
  };
}
