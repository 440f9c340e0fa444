import type { SourceItem } from './source-item.js';

/** Makes the value of a row of its fields; there are as many as the header has names. */
export type RowValue = (fields: readonly string[]) => unknown;

/** How the rows below a header are read. */
export interface Header {
  readonly names: readonly string[];
  readonly value: RowValue;
  /** Why they are not. */
  readonly problem?: NonNullable<SourceItem['problem']>;
  /** Set where it is not the source's first. */
  readonly isLater?: true;
}

/** The longest name by which a row is seen to be a header. */
const LONGEST_NAME = 64;
/** Names of the first header that a row must hold to be another one, where no byte order mark is before it. */
const FEWEST_NAMES = 3;

/**
 * The header of a source, and those further down, as where files were joined. Of one with the same names in another order
 * the rows are read by their names; below one with other names they are refused, each with its own header beside it.
 */
export class Headers {
  /** The first one as it is there. */
  readonly line: string;
  readonly #first: Header;
  readonly #known: ReadonlyMap<string, number>;
  /** Whether some name is that long: few first fields of data are, and only those are looked up. */
  readonly #lengths: readonly boolean[];
  /** The one by which rows are read now. */
  current: Header;

  constructor(line: string, names: readonly string[], value: RowValue) {
    this.line = line;
    this.#first = { names, value };
    this.#known = new Map(names.map((name, at) => [name, at]));
    this.#lengths = Array.from({ length: LONGEST_NAME + 1 }, (_, length) =>
      names.some((name) => name.length === length),
    );
    this.current = this.#first;
  }

  /** The names of the first one. */
  get names(): readonly string[] {
    return this.#first.names;
  }

  /**
   * Returns whether a row is a header, by which the rows below it are read from then on.
   *
   * @param row - its fields, or its text where those are not known yet: then it is one by its line alone
   * @param isMarked - a byte order mark is before it
   */
  take(row: readonly string[] | string, isMarked: boolean, line: number): boolean {
    if (typeof row === 'string' && row !== this.line) return false;
    const fields = typeof row === 'string' ? this.names : row;
    const [first = ''] = fields;
    if (!isMarked && (this.#lengths[first.length] !== true || !this.#known.has(first))) return false;
    const names = fields.map((field) => field.trim());
    const found = new Set(names.filter((name) => name !== '' && this.#known.has(name)));
    if (names.length === this.names.length && names.every((name, at) => name === this.names[at])) {
      if (fields.length < 2 && !isMarked) return false;
      this.current = this.#first;
    } else if (found.size < (isMarked ? 1 : FEWEST_NAMES) || found.size * 2 < names.length) return false;
    else this.current = this.#later(names, found.size, line);
    return true;
  }

  #later(names: readonly string[], known: number, line: number): Header {
    const { value } = this.#first;
    if (known === names.length && known === this.#known.size && known === this.names.length) {
      const order = this.names.map((name) => names.indexOf(name));
      return { names, value: (fields) => value(order.map((at) => fields[at] ?? '')), isLater: true };
    }
    const message = `Line ${line} is another header than the first: this row is not read by either. Give the files one by one, or replay this record.`;
    return { names, value, problem: { code: 'HEADER_CHANGED', message }, isLater: true };
  }
}
