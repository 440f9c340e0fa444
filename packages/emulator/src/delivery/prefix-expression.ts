import { formatJavaDate, unknownPatternLetters } from './java-date-pattern.js';

/** What the expressions of a prefix are evaluated with. */
export interface PrefixValues {
  /** Arrival of the oldest record in the object. */
  readonly arrivalAt: number;
  readonly timeZone: string;
  /** Eleven characters, new for each use. */
  readonly randomString: () => string;
  /** Of an error prefix. */
  readonly errorOutputType?: string;
  /** Dynamic partitioning's keys. */
  readonly partitionKeys?: ReadonlyMap<string, string>;
}

/** A prefix cut into text and expressions. */
export interface PrefixTemplate {
  readonly parts: readonly PrefixPart[];
  /** Neither time nor any other expression: AWS then adds `yyyy/MM/dd/HH/`. */
  readonly isPlain: boolean;
}

/** Text, or an expression `!{namespace:value}`. */
export type PrefixPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly namespace: string; readonly value: string };

/** What may be in a prefix, and what in an error prefix. */
export type PrefixRole = 'data' | 'error';

const namespaces: Readonly<Record<PrefixRole, readonly string[]>> = {
  data: ['timestamp', 'firehose', 'partitionKeyFromQuery', 'partitionKeyFromLambda'],
  error: ['timestamp', 'firehose'],
};

/** Reads a prefix. */
export function parsePrefix(text: string): PrefixTemplate {
  const parts: PrefixPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/!\{([^:}]*):?([^}]*)\}/g)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'expression', namespace: match[1] ?? '', value: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return { parts, isPlain: parts.every(({ kind }) => kind === 'text') };
}

/** Says what is wrong with a prefix, or nothing. */
export function prefixProblem(template: PrefixTemplate, role: PrefixRole): string | undefined {
  for (const part of template.parts) {
    if (part.kind === 'text') {
      if (part.text.includes('!{')) return `The expression "${part.text}" has no closing brace.`;
      continue;
    }
    const { namespace, value } = part;
    if (!namespaces[role].includes(namespace)) {
      return `The namespace "${namespace}" is not valid in ${role === 'data' ? 'Prefix' : 'ErrorOutputPrefix'}.`;
    }
    if (namespace === 'timestamp') {
      const unknown = unknownPatternLetters(value);
      if (value === '' || unknown.length > 0) {
        return `The timestamp pattern "${value}" is not a valid DateTimeFormatter pattern.`;
      }
    }
    if (namespace === 'firehose') {
      const known = role === 'error' ? ['random-string', 'error-output-type'] : ['random-string'];
      if (!known.includes(value)) return `The expression "!{firehose:${value}}" is not valid here.`;
    }
  }
  return undefined;
}

/** Fills a prefix in. */
export function evaluatePrefix(template: PrefixTemplate, values: PrefixValues): string {
  const text = template.parts
    .map((part) => (part.kind === 'text' ? part.text : evaluate(part.namespace, part.value, values)))
    .join('');
  // AWS puts no slash in between: "logs" becomes "logs2026/01/05/08/".
  return template.isPlain
    ? `${text}${formatJavaDate('yyyy/MM/dd/HH/', values.arrivalAt, values.timeZone)}`
    : text;
}

function evaluate(namespace: string, value: string, values: PrefixValues): string {
  if (namespace === 'timestamp') return formatJavaDate(value, values.arrivalAt, values.timeZone);
  if (namespace === 'firehose') {
    return value === 'error-output-type' ? (values.errorOutputType ?? '') : values.randomString();
  }
  return values.partitionKeys?.get(`${namespace}:${value}`) ?? '';
}
