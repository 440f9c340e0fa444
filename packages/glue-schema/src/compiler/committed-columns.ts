import { type OptionRule, satisfying } from '@store/foundation';
import type { Column } from '../table-schema.js';
import { checkText } from '../check-arguments.js';

/** The columns of a committed schema, of which only the order is read. A `TableSchema` is one. */
export interface CommittedColumns {
  /** In their committed order. */
  readonly columns: readonly Pick<Column, 'name' | 'jsonKey'>[];
}

/** The rule for a committed schema, of which nothing but the columns is looked at. */
export const committedColumnsRule: OptionRule = satisfying(
  'a committed schema',
  (value) =>
    typeof value === 'object' && value !== null && 'columns' in value && Array.isArray(value.columns),
);

/**
 * Reads the column order back from a generated schema module's text, so that nothing has to be run;
 * undefined for any other text.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { emitSchema, readCommittedColumns } from '@store/glue-schema/compiler';
 *
 * const previous = readCommittedColumns(readFileSync('src/order.schema.generated.ts', 'utf8'));
 * const { schema } = emitSchema({ entry: 'src/order.ts', type: 'Order', ...(previous && { previous }) });
 * console.log(schema?.columns.map(({ name }) => name)); // committed columns keep their places
 * ```
 */
export function readCommittedColumns(moduleText: string): CommittedColumns | undefined {
  checkText('moduleText', moduleText);
  const [, manifest] = moduleText.split('Schema: TableSchema = ');
  if (manifest === undefined) return undefined;
  const [body = ''] = manifest.split(/^\};$|\};$/mu);
  // The comment is before the list, whatever it says.
  const list = body.slice(body.lastIndexOf('columns: ['));
  const names = [...list.matchAll(columnReference)].map(([, plain, quoted]) => plain ?? unquote(quoted));
  return { columns: names.map((name) => ({ name })) };
}

const columnReference = /columns(?:\.([A-Za-z_$][\w$]*)|\[('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\])/gu;

// A double quote stands bare between single quotes.
const unquote = (quoted = "''"): string => {
  const inner = quoted.slice(1, -1);
  const text: unknown = JSON.parse(`"${quoted.startsWith("'") ? inner.replaceAll('"', '\\"') : inner}"`);
  return typeof text === 'string' ? text : '';
};
