import { createHash } from 'node:crypto';
import type { TableSchema } from '../table-schema.js';
import { checkSchema } from '../check-arguments.js';

/** Table parameter that holds {@link schemaFingerprint}. */
export const fingerprintParameter = 'store.schema.fingerprint';

/**
 * SHA-256 of the manifest, however its keys are ordered, in hexadecimal. In a table's parameters it tells which
 * manifest was pushed last, with all that Glue's columns do not say: wire forms, closed lists, what may be absent.
 * It does not tell that the table is as it was left: others may have changed it since.
 *
 * @example
 * ```ts
 * import type { TableSchema } from '@store/glue-schema';
 * import { schemaFingerprint } from '@store/glue-schema/catalog';
 *
 * const order: TableSchema = { name: 'Order', columns: [{ name: 'order_id', type: { kind: 'string' } }] };
 * console.log(schemaFingerprint(order).length); // 64
 * ```
 */
export function schemaFingerprint(schema: TableSchema): string {
  checkSchema(schema);
  return createHash('sha256')
    .update(JSON.stringify(sorted(schema)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
