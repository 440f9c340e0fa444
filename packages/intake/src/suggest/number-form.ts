import type { NumberForm } from '../values/number.js';

/** How the numbers of some texts are written, and whether the texts leave no doubt. */
export interface GuessedForm {
  readonly form: NumberForm;
  readonly isSure: boolean;
}

/** Returns the form in which most of the texts are numbers: both characters where they stand, else what a single one must mean. */
export function guessNumberForm(texts: readonly string[], prefersComma: boolean): GuessedForm {
  const seen = new Map<string, number>();
  const see = (what: string): void => {
    seen.set(what, (seen.get(what) ?? 0) + 1);
  };
  for (const given of texts) {
    const text = given.trim().replace(/^[-+\u2212]/, '');
    if (!/^[\d.,'’\s]+$/.test(text) || !/\d/.test(text)) continue;
    if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) see('.,');
    else if (/^\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+$/.test(text)) see(',.');
    else if (/^\d{1,3}(?:['’]\d{3})+(?:\.\d+)?$/.test(text)) see("'.");
    else if (/^\d{1,3}(?:\s\d{3})+,\d+$/.test(text)) see(' ,');
    else if (/^\d{1,3}(?:\s\d{3})+(?:\.\d+)?$/.test(text)) see(text.includes('.') ? ' .' : ' ');
    else if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(text)) see('.,');
    else if (/^\d{1,3}(?:,\d{3}){2,}$/.test(text)) see(',.');
    else if (/^[1-9]\d{0,2}\.\d{3}$/.test(text)) see('?.');
    else if (/^[1-9]\d{0,2},\d{3}$/.test(text)) see('?,');
    else if (/^\d+,\d+$/.test(text)) see(',');
    else if (/^\d+\.\d+$/.test(text)) see('.');
  }
  const has = (...whats: readonly string[]): boolean => whats.some((what) => seen.has(what));
  const commas = has('.,', ' ,', ',');
  const points = has(',.', "'.", ' .', '.');
  const isSure = !(commas && points) && !(has('?.', '?,') && !commas && !points);
  const comma =
    commas === points ? (has('?.') && !has('?,') ? true : has('?,') ? false : prefersComma) : commas;
  // Three figures behind the only sign: thousands, where nothing else says that it is a fraction.
  const group = has(' ,', ' .', ' ')
    ? ' '
    : has("'.")
      ? "'"
      : comma && has('.,', '?.')
        ? '.'
        : !comma && has(',.', '?,')
          ? ','
          : undefined;
  return { form: { decimal: comma ? ',' : '.', ...(group === undefined ? {} : { group }) }, isSure };
}
