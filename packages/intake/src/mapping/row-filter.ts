import { inertText } from '@store/foundation';
import type { MappedField } from './document.js';
import { plainGetter, type FieldContext } from './field-source.js';
import { textOf, type Getter } from './row.js';
import { textTable } from './text-table.js';

/** Texts whose reason is kept. */
const REASONS_KEPT = 1_000;

/** Returns what says why a row is passed over, or undefined where a document passes none over. */
export function rowFilter(context: FieldContext): Getter<string | undefined> | undefined {
  const { skipWhen = {}, keepWhen = {} } = context.document;
  const rules = [
    ...Object.entries(skipWhen).map((entry) => ruleOf(entry, true, context)),
    ...Object.entries(keepWhen).map((entry) => ruleOf(entry, false, context)),
  ];
  if (rules.length === 0) return undefined;
  return (row) => {
    for (const rule of rules) {
      const reason = rule(row);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

function ruleOf(
  [name, texts]: readonly [string, readonly string[]],
  skips: boolean,
  context: FieldContext,
): Getter<string | undefined> {
  const get = sourceOf(name, context);
  const table = textTable(texts.map((text) => [text, true] as const));
  /** A file has few texts for which a row is skipped, and many such rows. */
  const reasons = new Map<string, string>();
  return (row) => {
    const text = textOf(get(row) ?? '') ?? '';
    if ((table.get(text) === true) !== skips) return undefined;
    const known = reasons.get(text);
    if (known !== undefined) return known;
    const reason = text === '' ? `${name} is blank` : `${name} is ${JSON.stringify(inertText(text, 80))}`;
    if (reasons.size < REASONS_KEPT) reasons.set(text, reason);
    return reason;
  };
}

/** A name of a field means what the field is read from; any other is a column. */
function sourceOf(name: string, context: FieldContext): Getter {
  const { fields } = context.document;
  // An own key of the fields is the name of one.
  const field = Object.hasOwn(fields, name) ? (name as MappedField) : undefined;
  const source = field === undefined ? undefined : fields[field];
  return field === undefined || source === undefined
    ? context.columns.getter(name)
    : plainGetter(field, source, context);
}
