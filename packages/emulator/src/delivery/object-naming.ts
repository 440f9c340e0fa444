import { derivedRandomString, objectName } from './object-name.js';
import type { DeliveryPlan } from './plan.js';
import { evaluatePrefix } from './prefix-expression.js';

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
    return prefix + name;
  };
}
