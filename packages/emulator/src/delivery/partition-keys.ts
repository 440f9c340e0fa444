import type { ErrorOutputType } from './error-record.js';
import type { Partitioning } from './delivery-plan.js';

/** Keys found, or why not. */
export type KeysOutcome =
  | { readonly ok: true; readonly keys: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly type: ErrorOutputType; readonly code: string; readonly message: string };

/** Finds the partition keys of a document with the stream's jq query. */
export function partitionKeysOf(
  query: NonNullable<Partitioning['query']>,
  document: unknown,
  arrivalAt: number,
): KeysOutcome {
  let outputs: readonly unknown[];
  try {
    outputs = query.run(document, arrivalAt);
  } catch (error) {
    return extractionFailed(error instanceof Error ? error.message : String(error));
  }
  const [found] = outputs;
  if (typeof found !== 'object' || found === null) {
    return extractionFailed('The metadata extraction query gave no object of partition keys.');
  }
  // The query's own object serves as it is when every key is text already, which is the rule.
  const keys = found as Readonly<Record<string, unknown>>;
  const rewritten: [name: string, text: string][] = [];
  for (const name in keys) {
    const value = keys[name];
    if (typeof value === 'string' && value !== '') continue;
    const text = keyText(value);
    if (text === undefined) {
      return extractionFailed(`Partition key ${name} is ${value === '' ? 'empty' : 'null or not a scalar'}.`);
    }
    rewritten.push([name, text]);
  }
  // What is not text was rewritten as text.
  return {
    ok: true,
    keys: (rewritten.length === 0 ? keys : { ...keys, ...Object.fromEntries(rewritten) }) as Record<
      string,
      string
    >,
  };
}

/** A key as it is in a path; empty, null and nested values have none. */
export function keyText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function extractionFailed(message: string): KeysOutcome {
  return {
    ok: false,
    type: 'processing-failed',
    code: 'DynamicPartitioning.MetadataExtractionFailed',
    message,
  };
}
