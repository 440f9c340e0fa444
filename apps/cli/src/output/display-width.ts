/** One column each: nearly all text, and many times as quick as by characters. */
const plain = /^[\x20-\x7e]*$/;
/** What a reader takes for one character: a letter with its marks, a flag, a family of emoji. */
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Takes no column of its own: marks, joiners, and the later letters of a Korean syllable. */
const empty = /^(?:\p{Mn}|\p{Me}|[\u1160-\u11ff\u200b\u200c\u2060]|\u200d)+$/u;
/** What is drawn as a picture: by itself, or since a selector asks for it. */
const emoji = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2}/u;
/** The East Asian wide and full-width blocks (Unicode Standard Annex 11). */
const wide =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

/** The characters of a text as a reader counts them: none of them may be cut in two. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(characters.segment(text), ({ segment }) => segment);
}

/** Columns of a terminal that a text takes: emoji and East Asian wide characters take two, combining marks none. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of characters.segment(text))
    width += empty.test(segment) ? 0 : emoji.test(segment) || wide.test(segment) ? 2 : 1;
  return width;
}
