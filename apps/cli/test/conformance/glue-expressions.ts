/** A table of one partition key, and what each expression finds in it. */
export interface ExpressionTable {
  readonly type: string;
  readonly values: readonly string[];
  /** Expression, and the values that it selects, or the code and text of the refusal. */
  readonly cases: readonly (readonly [expression: string, answer: readonly string[] | Refusal])[];
}

/** What Glue says no with. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

const invalid = (message: string): Refusal => ({ code: 'InvalidInputException', message });
const unsupported = (expression: string): readonly [string, Refusal] => [
  expression,
  invalid(`Unsupported expression '${expression}'`),
];

/**
 * Partition expressions over one key `k`. Operators, binding and types: AWS Glue API reference, GetPartitions, read
 * 2026-11. Texts of refusals, and literals of other forms than their key's: measured, as moto's tests record it.
 */
export const expressionTables: readonly ExpressionTable[] = [
  {
    type: 'string',
    values: ['one', 'two', '2', 'three', 'a,b', "it's", 'rock and roll', '100%', 'a_b', '(x)', ''],
    cases: [
      ['', ['one', 'two', '2', 'three', 'a,b', "it's", 'rock and roll', '100%', 'a_b', '(x)', '']],
      ["k = 'two'", ['two']],
      ['k = 2', ['2']],
      ['K = "two"', ['two']],
      ["`k` = 'two'", ['two']],
      ["k IN ('a,b')", ['a,b']],
      ["k IN ('it''s')", ["it's"]],
      ["k = 'rock and roll'", ['rock and roll']],
      ["k IN ('(x)', 'one')", ['one', '(x)']],
      ['k in (1, 2, 3)', ['2']],
      ["k BETWEEN 'twn' AND 'twp'", ['two']],
      ["k not between '' and 'tx'", []],
      ["k LIKE 't_o'", ['two']],
      ["k like 't%'", ['two', 'three']],
      ["k LIKE '%o%'", ['one', 'two', 'rock and roll']],
      ["k LIKE '100\\%'", ['100%']],
      ["k LIKE 'a\\_b'", ['a_b']],
      ["k LIKE 'a_b'", ['a,b', 'a_b']],
      ["k LIKE ''", ['']],
      ["k NOT LIKE '%'", []],
      ["k NOT LIKE '_%'", ['']],
      ["k = 'one' OR k = 'two' AND k = '2'", ['one']],
      ["(k = 'one' OR k = 'two') AND k = 'two'", ['two']],
      ["NOT k = 'one' AND k LIKE '_n_'", []],
      ["NOT (k <> 'one')", ['one']],
      ["not not k = 'one'", ['one']],
      ["k != 'one' and k >= 'three' and k <= 'two'", ['two', 'three']],
      ["(k) = (('two')) (OR) ((k)) = ('one')", ['one', 'two']],
      ["((k) = 'two')", ['two']],
      ['k IS NULL', []],
      ["k IS NOT NULL AND k = ''", ['']],
      ["k='one'or k='two'", ['one', 'two']],
      ["nobody = 'x'", invalid('Invalid partition expression!')],
      ['nobody IS NULL', invalid('Invalid partition expression!')],
      unsupported("k IS test' AND not parsable"),
      unsupported("k = 'one"),
      unsupported("k == 'one'"),
      unsupported("k = 'one' k = 'two'"),
      unsupported("k = 'one' AND"),
      unsupported("(k = 'one'"),
      unsupported('k = k'),
      unsupported("'one' = k"),
      unsupported('k IN ()'),
      unsupported("k IN 'one'"),
      unsupported("k BETWEEN 'a' OR 'b'"),
      unsupported("k = 'one'; DROP TABLE t"),
      unsupported("upper(k) = 'ONE'"),
      unsupported('k'),
      unsupported(`${'('.repeat(500)}k = 'one'${')'.repeat(500)}`),
      unsupported(`${'NOT '.repeat(400)}k = 'one'`),
    ],
  },
  {
    type: 'int',
    values: ['1', '2', '3', '10', '007', '__HIVE_DEFAULT_PARTITION__'],
    cases: [
      ['k = 2', ['2']],
      ["k = '2'", ['2']],
      ['k = 7', ['007']],
      ['k > 2', ['3', '10', '007']],
      ['k < 10 and k >= 2', ['2', '3', '007']],
      ["k in (6, '10', 2)", ['2', '10']],
      ['k NOT IN (1, 3)', ['2', '10', '007']],
      ['k between 2 AND 2', ['2']],
      ['k NOT BETWEEN 1 AND 3', ['10', '007']],
      ["k = 4 OR k = 5 AND k = '-1' OR k = 0 OR k = '2'", ['2']],
      ['k IS NULL', ['__HIVE_DEFAULT_PARTITION__']],
      ['k IS NOT NULL and k = +3', ['3']],
      ["k = 'test'", invalid('"test" is not an integer.')],
      ['k in (2.5)', invalid('"2.5" is not an integer.')],
      ["k LIKE '2'", invalid("Integral data type doesn't support operation 'LIKE'")],
    ],
  },
  ...['bigint', 'smallint', 'tinyint'].map((type): ExpressionTable => ({
    type,
    values: ['9', '-9', '9007199254740993', '9007199254740992'],
    cases: [
      ['k > 9', ['9007199254740993', '9007199254740992']],
      ['k = 9007199254740993', ['9007199254740993']],
      ['k < 0', ['-9']],
    ],
  })),
  {
    type: 'decimal(20,4)',
    values: ['1.2', '2.6', '3e14', '0.3000', '12345678901234567.1'],
    cases: [
      ['k = 2.6', ['2.6']],
      ["k = '2.60'", ['2.6']],
      ["k in (6, '4', 2.6)", ['2.6']],
      ['k between 2 AND 3e10', ['2.6']],
      ['k > 1.5 AND k < 3', ['2.6']],
      ['k = 0.3', ['0.3000']],
      ['k = 300000000000000', ['3e14']],
      ['k = 12345678901234567.1', ['12345678901234567.1']],
      ['k = 12345678901234567.2', []],
      ["k = 'test'", invalid('test is not a decimal.')],
      ["k = '1e9999'", invalid('1e9999 is not a decimal.')],
      ["k LIKE '2'", invalid("Decimal data type doesn't support operation 'LIKE'")],
    ],
  },
  {
    type: 'date',
    values: ['2022-01-01', '2022-02-01', '2024-02-29'],
    cases: [
      ["k = '2022-02-01'", ['2022-02-01']],
      ["k in ('2024-02-29', '2022-02-02')", ['2024-02-29']],
      ["k between '2022-01-15' AND '2022-02-15'", ['2022-02-01']],
      ["k = 'test'", invalid('test is not a date.')],
      ["k = '2022-02-32'", invalid('2022-02-32 is not a date.')],
      ["k = '2023-02-29'", invalid('2023-02-29 is not a date.')],
      ["k LIKE '2022-02-01'", invalid("Date data type doesn't support operation 'LIKE'")],
    ],
  },
  {
    type: 'timestamp',
    values: ['2022-01-01 12:34:56.789', '2022-02-01 00:00:00.000000', '2022-03-01 21:00:12.3456789'],
    cases: [
      ["k = '2022-02-01 00:00:00'", ['2022-02-01 00:00:00.000000']],
      ["k = '2022-02-01 00:00:00.0'", ['2022-02-01 00:00:00.000000']],
      ["k IN ('2022-02-01 00:00:00.000000000')", ['2022-02-01 00:00:00.000000']],
      ["k = '2022-03-01 21:00:12.345678900'", ['2022-03-01 21:00:12.3456789']],
      [
        "k > '2022-01-31 23:59:59.999999999' AND k < '2022-02-01 00:00:00.000000001'",
        ['2022-02-01 00:00:00.000000'],
      ],
      ...['2022-02-01', '2022-02-15 00:00:00.', '2022-02-32 00:00:00', '2022-02-01 24:00:00'].map(
        (text): readonly [string, Refusal] => [
          `k = '${text}'`,
          invalid(`Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] ${text} is not a timestamp.`),
        ],
      ),
      ["k LIKE '2022%'", invalid("Timestamp data type doesn't support operation 'LIKE'")],
    ],
  },
  ...['double', 'float', 'boolean', 'binary'].map((type): ExpressionTable => ({
    type,
    values: ['1'],
    cases: [['k > 1', invalid(`Unknown type : '${type}'`)]],
  })),
];
