/**
 * How many ways a backtracking engine may try to match a part of a pattern: at most `factor` times the length of the
 * text to the power of `degree`; `Infinity` where no power of it is a bound.
 */
export interface Ways {
  readonly factor: number;
  readonly degree: number;
}

/** What is known of a part of a pattern. */
export interface Part {
  readonly ways: Ways;
  /** Instructions that a linear engine makes of it, about. */
  readonly size: number;
  /** Characters that it matches, where that is one number. */
  readonly width: number | undefined;
  readonly matchesEmpty: boolean;
}

const once: Ways = { factor: 1, degree: 0 };

/** A part that matches nothing. */
export const emptyPart: Part = { ways: once, size: 0, width: 0, matchesEmpty: true };

/** A part that matches one character; one of a large class takes a linear engine more. */
export function characterPart(size: number): Part {
  return { ways: once, size, width: 1, matchesEmpty: false };
}

/** One part behind the other. */
export function sequence(first: Part, second: Part): Part {
  return {
    ways: {
      factor: first.ways.factor * second.ways.factor,
      degree: first.ways.degree + second.ways.degree,
    },
    size: first.size + second.size,
    width: first.width === undefined || second.width === undefined ? undefined : first.width + second.width,
    matchesEmpty: first.matchesEmpty && second.matchesEmpty,
  };
}

/** Either part. */
export function alternatives(first: Part, second: Part): Part {
  return {
    ways: {
      factor: first.ways.factor + second.ways.factor,
      degree: Math.max(first.ways.degree, second.ways.degree),
    },
    size: first.size + second.size + 1,
    width: first.width === second.width ? first.width : undefined,
    matchesEmpty: first.matchesEmpty || second.matchesEmpty,
  };
}

/** A part `least` to `most` times, `most` being `Infinity` where there is no limit. */
export function repetition(part: Part, least: number, most: number): Part {
  const isSingle = part.ways.factor === 1 && part.ways.degree === 0;
  const times = Number.isFinite(most) ? most : Math.max(1, least);
  return {
    ways: waysOf(part, least, most, isSingle),
    size: part.size * Math.max(1, times) + 1,
    width: least === most && part.width !== undefined ? part.width * least : undefined,
    matchesEmpty: least === 0 || part.matchesEmpty,
  };
}

function waysOf({ ways, width }: Part, least: number, most: number, isSingle: boolean): Ways {
  if (!Number.isFinite(most)) {
    // Rounds of one length that match in one way only: what is left open is how many there are.
    const isSimple = isSingle && width !== undefined && width > 0;
    return isSimple ? { factor: 1, degree: 1 } : { factor: Infinity, degree: 0 };
  }
  const rounds = most - least + 1;
  if (isSingle) return { factor: rounds, degree: 0 };
  return { factor: ways.factor ** most * rounds, degree: ways.degree * most };
}

/** The most ways over a text of this many characters. */
export function waysOver({ factor, degree }: Ways, length: number): number {
  return factor * (length + 1) ** degree;
}
