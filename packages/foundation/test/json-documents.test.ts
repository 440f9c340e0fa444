import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonDocuments, stringifyJson } from '../src/index.js';

/** What is in a record, each document as its text, or as the code and the text of what is none. */
function documentsIn(record: string | Buffer): readonly (string | readonly [string, string])[] {
  const bytes = Buffer.from(record);
  return [
    ...jsonDocuments(Buffer.concat([Buffer.from('[{'), bytes, Buffer.from(']}')]), 2, bytes.length + 2),
  ].map(({ start, end, failure, value }) => {
    const text = bytes.toString('utf8', start - 2, end - 2);
    if (failure === undefined)
      expect(stringifyJson(value)).toBe(text.replaceAll(/(?<=[[{,:\]}])\s+|\s+(?=[\]}])/g, ''));
    return failure === undefined ? text : [failure.code, text];
  });
}

describe('the documents of a record', () => {
  test.each([
    ['one a line', '{"a":1}\n{"a":2}\r\n\n{"a":3}\n', ['{"a":1}', '{"a":2}', '{"a":3}']],
    ['one after another', '{"a":1}{"a":2}[3] "x" 4\ttrue', ['{"a":1}', '{"a":2}', '[3]', '"x"', '4', 'true']],
    ['over several lines', '{\n"a":[\n{"b":1}\n]}\n{"c":2}', ['{\n"a":[\n{"b":1}\n]}', '{"c":2}']],
    ['with brackets in text', '{"a":"}{\\"]"}{"b":1}', ['{"a":"}{\\"]"}', '{"b":1}']],
    ['nothing', ' \n\t', []],
    [
      'a bad one among its neighbors',
      '{"id":2}{"id":3}\n{"id":tru}\n{"id":4}',
      ['{"id":2}', '{"id":3}', ['SYNTAX', '{"id":tru}'], '{"id":4}'],
    ],
    [
      'a bad one with line feeds inside',
      '{"id":1,"items":[\n{"id":2}\n,{"bad":tru}]}\n{"id":3}',
      [['SYNTAX', '{"id":1,"items":[\n{"id":2}\n,{"bad":tru}]}'], '{"id":3}'],
    ],
    [
      'what follows a bad one on its line',
      '{"a":}{"b":1}\n{"c":1}',
      [['SYNTAX', '{"a":}{"b":1}'], '{"c":1}'],
    ],
    ['words', 'not json {"a":\n1}, "\n{"b":1}', [['SYNTAX', 'not json {"a":\n1}, "'], '{"b":1}']],
    ['a comma between two', '{"a":1},{"b":1}\n{"c":1}', ['{"a":1}', ['SYNTAX', ',{"b":1}'], '{"c":1}']],
    [
      'a bracket too many',
      '{"a":1}}\n]{"b":1}\n{"c":1}',
      ['{"a":1}', ['SYNTAX', '}'], ['SYNTAX', ']{"b":1}'], '{"c":1}'],
    ],
    ['a bracket too few', '{"a":1}\n{"b":[1\n{"c":1}\n', ['{"a":1}', ['SYNTAX', '{"b":[1\n{"c":1}\n']]],
    ['a text without its end', '"abc\n{"a":1}', [['SYNTAX', '"abc'], '{"a":1}']],
    ['a line feed in a text', '{"a":"x\ny"}\n{"b":1}', [['SYNTAX', '{"a":"x\ny"}'], '{"b":1}']],
    ['a byte order mark', '\ufeff{"a":1}\n{"b":1}', [['SYNTAX', '\ufeff{"a":1}'], '{"b":1}']],
    ['a zero byte', '\0', [['SYNTAX', '\0']]],
    ['characters beyond ASCII', '{"ß":"😀 \u2028"}{"é":1}', ['{"ß":"😀 \u2028"}', '{"é":1}']],
  ])('are found with %s', (_, record, expected) => {
    expect(documentsIn(record)).toEqual(expected);
  });

  test('of any bytes cover all of them but the white space between, in order, and never overlap', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      ' ',
      '1',
      '-0',
      'true',
      '{"a":1}',
      '[1]',
      '"x"',
      'é',
      '\0',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }).map((all) => Buffer.from(all.join(''))),
        (bytes) => {
          let at = 0;
          for (const { start, end } of jsonDocuments(bytes, 0, bytes.length)) {
            expect(bytes.toString('latin1', at, start)).toMatch(/^[ \n\r\t]*$/);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(bytes.toString('latin1', at)).toMatch(/^[ \n\r\t]*$/);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('that are too deep fail alone', () => {
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    const found = documentsIn(`{"a":1}${deep}{"b":1}\n{"c":1}`);
    expect(found).toEqual(['{"a":1}', ['DEPTH', deep], '{"b":1}', '{"c":1}']);
  });

  test('tell of bytes that are no UTF-8, each by itself', () => {
    const problemOf = (hex: string): unknown => {
      const bytes = Buffer.concat([
        Buffer.from('{"a":"'),
        Buffer.from(hex, 'hex'),
        Buffer.from('"}{"b":"\ufffd"}'),
      ]);
      const [first, second] = jsonDocuments(bytes, 0, bytes.length);
      expect(second?.invalidUtf8).toBeUndefined();
      return first?.invalidUtf8;
    };
    expect(problemOf('ff')).toBe('Invalid UTF-8 start byte 0xff');
    expect(problemOf('c3')).toBe('Invalid UTF-8 middle byte 0x22');
    expect(problemOf('eda080')).toBe('Invalid UTF-8 start byte 0xed');
    expect(problemOf('c080')).toBe('Invalid UTF-8 start byte 0xc0');
    expect(problemOf('f4908080')).toBe('Invalid UTF-8 start byte 0xf4');
    expect(problemOf('f09f9880')).toBeUndefined();
  });

  test.each(['1 ', '{}', '{"a":}', '"\n', ']', '{', '"a" x\n', '[}'])(
    'of a hundred thousand characters of %j are found in time that grows with the length alone',
    (piece) => {
      const bytes = Buffer.from(piece.repeat(100_000 / piece.length));
      let count = 0;
      for (const document of jsonDocuments(bytes, 0, bytes.length))
        count += document.end > document.start ? 1 : 0;
      expect(count).toBeGreaterThan(0);
    },
  );
});
