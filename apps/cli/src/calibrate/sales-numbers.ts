import { CliError } from '../terminal/errors.js';

/** A whole number, or one with a decimal point. */
const plain = /^-?\d+(?:\.\d+)?$/;
const withComma = /^-?\d+,\d+$/;
/** With three digits behind its only sign, and up to three before it, a number may be a thousand times another. */
const doubtful = /^-?[1-9]\d{0,2}[.,]\d{3}$/;

/** A number, and where it stands. */
interface Written {
  readonly text: string;
  readonly line: number;
  readonly column: string;
}

/**
 * Reads the numbers of one file. Where no comma separates the columns, `1,5` is a number, and from then on a point is no
 * decimal point where it could as well separate thousands: `1.000` may then be a thousand, and so may `1,000` in any such
 * file. Files with points only are read as they are.
 */
export class SalesNumbers {
  readonly #name: string;
  /** A comma separates the columns: every number has a point. */
  readonly #pointsOnly: boolean;
  /** The first decimal comma. */
  #comma: Written | undefined;
  /** The first number that is doubtful should a decimal comma come. */
  #point: Written | undefined;

  /** @param name - the file as the user named it */
  constructor(name: string, delimiter: string) {
    this.#name = name;
    this.#pointsOnly = delimiter === ',';
  }

  /**
   * Returns the number that a text means; undefined for any other text.
   *
   * @throws CliError `USAGE` for a number that can be read in two ways
   */
  read(text: string, line: number, column: string): number | undefined {
    if (this.#pointsOnly) return plain.test(text) ? Number(text) : undefined;
    if (plain.test(text)) {
      if (doubtful.test(text)) {
        this.#point ??= { text, line, column };
        this.#check();
      }
      return Number(text);
    }
    if (!withComma.test(text)) return undefined;
    if (doubtful.test(text)) throw this.#inTwoWays({ text, line, column }, '');
    this.#comma ??= { text, line, column };
    this.#check();
    return Number(text.replace(',', '.'));
  }

  #check(): void {
    if (this.#point === undefined || this.#comma === undefined) return;
    const { text, line } = this.#comma;
    throw this.#inTwoWays(this.#point, `, since line ${line} has the decimal comma of ${text}`);
  }

  #inTwoWays({ text, line, column }: Written, why: string): CliError {
    const fraction = Number(text.replace(',', '.'));
    const whole = Number(text.replace(/[.,]/, ''));
    return new CliError(
      'USAGE',
      `${this.#name}:${line}: column ${column}: "${text}" can be read as ${fraction} or as ${whole}${why}.`,
      {
        fix: `Write thousands without a separator (${whole}), and fractions with a decimal point in the whole file.`,
      },
    );
  }
}
