import { notSupported, QueryFailure, syntaxFailure } from './athena-error.js';
import { closingOf, meaningfulTokens, type SqlToken } from './sql-tokens.js';

/** Words that DuckDB reserves and Trino does not, and that mean nothing in Trino's grammar of queries. */
const names = new Set(
  `ANALYSE ANALYZE ASYMMETRIC CHECK COLLATE COLUMN DEFAULT DEFERRABLE DO FOREIGN GRANT INITIALLY LAMBDA PIVOT PLACING
  PRIMARY QUALIFY REFERENCES RETURNING SHOW SUMMARIZE SYMMETRIC UNIQUE UNPIVOT VARIADIC ANTI ASOF AUTHORIZATION
  COLLATION CONCURRENTLY FREEZE GENERATED GLOB ILIKE ISNULL NOTNULL OVERLAPS POSITIONAL SEMI SIMILAR`.split(
    /\s+/,
  ),
);
const literalTypes = new Set(
  `DECIMAL REAL DOUBLE BIGINT INTEGER INT SMALLINT TINYINT BOOLEAN JSON VARCHAR CHAR DATE`.split(' '),
);
const foreign = new Set(['::', '==', '=>', '`', '{', '}', '^', '&', '~', '#', '@', '$', '!', ':', '\\']);
const calls: Readonly<Record<string, string>> = {
  CURRENT_DATE: 'current_date',
  CURRENT_TIMESTAMP: 'current_timestamp',
  LOCALTIMESTAMP: 'localtimestamp',
};
const refusedWords: Readonly<Record<string, string>> = {
  CURRENT_TIME: 'current_time, since the type time is not served; use current_timestamp',
  LOCALTIME: 'localtime, since the type time is not served; use localtimestamp',
  MATCH_RECOGNIZE: 'MATCH_RECOGNIZE; use window functions',
  TABLESAMPLE: 'TABLESAMPLE; use WHERE random() < 0.1',
};

/** Longest statement, in tokens, that is rewritten; Athena takes 262,144 bytes. */
const MAX_TOKENS = 262_144;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const unquoted = (text: string): string => text.slice(1, -1).replaceAll("''", "'");

/**
 * Rewrites a statement in Trino's grammar so that DuckDB's parser reads it and the tree shows what it means: casts,
 * literals and what DuckDB has no word for become calls of functions, whose names no client can write.
 */
export function readableByDuckDb(sql: string): string {
  const tokens = meaningfulTokens(sql);
  if (tokens.length > MAX_TOKENS) throw notSupported(`a statement of more than ${MAX_TOKENS} parts`);
  return new GrammarRewriter(tokens).rewrite();
}

class GrammarRewriter {
  readonly #tokens: readonly SqlToken[];
  readonly #out: string[] = [];
  /** What is put before a token, or in the place of one that is dropped. */
  readonly #before = new Map<number, string>();
  readonly #instead = new Map<number, string>();

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  rewrite(): string {
    for (let at = 0; at < this.#tokens.length; at += 1) this.#look(at);
    this.#tokens.forEach(({ text }, at) => {
      const before = this.#before.get(at);
      if (before !== undefined) this.#out.push(before);
      this.#out.push(this.#instead.get(at) ?? text);
    });
    const after = this.#before.get(this.#tokens.length);
    if (after !== undefined) this.#out.push(after);
    return this.#out.join(' ');
  }

  #key(at: number): string {
    return this.#tokens[at]?.key ?? '';
  }

  #put(at: number, text: string): void {
    this.#before.set(at, `${this.#before.get(at) ?? ''} ${text}`);
  }

  #drop(from: number, to: number, instead = ''): void {
    for (let at = from; at <= to; at += 1) this.#instead.set(at, at === from ? instead : '');
  }

  #look(at: number): void {
    const token = this.#tokens[at];
    if (token === undefined || (this.#instead.has(at) && token.kind !== 'number')) return;
    const { kind, key, text } = token;
    switch (kind) {
      case 'number':
        if (text.includes('_')) throw notSupported('digits with _ between them');
        // A literal with a point is a double in Athena, and a decimal in DuckDB.
        if (/\./.test(text) && !/e/i.test(text)) this.#instead.set(at, `${text}e0`);
        return;
      case 'bytes':
        this.#instead.set(at, `trino_lit_bytes(${quoted(text.slice(2, -1).replaceAll(/\s/g, ''))})`);
        return;
      case 'symbol':
        this.#symbol(at, text);
        return;
      case 'word':
        this.#word(at, key);
        return;
      default:
    }
  }

  #symbol(at: number, text: string): void {
    if (foreign.has(text)) throw syntaxFailure(`mismatched input '${text}'`);
    if (text === '/' && this.#key(at + 1) === '/') throw syntaxFailure(`mismatched input '/'`);
    if (text === '*' && this.#key(at + 1) === '*') throw syntaxFailure(`mismatched input '*'`);
    if (text === '->') this.#lambda(at);
    if (text === '(' && this.#tokens[at - 1]?.kind !== 'word' && this.#key(at + 1) === ')') return;
  }

  #lambda(at: number): void {
    if (this.#key(at - 1) !== ')') {
      this.#put(at - 1, 'lambda');
      this.#instead.set(at, ':');
      return;
    }
    let start = at - 2;
    while (start >= 0 && this.#key(start) !== '(') start -= 1;
    if (start === at - 2) throw notSupported('a lambda without parameters');
    this.#instead.set(start, 'lambda');
    this.#instead.set(at - 1, '');
    this.#instead.set(at, ':');
  }

  #word(at: number, key: string): void {
    const refused = Object.hasOwn(refusedWords, key) ? refusedWords[key] : undefined;
    if (refused !== undefined && this.#key(at - 1) !== '.') throw notSupported(refused);
    const next = this.#tokens[at + 1];
    const opens = next?.text === '(';
    if (opens && /^TRINO_/.test(key)) throw syntaxFailure(`Function '${key.toLowerCase()}' not registered`);
    if ((key === 'CAST' || key === 'TRY_CAST') && opens) return this.#cast(at, key);
    if (
      key === 'INTERVAL' &&
      (next?.kind === 'text' ||
        ((next?.text === '-' || next?.text === '+') && this.#tokens[at + 2]?.kind === 'text'))
    )
      return this.#interval(at);
    if (key === 'TIMESTAMP' && next?.kind === 'text') return this.#timestamp(at, unquoted(next.text));
    if (key === 'TIME' && next?.kind === 'text') throw notSupported('the type time');
    if (literalTypes.has(key) && next?.kind === 'text') return this.#literal(at, key, unquoted(next.text));
    if ((key === 'IGNORE' || key === 'RESPECT') && next?.key === 'NULLS') return this.#nulls(at, key);
    if (key === 'WITHIN' && next?.key === 'GROUP') return this.#within(at);
    if (key === 'VALUES') return this.#values(at);
    if (key === 'IF' && opens) return this.#if(at);
    if (key === 'DATE' && opens) this.#instead.set(at, 'trino_lit_date');
    if (key === 'AT' && !(next?.key === 'TIME' && this.#key(at + 2) === 'ZONE')) return this.#quote(at);
    if (key === 'WITH' && next?.key === 'TIES') throw notSupported('FETCH FIRST WITH TIES; use rank()');
    if (['JSON_VALUE', 'JSON_QUERY', 'JSON_EXISTS', 'JSON_OBJECT', 'JSON_ARRAY'].includes(key) && opens)
      return this.#jsonCall(at, key);
    const call = Object.hasOwn(calls, key) ? calls[key] : undefined;
    if (call !== undefined && this.#key(at - 1) !== '.' && this.#key(at - 1) !== 'AS') {
      const end = opens ? closingOf(this.#tokens, at + 1) : at;
      if (opens && key !== 'CURRENT_DATE' && this.#key(at + 2) !== '3')
        throw notSupported(`${call} with another precision than 3`);
      this.#drop(at, end, `trino_lit_${call}()`);
      return;
    }
    if (names.has(key)) this.#quote(at);
  }

  /** The word as a name of its own. */
  #quote(at: number): void {
    this.#instead.set(at, `"${this.#tokens[at]?.text.toLowerCase() ?? ''}"`);
  }

  /** `CAST(x AS t)` as `trino_cast(x, 't')`: DuckDB has other types, and rounds otherwise. */
  #cast(at: number, key: string): void {
    const end = closingOf(this.#tokens, at + 1);
    let depth = 0;
    let as = -1;
    for (let look = at + 1; look < end; look += 1) {
      const { text = '', key: word = '' } = this.#tokens[look] ?? {};
      if (text === '(' || text === '[') depth += 1;
      if (text === ')' || text === ']') depth -= 1;
      if (depth === 1 && word === 'AS') as = look;
    }
    if (as === -1 || end === this.#tokens.length) throw syntaxFailure(`mismatched input in ${key}`);
    const type = this.#tokens
      .slice(as + 1, end)
      .map(({ text }) => text)
      .join(' ');
    this.#instead.set(at, key === 'CAST' ? 'trino_cast' : 'trino_try_cast');
    this.#drop(as, end - 1, `, ${quoted(type)}`);
  }

  #interval(at: number): void {
    const signed = this.#key(at + 1) === '-' || this.#key(at + 1) === '+';
    const textAt = signed ? at + 2 : at + 1;
    const value = unquoted(this.#tokens[textAt]?.text ?? "''");
    const unit = this.#key(textAt + 1);
    const isRange = this.#key(textAt + 2) === 'TO';
    const to = isRange ? this.#key(textAt + 3) : unit;
    this.#drop(at, textAt + (isRange ? 3 : 1), intervalCall(value, unit, to, this.#key(at + 1) === '-'));
  }

  #timestamp(at: number, text: string): void {
    const found =
      /^\s*(\d{4,}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{1,2}(?::\d{1,2}(?:\.(\d{1,12}))?)?)?)\s*([A-Za-z][\w/+-]*|[+-]\d{1,2}(?::?\d{2})?)?\s*$/.exec(
        text,
      );
    if (found === null) throw new QueryFailure(`INVALID_LITERAL: '${text}' is not a valid TIMESTAMP literal`);
    const [, local = '', fraction = '', zone] = found;
    const call =
      zone === undefined
        ? `trino_lit_timestamp(${quoted(local)}, ${fraction.length})`
        : `trino_lit_zoned(${quoted(local)}, ${quoted(zone)})`;
    this.#drop(at, at + 1, call);
  }

  #literal(at: number, key: string, text: string): void {
    if (key === 'VARCHAR' || key === 'CHAR') return this.#drop(at, at, '');
    if (key === 'JSON') return this.#drop(at, at + 1, `trino_lit_json(${quoted(text)})`);
    let type = key;
    if (key === 'DATE' && !/^\s*[+-]?\d{4,}-\d{1,2}-\d{1,2}\s*$/.test(text)) {
      throw new QueryFailure(`INVALID_LITERAL: '${text}' is not a valid DATE literal`);
    }
    if (key === 'DECIMAL') {
      const found = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(text.trim());
      if (found === null) throw new QueryFailure(`INVALID_LITERAL: '${text}' is not a valid DECIMAL literal`);
      const [, before = '', after = ''] = found;
      const digits = before.replace(/^0+/, '').length + after.length;
      type = `DECIMAL(${Math.max(1, digits)}, ${after.length})`;
    }
    this.#drop(at, at + 1, `trino_cast(${quoted(text)}, ${quoted(type)})`);
  }

  /** `lag(x) IGNORE NULLS OVER` as `lag(x IGNORE NULLS) OVER`. */
  #nulls(at: number, key: string): void {
    if (this.#key(at - 1) !== ')') return;
    this.#drop(at, at + 1);
    if (key === 'IGNORE') this.#put(at - 1, 'IGNORE NULLS');
  }

  /** `listagg(x, s) WITHIN GROUP (ORDER BY y)` as `listagg(x, s ORDER BY y)`. */
  #within(at: number): void {
    const end = closingOf(this.#tokens, at + 2);
    const order = this.#tokens
      .slice(at + 3, end)
      .map(({ text }, index) => this.#instead.get(at + 3 + index) ?? text)
      .join(' ');
    this.#put(at - 1, order);
    this.#drop(at, end);
  }

  /** `VALUES 1, 2` as `VALUES (1), (2)`. */
  #values(at: number): void {
    let start = at + 1;
    let depth = 0;
    for (let look = start; look <= this.#tokens.length; look += 1) {
      const { text = '', key = '' } = this.#tokens[look] ?? {};
      const ends =
        look === this.#tokens.length ||
        (depth === 0 &&
          (text === ',' ||
            text === ')' ||
            ['ORDER', 'LIMIT', 'OFFSET', 'FETCH', 'UNION', 'EXCEPT', 'INTERSECT'].includes(key)));
      if (ends) {
        const isRow = this.#key(start) === '(' && closingOf(this.#tokens, start) === look - 1;
        const isRowCall =
          this.#key(start) === 'ROW' &&
          this.#key(start + 1) === '(' &&
          closingOf(this.#tokens, start + 1) === look - 1;
        if (isRowCall) this.#instead.set(start, '');
        else if (!isRow && start < look) {
          this.#put(start, '(');
          this.#put(look, ')');
        }
        if (text !== ',') return;
        start = look + 1;
      } else if (text === '(' || text === '[') depth += 1;
      else if (text === ')' || text === ']') depth -= 1;
    }
  }

  /** `IF(a, b)` with its third value, which is NULL. */
  #if(at: number): void {
    const end = closingOf(this.#tokens, at + 1);
    if (this.#commas(at + 1, end) === 1) this.#put(end, ', NULL');
  }

  #commas(open: number, end: number): number {
    let depth = 0;
    let commas = 0;
    for (let look = open; look < end; look += 1) {
      const { text = '' } = this.#tokens[look] ?? {};
      if (text === '(' || text === '[') depth += 1;
      else if (text === ')' || text === ']') depth -= 1;
      else if (text === ',' && depth === 1) commas += 1;
    }
    return commas;
  }

  #jsonCall(at: number, key: string): void {
    const end = closingOf(this.#tokens, at + 1);
    const simple = this.#commas(at + 1, end) === 1 && this.#tokens[end - 1]?.kind === 'text';
    if (key === 'JSON_OBJECT' || key === 'JSON_ARRAY' || !simple) {
      throw notSupported(
        `${key.toLowerCase()} with its clauses; served is a value and a path, else use json_extract or json_extract_scalar`,
      );
    }
  }
}

const months: Readonly<Record<string, number>> = { YEAR: 12, MONTH: 1, QUARTER: 3 };
const millis: Readonly<Record<string, number>> = {
  WEEK: 604_800_000,
  DAY: 86_400_000,
  HOUR: 3_600_000,
  MINUTE: 60_000,
  SECOND: 1000,
};
const units = ['DAY', 'HOUR', 'MINUTE', 'SECOND'];

function intervalCall(value: string, unit: string, to: string, negated: boolean): string {
  const invalid = new QueryFailure(`INVALID_LITERAL: '${value}' is not a valid INTERVAL literal`);
  const text = value.trim();
  const sign = (text.startsWith('-') ? -1 : 1) * (negated ? -1 : 1);
  const digits = text.replace(/^[+-]/, '');
  if (unit in months && to in months) {
    const found = unit === to ? /^(\d+)$/.exec(digits) : /^(\d+)-(\d+)$/.exec(digits);
    if (found === null) throw invalid;
    const count = Number(found[1]) * (months[unit] ?? 1) + Number(found[2] ?? 0);
    return `to_months(${sign * count})`;
  }
  if (!(unit in millis)) throw syntaxFailure(`mismatched input '${unit.toLowerCase()}' after INTERVAL`);
  let ms: number;
  if (unit === to) {
    if (!/^\d+(?:\.\d+)?$/.test(digits) || (unit !== 'SECOND' && digits.includes('.'))) throw invalid;
    ms = Math.round(Number(digits) * (millis[unit] ?? 1));
  } else {
    const parts = digits.split(/[ :]/);
    const from = units.indexOf(unit);
    if (parts.length !== units.indexOf(to) - from + 1 || parts.some((part) => !/^\d+(?:\.\d+)?$/.test(part)))
      throw invalid;
    ms = parts.reduce(
      (sum, part, index) => sum + Math.round(Number(part) * (millis[units[from + index] ?? ''] ?? 0)),
      0,
    );
  }
  const days = Math.floor(ms / 86_400_000);
  const rest = ms % 86_400_000;
  if (rest === 0) return `to_days(${sign * days})`;
  const time = `to_milliseconds(${sign * rest})`;
  return days === 0 ? time : `trino_lit_sum(to_days(${sign * days}), ${time})`;
}
