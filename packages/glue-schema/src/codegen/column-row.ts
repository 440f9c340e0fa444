import { entriesOf, keyOf, type Piece, sizerOf, valueOf, valuesOf, writerOf } from './column-pieces.js';
import { putLoosely } from './constant-bytes.js';
import type { Use } from './rule-text.js';
import { key, literal, property } from './source-text.js';

/** Bytes that are copied in one turn, of entries and of what is before a number. */
const TURN = 32;
const SHORT_TURN = 16;

/** Source text of what writes one row, and of what it needs. */
export interface RowCode {
  /** Names of digit tables. */
  readonly tables: Set<string>;
  /** Statements that run once for an encoder. */
  readonly setUp: string[];
  /** Names of what they make and a row reads. */
  readonly kept: string[];
  /** Statements before the first row of a call. */
  readonly open: string[];
  /** Statements of a row: `n` is its number, `at` the place where it goes. */
  readonly body: string[];
  /** The longest that a row may become beyond the copies of its fragments. */
  bytes: number;
}

/** Writes the code of a row made of these pieces. */
export function rowCode(pieces: readonly Piece[], use: Use): RowCode {
  const code: RowCode = { tables: new Set(), setUp: [], kept: [], open: [], body: [], bytes: 64 };
  const mayBeEmpty = pieces[0]?.columns[0]?.optional === true;
  const given = pieces.filter(({ less }) => less === undefined);
  code.open.push(
    `const { ${given.map((piece) => `${key(piece.name)}: ${valuesOf(piece)}`).join(', ')} } = columns;`,
    `${use('holdRows')}(to, [${given.map(valuesOf).join(', ')}]);`,
  );
  if (mayBeEmpty) code.body.push('const start = at;');
  for (const [n, piece] of pieces.entries()) {
    const next = pieces[n + 1];
    const coming = next === undefined ? '}\n' : beforeOf(next, ',');
    if (n === 0) constant(code, beforeOf(piece, mayBeEmpty ? ',' : '{'));
    if (piece.form === 'dictionary' && piece.serial === undefined) {
      // What always follows an entry is behind it.
      writeEntry(code, piece, coming, use);
      continue;
    }
    writeValue(code, piece, use);
    constant(code, (piece.form === 'instant' || piece.serial !== undefined ? '"' : '') + coming);
  }
  // Every column began with a comma, since any may be the first; the brace takes its place, or else goes before the end.
  if (mayBeEmpty) {
    code.body.push(
      'if (at === start + 2) {',
      '  buffer[start + 1] = 125;',
      '  buffer[start + 2] = 10;',
      '  at += 1;',
      '}',
      'buffer[start] = 123;',
    );
  }
  return code;
}

/** Constant text before a piece: a dictionary has it in its entries. */
function beforeOf({ form, serial, columns }: Piece, lead: string): string {
  if (form === 'dictionary' && serial === undefined) return '';
  const quote = form === 'instant' || serial !== undefined ? '"' : '';
  return `${lead}${JSON.stringify(columns.map(keyOf).join(''))}:${quote}`;
}

function constant(code: RowCode, text: string): void {
  if (text === '') return;
  code.bytes += text.length + 8;
  code.body.push(...putLoosely(text));
}

/** The copy is written out: a call for each cost 20 ns an event (packages/generator/bench/ndjson.bench.ts). */
function writeEntry(code: RowCode, piece: Piece, after: string, use: Use): void {
  const entries = entriesOf(piece);
  const [view, lengths] = [`${entries}View`, `${entries}Lengths`];
  const [position, from, k] = [`${entries}Position`, `${entries}From`, `${entries}Offset`];
  code.setUp.push(
    `const ${entries} = ${use('fragmentsOf')}(${property('dictionaries', piece.name)}, ${writerOf(piece)}, ${sizerOf(piece)}, ${piece.serial === undefined ? literal(after) : new TextEncoder().encode(beforeOf(piece, ',')).length});`,
  );
  code.kept.push(entries);
  code.open.push(
    `const { view: ${view}, lengthOf: ${lengths}, copied: ${entries}Copied, unsafe: ${entries}Unsafe } = ${entries};`,
  );
  const turn = piece.serial === undefined ? TURN : SHORT_TURN;
  const eights = Array.from({ length: turn / 8 }, (_, n) => (n === 0 ? '' : ` + ${8 * n}`)).map(
    (offset) =>
      `  view.setFloat64(at + ${k}${offset}, ${view}.getFloat64(${from} + ${k}${offset}, true), true);`,
  );
  code.body.push(
    `const ${position} = ${valuesOf(piece)}[n] ?? 0;`,
    `const ${entries}Length = ${lengths}[${position}] ?? ${use('noEntry')}(${literal(piece.name)}, ${position});`,
    `const ${from} = ${position} * ${entries}Copied;`,
    `for (let ${k} = 0; ${k} < ${entries}Copied; ${k} += ${turn}) {`,
    ...eights,
    '}',
    `if (${entries}Unsafe) ${use('copyEntry')}(${entries}, ${position}, buffer, at);`,
    `at += ${entries}Length;`,
  );
}

/** A value that is no entry of a dictionary, or an entry with a number behind it. */
function writeValue(code: RowCode, piece: Piece, use: Use): void {
  const table = (name: string): string => {
    code.tables.add(name);
    return name;
  };
  const { variable } = piece;
  const value = valueOf(piece);
  const values = valuesOf(piece);
  const four = (place: string, number: string, name = 'padded'): string =>
    `view.setUint32(${place}, ${table(name)}[${number}] ?? 0, true);`;
  const plain = (number: string): string[] => [
    four('at', number, 'plain'),
    `at += ${table('digitsOf')}[${number}] ?? 0;`,
  ];
  const { body } = code;
  code.bytes += 32;
  switch (piece.form) {
    case 'dictionary': {
      if (piece.serial === undefined) return;
      const { of, digits } = piece.serial;
      writeEntry(code, piece, '', use);
      splitLong(code, of);
      body.push(
        `if (${of.variable}Fits) {`,
        ...putLoosely('0'.repeat(digits - 8)).map((line) => `  ${line}`),
        `  ${four('at', `${of.variable}Upper`)}`,
        `  ${four('at + 4', `${of.variable}Lower`)}`,
        '  at += 8;',
        '} else {',
        `  at = ${use('putPadded')}(${valuesOf(of)}[n] ?? 0, ${digits}, buffer, at);`,
        '}',
      );
      return;
    }
    case 'int':
      body.push(
        `const ${value} = ${values}[n] ?? 0;`,
        `const ${variable}Sign = ${value} >> 31;`,
        `const ${variable}Size = (${value} ^ ${variable}Sign) - ${variable}Sign;`,
        'view.setUint8(at, 45);',
        `at -= ${variable}Sign;`,
        `if (${variable}Size >>> 0 < 10_000) {`,
        ...plain(`${variable}Size`).map((line) => `  ${line}`),
        '} else {',
        `  at = ${use('putNumber')}(${value}, buffer, at + ${variable}Sign);`,
        '}',
      );
      return;
    case 'long':
      splitLong(code, piece);
      body.push(
        `if (!${variable}Fits) {`,
        `  at = ${use('putNumber')}(${values}[n] ?? 0, buffer, at);`,
        `} else if (${variable}Upper === 0) {`,
        ...plain(`${variable}Lower`).map((line) => `  ${line}`),
        '} else {',
        ...plain(`${variable}Upper`).map((line) => `  ${line}`),
        `  ${four('at', `${variable}Lower`)}`,
        '  at += 4;',
        '}',
      );
      return;
    case 'hundredths':
      body.push(
        `const ${value} = (${values}[n] ?? 0) | 0;`,
        `if (${value} !== ${values}[n] || ${value} < 0 || ${value} >= 1_000_000) {`,
        `  at = ${use('putNumber')}((${values}[n] ?? 0) / 100, buffer, at);`,
        '} else {',
        `  const whole = (${value} / 100) | 0;`,
        `  const rest = ${value} - whole * 100;`,
        ...plain('whole').map((line) => `  ${line}`),
        `  ${four('at', 'rest', 'hundredths')}`,
        `  at += ${table('hundredthsLength')}[rest] ?? 0;`,
        '}',
      );
      return;
    case 'number':
      body.push(`at = ${use('putNumber')}(${values}[n] ?? 0, buffer, at);`);
      return;
    case 'instant':
      code.setUp.push(`const ${variable}Hour = { startMs: Number.NaN, high: 0, low: 0 };`);
      code.kept.push(`${variable}Hour`);
      code.open.push(
        `let { startMs: ${variable}HourStart, high: ${variable}HourHigh, low: ${variable}HourLow } = ${variable}Hour;`,
      );
      body.push(
        `let ${value} = (${values}[n] ?? 0) - ${variable}HourStart;`,
        `if (!(${value} >= 0 && ${value} < 3_600_000)) {`,
        `  ${use('turnHour')}(${variable}Hour, ${values}[n] ?? 0);`,
        `  ({ startMs: ${variable}HourStart, high: ${variable}HourHigh, low: ${variable}HourLow } = ${variable}Hour);`,
        `  ${value} = (${values}[n] ?? 0) - ${variable}HourStart;`,
        '}',
        `if (${value} >= 0) {`,
        `  const milliseconds = ${value} | 0;`,
        '  const seconds = (milliseconds / 1000) | 0;',
        `  view.setFloat64(at, ${variable}HourHigh, true);`,
        `  view.setFloat64(at + 8, ${variable}HourLow, true);`,
        `  ${four('at + 14', 'seconds * 2', 'clock')}`,
        `  view.setUint16(at + 18, ${table('clock')}[seconds * 2 + 1] ?? 0, true);`,
        `  view.setUint32(at + 20, ((${table('padded')}[milliseconds - seconds * 1000] ?? 0) >>> 8) | 0x5a00_0000, true);`,
        '  at += 24;',
        '} else {',
        `  at = ${use('putFarInstant')}(${values}[n] ?? 0, buffer, at);`,
        '}',
      );
      return;
    case 'flag':
      body.push(
        piece.less === undefined
          ? `const ${value} = ${values}[n] ?? 0;`
          : `const ${value} = Number(${piece.less.map(valueOf).join(' < ')});`,
        `view.setUint32(at, 0x736c_6166 ^ (${value} * 0x1619_1312), true); // "fals" or "true"`,
        'view.setUint8(at + 4, 101); // "e"',
        `at += 5 - ${value};`,
      );
  }
}

/** Cuts a whole number into two of four digits, once a row. */
function splitLong(code: RowCode, piece: Piece): void {
  const { variable } = piece;
  const value = valueOf(piece);
  const first = `const ${value} = (${valuesOf(piece)}[n] ?? 0) | 0;`;
  if (code.body.includes(first)) return;
  code.body.push(
    first,
    `const ${variable}Fits = ${value} === ${valuesOf(piece)}[n] && ${value} >= 0 && ${value} < 100_000_000;`,
    `const ${variable}Upper = (${value} / 10_000) | 0;`,
    `const ${variable}Lower = ${value} - ${variable}Upper * 10_000;`,
  );
}
