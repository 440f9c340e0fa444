import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  detectEncoding,
  encodeText,
  encodingNames,
  IntakeError,
  StrictDecoder,
  type EncodingName,
} from '../../src/index.js';

/** Decodes bytes that come in pieces of the given sizes, over and over. */
function decode(
  bytes: Uint8Array,
  encoding?: string,
  sizes: readonly number[] = [bytes.length || 1],
): string {
  const decoder = new StrictDecoder(encoding);
  let text = '';
  // Behind the first 4 KiB nothing waits for the encoding any more.
  if (encoding !== undefined && sizes.length > 1)
    decoder.push(encodeText('-'.repeat(4096), encoding) ?? bytes);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    text += decoder.push(bytes.subarray(at, end));
    at = end;
  }
  return text + decoder.end();
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('any bytes are either the text that gives these bytes back, or refused, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...encodingNames),
      fc.uint8Array({ maxLength: 60 }),
      sizes,
      (encoding, bytes, cut) => {
        const whole = caught(() => decode(bytes, encoding));
        const pieces = caught(() => decode(bytes, encoding, cut));
        if (typeof whole !== 'string') expect(whole).toBeInstanceOf(IntakeError);
        if (typeof pieces !== 'string') expect(pieces).toBeInstanceOf(IntakeError);
        // A mark decides where it begins the bytes, and is none behind the first 4 KiB.
        if (detectEncoding(bytes, encoding).markBytes > 0) return;
        expect(typeof pieces).toBe(typeof whole);
        if (typeof whole !== 'string') return;
        expect(pieces).toBe(whole);
        expect(encodeText(whole, encoding)).toEqual(bytes);
      },
    ),
    { numRuns: 1000 },
  );
});

test('any text that an encoding can write comes back from its bytes', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('aZ9,;"\n\r é€ß“ŁżЖיあ漢字㈱한中𠀀🛒')) });
  fc.assert(
    fc.property(fc.constantFrom(...encodingNames), text, sizes, (encoding, written, cut) => {
      const bytes = encodeText(written, encoding);
      if (bytes === undefined) return;
      expect(decode(bytes, encoding, cut)).toBe(written);
    }),
    { numRuns: 1000 },
  );
});

test('each encoding has its own characters', () => {
  const samples: readonly (readonly [EncodingName, string])[] = [
    ['windows-1250', 'Łódź'],
    ['windows-1251', 'Москва'],
    ['iso-8859-15', '5 €'],
    ['macintosh', 'Crème brûlée'],
    ['ibm866', 'Молоко'],
    ['shift_jis', '㈱牛乳ｶﾅ'],
    ['euc-jp', '牛乳'],
    ['euc-kr', '우유'],
    ['big5', '牛奶'],
    ['gbk', '牛奶€'],
    ['gb18030', '牛奶€😀'],
  ];
  for (const [encoding, text] of samples) {
    const bytes = encodeText(text, encoding) ?? new Uint8Array();
    expect(new TextDecoder(encoding).decode(bytes)).toBe(text);
    expect(decode(bytes, encoding, [1])).toBe(text);
  }
});

test('code pages of DOS have the bytes that their tables say', () => {
  const samples: readonly (readonly [EncodingName, string, readonly number[]])[] = [
    [
      'cp850',
      'Müller Æble ß',
      [0x4d, 0x81, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x92, 0x62, 0x6c, 0x65, 0x20, 0xe1],
    ],
    ['cp858', '5 €', [0x35, 0x20, 0xd5]],
    ['cp437', 'Año ½', [0x41, 0xa4, 0x6f, 0x20, 0xab]],
    ['cp852', 'Łódź ő', [0x9d, 0xa2, 0x64, 0xab, 0x20, 0x8b]],
  ];
  for (const [encoding, text, bytes] of samples) {
    expect([...(encodeText(text, encoding) ?? [])]).toEqual(bytes);
    expect(decode(Uint8Array.from(bytes), encoding.replace('cp', 'IBM'), [1])).toBe(text);
  }
});

test('the 32 characters of windows-1252 above 0x80 are read right, in one piece too', () => {
  const bytes = Uint8Array.of(0x80, 0x20, 0x93, 0x35, 0x94, 0x8a, 0x9f, 0x99);
  expect(decode(bytes, 'latin1')).toBe('€ “5”ŠŸ™');
  expect(decode(Uint8Array.of(...Buffer.alloc(5000, 0x85)), 'windows-1252')).toBe('…'.repeat(5000));
  expect(() => decode(Uint8Array.of(0x4d, 0x81), 'windows-1252')).toThrow('Byte 2, in line 1');
});

test('a mark, or zeros in every second byte, tell the encoding; otherwise it is UTF-8', () => {
  const text = 'id;name\n1;Malmö €\n';
  const le = Buffer.from(text, 'utf16le');
  const be = Buffer.from(le).swap16();
  const forms: readonly (readonly [EncodingName, Buffer])[] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', le],
    ['utf-16le', Buffer.concat([Buffer.of(0xff, 0xfe), le])],
    ['utf-16be', be],
    ['utf-16be', Buffer.concat([Buffer.of(0xfe, 0xff), be])],
  ];
  for (const [encoding, bytes] of forms) {
    const decoder = new StrictDecoder();
    expect(decoder.push(bytes) + decoder.end()).toBe(text);
    expect(decoder.encoding).toBe(encoding);
  }
});

test('what is no UTF-8 is refused with line and byte, and a fix', () => {
  const bytes = Buffer.concat([Buffer.from('id,name\n1,Malm'), Buffer.of(0xf6, 0x0a)]);
  const error = caught(() => decode(bytes));
  expect(error).toMatchObject({ code: 'NOT_IN_ENCODING', line: 2, byte: 15 });
  expect(error instanceof IntakeError ? error.fix : '').toContain('--encoding windows-1252');
  const far = Buffer.concat([Buffer.from('ö\n'.repeat(9000)), Buffer.of(0xff)]);
  expect(caught(() => decode(far, undefined, [4097]))).toMatchObject({ line: 9001, byte: 27_001 });
});

test.each([
  ['shift_jis', '商品,在庫\nりんごジュース,12\n牛乳パック,3\n'],
  ['euc-jp', '商品,在庫\nりんごジュース,12\n牛乳パック,3\n'],
  ['gb18030', '商品名称,库存数量\n苹果汁,12\n全脂牛奶,3\n雨伞,4\n巧克力饼干,7\n'],
  ['big5', '商品名稱,庫存數量\n蘋果汁,12\n全脂牛奶,3\n雨傘,4\n巧克力餅乾,7\n'],
  ['euc-kr', '상품,재고\n사과주스,12\n우유,3\n초콜릿 과자,7\n'],
  ['windows-1251', 'Товар;Остаток\nЯблочный сок;12\nМолоко;3\nШоколадное печенье;7\n'],
])('a file in %s is refused with that encoding as the fix', (encoding, text) => {
  const rows = `sku,id\n1,2\n${text}`;
  const bytes = encodeText(rows, encoding) ?? Buffer.alloc(0);
  const error = caught(() => decode(bytes));
  const fix = error instanceof IntakeError ? error.fix : '';
  expect(fix).toContain(`--encoding ${encoding} (`);
  // Pairs of bytes that are Korean are Chinese, too.
  expect(fix?.includes(') or ')).toBe(encoding === 'euc-kr');
  expect(decode(bytes, encoding)).toBe(rows);
});

test.each([
  'Malmö\n',
  'MÜNCHEN,KÖLN\n',
  'à la carte, à part\n',
  'hyvää päivää\n',
  'ä\n',
  'Crème brûlée,Façade\n',
  'Öl\nÄpfel\n',
  'piñata niño\n',
  '5 €\n',
  'Ångström Ærø\n',
  '“quoted” – text\n',
])('a Western text keeps the advice of windows-1252: %s', (text) => {
  const error = caught(() => decode(encodeText(text.repeat(3), 'windows-1252') ?? Buffer.alloc(0)));
  expect(error instanceof IntakeError ? error.fix : '').toContain('--encoding windows-1252');
});

test('a NUL is refused with line and byte', () => {
  expect(caught(() => decode(Buffer.from('a\nb\0c')))).toMatchObject({ code: 'NUL_BYTE', line: 2, byte: 4 });
});

test('an encoding that nobody knows is refused with the nearest names', () => {
  const error = caught(() => decode(Buffer.from('a'), 'windows-1522'));
  expect(error).toMatchObject({ code: 'UNKNOWN_ENCODING' });
  expect(error instanceof IntakeError ? error.fix : '').toContain('windows-1252');
});
