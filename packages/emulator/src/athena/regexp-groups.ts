/** A group of a regular expression that captures. */
export interface RegexpGroup {
  readonly name: string | undefined;
  /** Whether the whole may match without it: Java gives NULL for it then, and RE2 the empty text. */
  readonly mayBeLeftOut: boolean;
  readonly mayBeEmpty: boolean;
}

interface OpenGroup {
  readonly start: number;
  /** Its place among those that capture; -1 for one that does not. */
  readonly number: number;
  readonly name: string | undefined;
  readonly within: readonly number[];
  hasBranches: boolean;
}

/** The groups of a regular expression that capture, the first one first. */
export function groupsOf(pattern: string): readonly RegexpGroup[] {
  const open: OpenGroup[] = [{ start: 0, number: -1, name: undefined, within: [], hasBranches: false }];
  const closed: { group: OpenGroup; end: number; repeats: boolean }[] = [];
  let count = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '\\') at += 1;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') {
      inClass = true;
      // A bracket that comes first is one of the class.
      if (/^\^?\]/.test(pattern.slice(at + 1))) at += pattern.charAt(at + 1) === '^' ? 2 : 1;
    } else if (char === '(') {
      const name = /^\(\?P?<([A-Za-z]\w*)>/.exec(pattern.slice(at))?.[1];
      const captures = name !== undefined || pattern.charAt(at + 1) !== '?';
      const number = captures ? count++ : -1;
      open.push({ start: at, number, name, within: open.map(({ start }) => start), hasBranches: false });
    } else if (char === '|') {
      const inner = open.at(-1);
      if (inner !== undefined) inner.hasBranches = true;
    } else if (char === ')' && open.length > 1) {
      const group = open.pop();
      if (group !== undefined)
        closed.push({ group, end: at, repeats: /^(?:[?*]|\{0)/.test(pattern.slice(at + 1)) });
    }
  }
  const [top] = open;
  const loose = new Set([
    ...(top?.hasBranches === true ? [top.start - 1] : []),
    ...closed.filter(({ group, repeats }) => repeats || group.hasBranches).map(({ group }) => group.start),
  ]);
  return closed
    .filter(({ group }) => group.number >= 0)
    .sort((a, b) => a.group.number - b.group.number)
    .map(({ group, end, repeats }) => ({
      name: group.name,
      mayBeLeftOut:
        repeats || top?.hasBranches === true || group.within.slice(1).some((start) => loose.has(start)),
      mayBeEmpty: matchesEmpty(pattern.slice(group.start, end + 1)),
    }));
}

/** Whether a regular expression may match the empty text between two characters; boundaries alone do. */
export function matchesEmpty(pattern: string): boolean {
  const plain = pattern
    .replaceAll(/\(\?[a-zA-Z-]+\)/g, '')
    .replaceAll('(?P<', '(?<')
    // Boundaries are no characters; a sign after a backslash or in a class is one.
    .replaceAll(/\[(?:\\.|[^\]\\])*\]|\\.|[\^$]/g, (found) =>
      /^(?:\\[bB]|[\^$])$/.test(found) ? '' : found,
    );
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^(?:${plain})$`, flags).test('');
    } catch {
      // Written for another engine; without the flag more is read.
    }
  }
  return true;
}
