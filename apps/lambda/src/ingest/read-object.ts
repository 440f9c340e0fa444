import { intakeLimits, readBody, type BodyOptions, type EnvelopePart, type ObjectPart } from '@store/intake';
import type { ObjectStore } from '../aws/s3-objects.js';

/** What an object holds, and when it was written. */
export interface ReadObject {
  readonly parts: readonly EnvelopePart[];
  readonly asOfMs?: number | undefined;
}

/** Reads an object; `undefined` where S3 did not give it, so that its message comes again. */
export async function readObject(
  objects: ObjectStore,
  part: ObjectPart,
  options: BodyOptions,
): Promise<ReadObject | undefined> {
  const { place, key, raw } = part;
  const refusal = (code: 'NO_OBJECT' | 'TOO_LARGE', message: string): ReadObject => ({
    parts: [{ kind: 'refused', place, code, message, raw }],
  });
  try {
    const object = await objects.get(part, intakeLimits.objectBytes);
    const { bytes, contentType, contentEncoding, modifiedMs: asOfMs } = object;
    if (bytes.length === 0) return { parts: [{ kind: 'control', place, what: 'an empty object' }] };
    // A notification in an object would lead from object to object.
    const parts = readBody(bytes, { contentType, contentEncoding, name: key }, place, options).map(
      (found): EnvelopePart =>
        found.kind === 'object'
          ? {
              ...found,
              kind: 'refused',
              code: 'TOO_NESTED',
              message: 'Expected no notification in an object.',
            }
          : found,
    );
    return { parts, asOfMs };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'NO_OBJECT') return refusal(code, 'Expected the object to be there.');
    if (code === 'TOO_LARGE') {
      return refusal(code, `Expected an object of at most ${intakeLimits.objectBytes} bytes.`);
    }
    return undefined;
  }
}
