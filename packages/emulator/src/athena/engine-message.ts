import { QueryFailure, notSupported, syntaxFailure } from './athena-error.js';

/** The codes of Trino's that a macro fails with, in the text of what could not be converted. */
const ownFailure =
  /((?:TYPE_MISMATCH|NOT_SUPPORTED|DIVISION_BY_ZERO|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT|NUMERIC_VALUE_OUT_OF_RANGE|INVALID_LITERAL|HIVE_BAD_DATA|HIVE_INVALID_PARTITION_VALUE|HIVE_METASTORE_ERROR|HIVE_PARTITION_SCHEMA_MISMATCH|INVALID_TABLE_PROPERTY): [^]*?)(?:' to INT64[^]*)?$/;

const typeNames: Readonly<Record<string, string>> = {
  INTEGER_LITERAL: 'integer',
  INTEGER: 'integer',
  STRING_LITERAL: 'varchar',
  FLOAT: 'real',
  BLOB: 'varbinary',
  HUGEINT: 'bigint',
  '"NULL"': 'unknown',
  TIMESTAMP_S: 'timestamp(0)',
  TIMESTAMP: 'timestamp(3)',
  TIMESTAMP_NS: 'timestamp(6)',
  INTERVAL: 'interval day to second',
};
const wholeNames: Readonly<Record<string, string>> = {
  INT8: 'tinyint',
  INT16: 'smallint',
  INT32: 'integer',
  INT64: 'bigint',
  INT128: 'bigint',
};
const operatorNames = new Set(['+', '-', '*', '/', '%', '<', '>', '=', '~~', '||', '//']);

/** A list of the engine's types in Trino's words. */
function typesIn(text: string): string {
  return text
    .split(/,\s*(?![^(]*\))/)
    .map((type) => {
      if (type.includes('$utc')) return 'timestamp(3) with time zone';
      if (type.includes('$json')) return 'json';
      if (type.endsWith('[]')) return 'array';
      if (type.startsWith('STRUCT')) return 'row';
      return typeNames[type] ?? type.toLowerCase();
    })
    .join(', ');
}

type Rule = readonly [RegExp, (...groups: readonly string[]) => QueryFailure];

const rules: readonly Rule[] = [
  [
    /arguments? types? 'list_concat\(|argument types 'list_concat\(/,
    () => notSupported('an array and a single item put together; write ARRAY[x] around the item'),
  ],
  [
    /argument types '(?:list_extract|array_extract)\(STRUCT/,
    () => notSupported('a field of a row by its number; name the field'),
  ],
  [
    /No function matches the given name and argument types '([^(]+)\(([^]*?)\)'/,
    (name = '', types = '') =>
      operatorNames.has(name)
        ? new QueryFailure(
            `TYPE_MISMATCH: Cannot apply operator: ${typesIn(types)
              .split(', ')
              .join(` ${name === '~~' ? 'LIKE' : name} `)}`,
          )
        : syntaxFailure(`Unexpected parameters (${typesIn(types)}) for function ${own(name)}`),
  ],
  [
    /Macro "?([\w$]+)"?\(\) has multiple overloads that match/,
    (name = '') =>
      notSupported(
        `${own(name)} of a column that none of the query's own tables has; compute what an outer query has in its FROM`,
      ),
  ],
  [
    /Macro "?([\w$]+)"?\(\) (?:does not support|has multiple)/,
    (name = '') =>
      syntaxFailure(`Unexpected parameters for function ${own(name)}; cast them to the types that it takes`),
  ],
  [
    /Could not choose a best candidate function for the function call "([^(]+)\(/,
    (name = '') =>
      syntaxFailure(`Unexpected parameters for function ${own(name)}; cast them to the types that it takes`),
  ],
  [
    /(?:Referenced column|does not have a column named|Values list "[^"]*" does not have a column named) "([^"]+)"/,
    (name = '') => new QueryFailure(`COLUMN_NOT_FOUND: Column '${name}' cannot be resolved`),
  ],
  [
    /Referenced table "([^"]+)" not found/,
    (name = '') =>
      new QueryFailure(
        `COLUMN_NOT_FOUND: Column '${name}' cannot be resolved; no table of the query is called so`,
      ),
  ],
  [
    /Ambiguous reference to (?:column name|table) "([^"]+)"/,
    (name = '') => new QueryFailure(`AMBIGUOUS_NAME: Column '${name}' is ambiguous`),
  ],
  [
    /column "?([^" ]+)"? must appear in the GROUP BY/,
    (name = '') =>
      new QueryFailure(
        `EXPRESSION_NOT_AGGREGATE: '${name}' must be an aggregate expression or appear in GROUP BY clause`,
      ),
  ],
  [
    /Overflow in (addition|subtraction|multiplication) of (INT\d+) \((.+?)\)!/,
    (what = '', type = '', values = '') =>
      new QueryFailure(
        `NUMERIC_VALUE_OUT_OF_RANGE: ${wholeNames[type] ?? 'bigint'} ${what} overflow: ${values}`,
      ),
  ],
  [
    /Overflow in multiplication of DECIMAL/,
    () => notSupported('a product of more than 18 digits here; cast one of its factors to decimal(38, s)'),
  ],
  [
    /Cannot (?:compare|mix) values of type (\w+)[^]*? (?:and|to) (?:values of )?type (\w+)/,
    (left = '', right = '') =>
      new QueryFailure(
        `TYPE_MISMATCH: Cannot apply operator: ${typesIn(left)} = ${typesIn(right)}; Athena casts none of them by itself`,
      ),
  ],
  [
    /Cannot (?:compare|mix) values of type/,
    () =>
      new QueryFailure(
        'TYPE_MISMATCH: Values of different types are compared or mixed; Athena casts none of them by itself',
      ),
  ],
  [
    /Type (?:HUGEINT|INT128) with value (-?\d+)/,
    (value = '') => new QueryFailure(`NUMERIC_VALUE_OUT_OF_RANGE: bigint overflow: ${value}`),
  ],
  [
    /More than one row returned by a subquery/,
    () => new QueryFailure('SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows'),
  ],
  [
    /Map keys must be unique|Map keys can not be NULL/i,
    () => new QueryFailure('INVALID_FUNCTION_ARGUMENT: Duplicate or null map keys are not allowed'),
  ],
  [
    /Unknown TimeZone '([^']*)'/,
    (zone = '') => new QueryFailure(`INVALID_FUNCTION_ARGUMENT: Time zone not supported: ${zone}`),
  ],
  [
    /(?:missing|invalid|unexpected|bad) (?:[\w ]*)(?:perl operator|escape sequence|character class|\]|\)|repetition)/i,
    () =>
      new QueryFailure(
        'INVALID_FUNCTION_ARGUMENT: The regular expression is not valid, or not one that is read here',
      ),
  ],
  [
    /Malformed JSON in file/,
    () =>
      new QueryFailure(
        "HIVE_CURSOR_ERROR: Row is not a valid JSON Object; set 'ignore.malformed.json' of the SerDe to skip such rows",
      ),
  ],
  [/Malformed JSON/, () => new QueryFailure('INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON')],
  [
    /Could not convert string '([^]*?)' to (INT\d+|DOUBLE|FLOAT|BOOL)/,
    (value = '', type = '') =>
      new QueryFailure(
        `INVALID_CAST_ARGUMENT: Cannot cast '${value}' to ${(wholeNames[type] ?? type).toUpperCase()}`,
      ),
  ],
  [
    /initial value type|list_reduce/,
    () => notSupported('reduce whose state has another type than the items; cast the items or the state'),
  ],
  [/WITHIN GROUP|not an aggregate function/, () => syntaxFailure('the function is no aggregate')],
  [
    /aggregate function calls cannot be nested|WHERE clause cannot contain (?:aggregates|window)|HAVING clause cannot contain window/i,
    () => syntaxFailure('an aggregate or window function stands where Athena allows none'),
  ],
  [
    /Set operations can only apply to expressions with the same number of result columns/,
    () => syntaxFailure('query has different number of fields in the two sides of a set operation'),
  ],
  [
    /table "([^"]+)" has (\d+) columns available but (\d+) columns specified/,
    (name = '', available = '', given = '') =>
      syntaxFailure(
        `Column alias list has ${given} entries but '${name}' has ${available} columns available`,
      ),
  ],
];

const own = (name: string): string =>
  name
    .replace(/^trino_|^list_/, '')
    .replace(/_column$|_of$|_numbers$/, '')
    .replace(/^(?:to_\w+|text)$/, 'cast');

/** What an error of the engine means, in Athena's words; nothing of the engine's own text stays in it. */
export function engineFailure(message: string): QueryFailure {
  const known = ownFailure.exec(message)?.[1];
  if (known !== undefined) return new QueryFailure(known);
  for (const [pattern, failure] of rules) {
    const found = pattern.exec(message);
    if (found !== null) return failure(...found.slice(1));
  }
  if (/^(?:Binder|Catalog|Parser) Error/.test(message)) {
    return syntaxFailure(
      'a name, a type or a clause of the statement does not fit the rest; check its arguments and their types',
    );
  }
  if (message.startsWith('Conversion Error'))
    return new QueryFailure('INVALID_CAST_ARGUMENT: A value cannot be cast to the type that is asked for');
  if (message.startsWith('Out of Range Error'))
    return new QueryFailure('NUMERIC_VALUE_OUT_OF_RANGE: A number is out of the range of its type');
  if (message.startsWith('Invalid Input Error'))
    return new QueryFailure('INVALID_FUNCTION_ARGUMENT: An argument of a function is not valid');
  return new QueryFailure('GENERIC_INTERNAL_ERROR: The query cannot be run', { cause: new Error(message) });
}
