import { operators } from './arithmetic.js';
import { type Code, map1, map2, type Scope, single, stream } from './code.js';
import { runtimeError } from './error.js';
import {
  matchRegex,
  regexArgument,
  regexOf,
  rememberingRegexOf,
  type Regex,
  testRegex,
  textOf,
} from './regex.js';
import type { RegexMatch } from './regex-engines.js';
import { type JqObject, type JqValue, objectOf, pointsIn } from './value.js';
import { jqLimits, spend, tooDeep } from './work-limit.js';

const nothing: Code = single(() => null);
type Use = (regex: Regex, input: JqValue) => readonly JqValue[];

/** `match`, `test`, `capture` and their kin, by name. */
export const regexBuiltins: Readonly<Record<string, (args: readonly Code[]) => Code>> = {
  'test/1': ([re = nothing]) => {
    const find = rememberingRegexOf();
    return map1(re, (value, input) =>
      testRegex(typeof value === 'string' ? find(value, null) : find(...regexArgument(value)), input),
    );
  },
  'test/2': ([re = nothing, flags = nothing]) => {
    const find = rememberingRegexOf();
    return map2(re, flags, (pattern, mode, input) => testRegex(find(pattern, mode), input));
  },
  'match/1': ([re = nothing]) => each1(re, (regex, input) => describeAll(regex, input)),
  'match/2': ([re = nothing, flags = nothing]) =>
    each2(re, flags, (regex, input) => describeAll(regex, input)),
  'capture/1': ([re = nothing]) => each1(re, captureAll),
  'capture/2': ([re = nothing, flags = nothing]) => each2(re, flags, captureAll),
  'scan/1': ([re = nothing]) =>
    each2(
      re,
      single(() => 'g'),
      scanAll,
    ),
  'splits/1': ([re = nothing]) =>
    each2(
      re,
      single(() => 'g'),
      pieces,
    ),
  'splits/2': ([re = nothing, flags = nothing]) => each2(re, withGlobal(flags), pieces),
  'split/2': ([re = nothing, flags = nothing]) =>
    map2(re, withGlobal(flags), (pattern, mode, input) => pieces(regexOf(pattern, mode), input)),
  'sub/2': ([re = nothing, text = nothing]) => substitute(re, text, nothing),
  'sub/3': ([re = nothing, text = nothing, flags = nothing]) => substitute(re, text, flags),
  'gsub/2': ([re = nothing, text = nothing]) =>
    substitute(
      re,
      text,
      single(() => 'g'),
    ),
  'gsub/3': ([re = nothing, text = nothing, flags = nothing]) => substitute(re, text, withGlobal(flags)),
};

function withGlobal(flags: Code): Code {
  return map1(flags, (value) => operators['+'](value, 'g'));
}

function each1(re: Code, use: Use): Code {
  return stream((input, scope, emit) => {
    re.many(input, scope, (value) => {
      for (const output of use(regexOf(...regexArgument(value)), input)) emit(output);
    });
  });
}

function each2(re: Code, flags: Code, use: Use): Code {
  return stream((input, scope, emit) => {
    flags.many(input, scope, (mode) => {
      re.many(input, scope, (pattern) => {
        for (const output of use(regexOf(pattern, mode), input)) emit(output);
      });
    });
  });
}

function describeAll(regex: Regex, input: JqValue): readonly JqValue[] {
  const text = textOf(regex, input);
  // Matches come in order, so that what is before the last one is counted once.
  let counted = 0;
  let points = 0;
  const upTo = (place: number): number => {
    spend(1 + ((place - counted) >> 3));
    points += pointsIn(text.slice(counted, place));
    counted = place;
    return points;
  };
  return matchRegex(regex, input).map((match) => {
    const offset = upTo(match.start);
    const string = text.slice(match.start, match.end);
    return {
      offset,
      length: pointsIn(string),
      string,
      captures: groupsOf(match).map((group, at): JqObject => {
        const name = regex.translation.groups[at] ?? null;
        if (group === undefined) return { offset: -1, string: null, length: 0, name };
        const inside = text.slice(group.start, group.end);
        spend(1 + ((group.end - match.start) >> 3));
        const start = offset + pointsIn(text.slice(match.start, group.start));
        if (inside === '') return { offset: start, string: inside, length: 0, name };
        return { offset: start, length: pointsIn(inside), string: inside, name };
      }),
    };
  });
}

// jq 1.6 forgets the groups of an empty match.
function groupsOf(match: RegexMatch): RegexMatch['groups'] {
  return match.start === match.end ? [] : match.groups;
}

/** Steps that a named group counts as: a key of an object. */
const STEPS_OF_A_NAME = 8;

function captured(regex: Regex, text: string, match: RegexMatch): JqObject {
  spend(STEPS_OF_A_NAME * (1 + match.groups.length));
  const entries: (readonly [string, JqValue])[] = [];
  groupsOf(match).forEach((group, at) => {
    const name = regex.translation.groups[at];
    if (name === null || name === undefined) return;
    entries.push([name, group === undefined ? null : text.slice(group.start, group.end)]);
  });
  return objectOf(entries);
}

function captureAll(regex: Regex, input: JqValue): readonly JqValue[] {
  const text = textOf(regex, input);
  return matchRegex(regex, input).map((match) => captured(regex, text, match));
}

function scanAll(regex: Regex, input: JqValue): readonly JqValue[] {
  const text = textOf(regex, input);
  return matchRegex(regex, input).map((match) => {
    const groups = groupsOf(match);
    if (groups.length === 0) return text.slice(match.start, match.end);
    return groups.map((group) => (group === undefined ? null : text.slice(group.start, group.end)));
  });
}

function pieces(regex: Regex, input: JqValue): readonly string[] {
  const text = textOf(regex, input);
  const cuts = matchRegex(regex, input).flatMap((match) => [match.start, match.end]);
  const places = [0, ...cuts, text.length];
  const found: string[] = [];
  for (let at = 0; at < places.length; at += 2) {
    found.push(text.slice(places[at], Math.max(places[at] ?? 0, places[at + 1] ?? 0)));
  }
  return found;
}

function substitute(re: Code, text: Code, flags: Code): Code {
  return stream((input, scope, emit) => {
    re.many(input, scope, (pattern) => {
      flags.many(input, scope, (mode) => {
        const every = typeof mode === 'string' && mode.includes('g');
        const once = typeof mode === 'string' ? mode.replaceAll('g', '') : mode;
        replace({ regex: regexOf(pattern, once), text, every, scope }, input, emit);
      });
    });
  });
}

interface Replacement {
  readonly regex: Regex;
  readonly text: Code;
  readonly every: boolean;
  readonly scope: Scope | undefined;
}

/** Steps that a replacement counts as, besides its match. */
const STEPS_OF_A_CUT = 32;

interface Cut {
  readonly before: string;
  readonly groups: JqObject;
}

/** As in jq 1.6 the rest behind a match is searched as a text of its own, so `^` can match again there. */
function replace(how: Replacement, input: JqValue, emit: (output: JqValue) => void): void {
  const cuts: Cut[] = [];
  let rest = textOf(how.regex, input);
  do {
    const [match] = matchRegex(how.regex, rest);
    if (match === undefined) break;
    if (how.every && match.start === match.end) {
      throw runtimeError(`gsub would never end: ${how.regex.pattern} matches the empty string`);
    }
    spend(STEPS_OF_A_CUT);
    cuts.push({ before: rest.slice(0, match.start), groups: captured(how.regex, rest, match) });
    rest = rest.slice(match.end);
  } while (how.every && rest !== '');
  const { one } = how.text;
  if (one === undefined) {
    insertAll(how, cuts, 0, rest, emit);
    return;
  }
  // The last one first, as jq computes them.
  let after: JqValue = rest;
  for (const { before, groups } of cuts.reverse()) {
    after = operators['+'](operators['+'](before, one(groups, how.scope)), after);
  }
  emit(after);
}

/** Where there may be several texts to insert at each place, every combination of them. */
function insertAll(
  how: Replacement,
  cuts: readonly Cut[],
  at: number,
  rest: string,
  emit: (output: JqValue) => void,
): void {
  const cut = cuts[at];
  if (cut === undefined) {
    emit(rest);
    return;
  }
  if (at > jqLimits.depth) throw tooDeep('a replacement of several texts');
  insertAll(how, cuts, at + 1, rest, (after) => {
    how.text.many(cut.groups, how.scope, (inserted) => {
      emit(operators['+'](operators['+'](cut.before, inserted), after));
    });
  });
}
