/** A word, sign or literal of a partition expression. */
export type PartitionToken =
  | { readonly kind: 'word'; readonly text: string; readonly upper: string }
  | { readonly kind: 'quotedName'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const space = /\s*/y;
const forms: readonly (readonly [PartitionToken['kind'], RegExp])[] = [
  // A doubled quote within a text is one quote. Spark writes its texts in double quotes.
  ['literal', /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/y],
  ['quotedName', /`((?:[^`]|``)*)`/y],
  ['literal', /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_.])/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['sign', /<>|!=|<=|>=|[=<>(),]/y],
];

/** Cuts an expression into tokens; `undefined` where it has something else in it. */
export function partitionTokens(expression: string): readonly PartitionToken[] | undefined {
  const tokens: PartitionToken[] = [];
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    at += space.exec(expression)?.[0].length ?? 0;
    if (at >= expression.length) return tokens;
    const found = tokenAt(expression, at);
    if (found === undefined) return undefined;
    tokens.push(found.token);
    at = found.end;
  }
}

function tokenAt(
  expression: string,
  at: number,
): { readonly token: PartitionToken; readonly end: number } | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const match = form.exec(expression);
    if (match === null) continue;
    const [whole, single, double] = match;
    const quote = whole.charAt(0);
    const inside = single ?? double;
    const text = inside === undefined ? whole : inside.replaceAll(quote + quote, quote);
    const token = kind === 'word' ? { kind, text, upper: text.toUpperCase() } : { kind, text };
    return { token, end: at + whole.length };
  }
  return undefined;
}
