import { isRecord } from '../runtime/values.js';

/**
 * The first key that stands twice in one object once case is folded, at any depth. The OpenX parser folds keys
 * while it reads, and refuses such a document whole.
 */
export function duplicateKey(value: unknown, fold: (key: string) => string): string | undefined {
  if (Array.isArray(value)) return firstOf(value, fold);
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  const seen = new Set<string>();
  for (const key of keys) {
    const folded = fold(key);
    if (seen.has(folded)) return folded;
    seen.add(folded);
  }
  return firstOf(Object.values(value), fold);
}

function firstOf(values: readonly unknown[], fold: (key: string) => string): string | undefined {
  for (const value of values) {
    const key = duplicateKey(value, fold);
    if (key !== undefined) return key;
  }
  return undefined;
}
