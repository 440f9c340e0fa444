import type { SchemaAnswer } from '@store/page-protocol';

/** One word that may be meant. */
export interface Completion {
  readonly word: string;
  /** What it is: a column's type, `table`, `view`, `keyword`, `function`. */
  readonly about: string;
}

/** What may be completed at a place of a text. */
export interface Completions {
  /** Where the word that is being written begins. */
  readonly from: number;
  readonly words: readonly Completion[];
}

const keywords =
  `select from where group by order having limit distinct as and or not in is null between like case when then else end
  join left on using union all with asc desc filter over partition explain`.split(/\s+/);

const functions =
  `count sum avg min max round coalesce cast date_trunc date_diff approx_count_distinct row_number lag lead strftime
  lower upper concat substring greatest least median quantile_cont list unnest`.split(/\s+/);

const most = 8;

/** Words that complete what is before a place: fields behind a dot, otherwise columns, tables, functions, keywords. */
export function completionsAt(text: string, caret: number, schema: SchemaAnswer): Completions {
  const [, owner, written = ''] = /(?:(\w+)\.)?(\w*)$/.exec(text.slice(0, caret)) ?? [];
  const from = caret - written.length;
  const all = owner === undefined ? everything(schema) : membersOf(owner.toLowerCase(), schema);
  const start = written.toLowerCase();
  const words = all.filter(({ word }) => word.toLowerCase().startsWith(start) && word !== written);
  return { from, words: words.slice(0, most) };
}

function everything({ tables }: SchemaAnswer): readonly Completion[] {
  const columns = new Map(tables.flatMap((table) => table.columns.map(({ name, type }) => [name, type])));
  return [
    ...[...columns].map(([word, type]) => ({ word, about: shortType(type) })),
    ...tables.map(({ name, isView }) => ({ word: name, about: isView ? 'view' : 'table' })),
    ...functions.map((word) => ({ word, about: 'function' })),
    ...keywords.map((word) => ({ word, about: 'keyword' })),
  ];
}

/** Columns of a table, or fields of a column that is a struct. */
function membersOf(owner: string, { tables }: SchemaAnswer): readonly Completion[] {
  const table = tables.find(({ name }) => name.toLowerCase() === owner);
  if (table !== undefined)
    return table.columns.map(({ name, type }) => ({ word: name, about: shortType(type) }));
  const struct = tables.flatMap(({ columns }) => columns).find(({ name }) => name.toLowerCase() === owner);
  const [, fields = ''] = /^struct<(.*)>$/.exec(struct?.type ?? '') ?? [];
  return [...fields.matchAll(/(\w+):([^,<]+)/g)].map(([, word = '', about = '']) => ({ word, about }));
}

/** A type as the schema's tree shows it: a struct's fields are left out. */
export const shortType = (type: string): string => type.replace(/<.*/, '');
