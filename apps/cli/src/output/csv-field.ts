/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection", 2026). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Returns one field of a CSV file (RFC 4180). A text that a spreadsheet would run as a formula gets a `'` in front;
 * numbers stay numbers. `raw` leaves every text as it is, for programs.
 */
export function csvField(text: string, raw: boolean): string {
  const guarded = !raw && formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
