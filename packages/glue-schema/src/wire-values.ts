/**
 * What a value must be for Firehose's OpenX conversion to store it as it is. Generated validators call these;
 * each is small, so that the JIT inlines it.
 */

/** True for objects that are neither null nor arrays. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for text whose surrogates are paired: half a pair would be stored as "?". */
export function isText(value: unknown): value is string {
  // Node 20 has isWellFormed (3 ns a string); the library declarations for ES2023 do not know it.
  return typeof value === 'string' && (value as unknown as WellFormed).isWellFormed();
}

interface WellFormed {
  isWellFormed(): boolean;
}

/** True for 32-bit whole numbers. */
export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

/** True for whole numbers of so many bits, sign included. */
export function isIntOf(value: unknown, bits: number): value is number {
  return typeof value === 'number' && (value << (32 - bits)) >> (32 - bits) === value;
}

/** True for whole numbers that JavaScript holds exactly. */
export function isSafeInt(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

/** True for finite numbers. */
export function isDouble(value: unknown): value is number {
  return typeof value === 'number' && value - value === 0;
}

/** True for numbers that stay finite in single precision. */
export function isFloat(value: unknown): value is number {
  return typeof value === 'number' && isDouble(Math.fround(value));
}

/** True for a decimal that `decimal(precision,scale)` holds without rounding: plain digits, or a number. */
export function isDecimal(value: unknown, precision: number, scale: number): boolean {
  if (typeof value === 'number') {
    if (!isDouble(value)) return false;
    // Up to 15 digits a double and its decimal determine each other, so arithmetic is exact enough.
    const unit = 10 ** scale;
    if (precision < 16) {
      return Math.abs(value) < 10 ** (precision - scale) && Math.round(value * unit) / unit === value;
    }
    return digitsFit(plainDigits(value), precision, scale);
  }
  return (
    typeof value === 'string' && /^-?[0-9]+(\.[0-9]+)?$/.test(value) && digitsFit(value, precision, scale)
  );
}

function digitsFit(text: string, precision: number, scale: number): boolean {
  const [whole = '', fraction = ''] = text.replace(/^-?0*/, '').split('.');
  return whole.length <= precision - scale && fraction.replace(/0+$/, '').length <= scale;
}

function plainDigits(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift < 0) return `0.${'0'.repeat(-shift - 1)}${whole.replace('-', '')}${fraction}`;
  return whole + fraction + '0'.repeat(shift - fraction.length);
}

/** True for `int64` as decimal digits in text, or as a bigint. */
export function isInt64(value: unknown): boolean {
  if (typeof value === 'string' && !/^-?[0-9]{1,19}$/.test(value)) return false;
  if (typeof value !== 'string' && typeof value !== 'bigint') return false;
  const number = BigInt(value);
  return BigInt.asIntN(64, number) === number;
}

/** True for text of at most `length` code points; a `char` also keeps no blanks at its end. */
export function isBoundedText(value: unknown, length: number, char?: boolean): boolean {
  return (
    isText(value) &&
    (value.length <= length || (value.length <= 2 * length && Array.from(value).length <= length)) &&
    !(char === true && value.endsWith(' '))
  );
}

/** True for seconds since 1970 that are not taken for milliseconds and stay in the years 1677 to 2262. */
export function isEpochSeconds(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 9_223_372_036;
}

/** True for milliseconds since 1970 that are not taken for seconds and stay in the years 1677 to 2262. */
export function isEpochMillis(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) >= 1e12 && Math.abs(value) <= 9_223_372_036_854;
}

/** True for a JSON value whose keys are lower case at any depth: OpenX folds those it stores as text. */
export function isLowerCaseJson(value: unknown): boolean {
  if (typeof value === 'string') return isText(value);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if (Array.isArray(value)) return value.every((item) => item === null || isLowerCaseJson(item));
  return Object.entries(value).every(
    ([key, item]) => key === key.toLowerCase() && isText(key) && (item === null || isLowerCaseJson(item)),
  );
}

/** True for text in base64. */
export function isBase64(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
  );
}

/** True for an array all of whose items pass. */
export function isArrayOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

/** True for an object all of whose values pass and whose keys are lower case: OpenX folds them. */
export function isMapOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).every(([key, item]) => key === key.toLowerCase() && isText(key) && test(item))
  );
}
