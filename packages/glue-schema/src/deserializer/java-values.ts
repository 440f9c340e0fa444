/** Carries AWS's message for a value that does not convert up to the record it is in. Never leaves this folder. */
export class ConversionFailure extends Error {
  override readonly name = 'ConversionFailure';
}

/** How Java names the class of a JSON value, as AWS's messages do. */
export function javaClass(value: unknown): string {
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'java.lang.Integer' : 'java.lang.Double';
  return Array.isArray(value)
    ? 'org.openx.data.jsonserde.json.JSONArray'
    : 'org.openx.data.jsonserde.json.JSONObject';
}

/**
 * A JSON number's text in a string column: whole numbers as their digits, others as `Double.toString` writes
 * them, which is plain from 0.001 to 10,000,000 and scientific beyond (`1.0E-4`).
 */
export function javaDouble(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const size = Math.abs(value);
  if (size >= 0.001 && size < 10_000_000) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
}
