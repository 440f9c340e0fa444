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
