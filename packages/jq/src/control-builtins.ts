import { type Code, collect, type Scope, single, Stop, stream } from './code.js';
import { extreme, group, iterate, toEntries } from './collection-builtins.js';
import { JqError, runtimeError } from './error.js';
import { jsonText, named } from './json.js';
import { sortBy } from './order.js';
import { isObject, isTruthy, type JqType, type JqValue, objectOf, property, typeOf } from './value.js';
import { spend, STEPS_OF_AN_ERROR } from './work-limit.js';

const nothing: Code = single(() => null);
const empty: Code = stream(() => undefined);
const itself: Code = single((input) => input);

function select(test: Code): Code {
  return stream((input, scope, emit) => {
    test.many(input, scope, (value) => {
      if (isTruthy(value)) emit(input);
    });
  });
}

function keep(...types: readonly JqType[]): () => Code {
  return () =>
    stream((input, _scope, emit) => {
      if (types.includes(typeOf(input))) emit(input);
    });
}

function map(each: Code): Code {
  return single((input, scope) => iterate(input).flatMap((item) => collect(each, item, scope)));
}

function keysBy(each: Code, items: readonly JqValue[], scope: Scope | undefined): readonly JqValue[] {
  return items.map((item) => collect(each, item, scope));
}

/** The first output of `code`, leaving the rest uncomputed. */
function first(code: Code): Code {
  return stream((input, scope, emit) => {
    const found: JqValue[] = [];
    spend(STEPS_OF_AN_ERROR);
    const stop = new Stop();
    try {
      code.many(input, scope, (value) => {
        found.push(value);
        throw stop;
      });
    } catch (error) {
      if (error !== stop) throw error;
    }
    for (const value of found) emit(value);
  });
}

function raise(message: Code): Code {
  return stream((input, scope) => {
    message.many(input, scope, (value) => {
      // An error of null is no error in jq 1.6: it ends this output quietly.
      if (value === null) return;
      const text = typeof value === 'string' ? value : `(not a string): ${jsonText(value)}`;
      throw new JqError('RUNTIME', text, value);
    });
  });
}

/**
 * `any` and `all` as jq 1.6 defines them in its own language, odd corners included: a condition without output
 * leaves a state that ends `all`, and one that is true twice for an item makes `any` false.
 */
function quantify(of: Code, test: Code, wanted: boolean): Code {
  return single((input, scope) => {
    spend(STEPS_OF_AN_ERROR);
    const stop = new Stop();
    let state: JqValue = !wanted;
    let decided = 0;
    const isDecided = (value: JqValue): boolean => isTruthy(value) === wanted;
    try {
      of.many(input, scope, (item) => {
        if (isDecided(state)) throw stop;
        const before = state;
        state = null;
        test.many(item, scope, (value) => {
          state = isTruthy(value) === wanted ? wanted : before;
          if (isDecided(state)) decided += 1;
        });
      });
    } catch (error) {
      if (error !== stop) throw error;
    }
    return wanted ? decided === 1 : decided === 0;
  });
}

const each: Code = stream((input, _scope, emit) => {
  for (const item of iterate(input)) emit(item);
});

function range(from: Code, upto: Code): Code {
  return stream((input, scope, emit) => {
    from.many(input, scope, (start) => {
      upto.many(input, scope, (end) => {
        if (typeof start !== 'number' || typeof end !== 'number') {
          throw runtimeError('Range bounds must be numeric');
        }
        for (let at = start; at < end; at += 1) {
          // The loop, and what it hands on.
          spend(2);
          emit(at);
        }
      });
    });
  });
}

/** Steps that an entry counts as: an object of many keys costs more than a list. */
const STEPS_OF_AN_ENTRY = 24;

function fromEntries(input: JqValue): JqValue {
  const entries = iterate(input).map((entry): readonly [string, JqValue] => {
    spend(STEPS_OF_AN_ENTRY);
    if (!isObject(entry) && entry !== null) {
      throw runtimeError(`Cannot index ${typeOf(entry)} with string "key"`);
    }
    const read = (name: string): JqValue => (entry === null ? null : property(entry, name));
    const key = [read('key'), read('Key'), read('name'), read('Name')].find(isTruthy) ?? read('Name');
    const value = entry !== null && Object.hasOwn(entry, 'value') ? read('value') : read('Value');
    if (typeof key !== 'string') throw runtimeError(`Cannot use ${named(key)} as object key`);
    return [key, value];
  });
  return objectOf(entries);
}

/** Functions that decide themselves when and on what their arguments run. */
export const controlBuiltins: Readonly<Record<string, (args: readonly Code[]) => Code>> = {
  'empty/0': () => empty,
  'error/0': () => raise(itself),
  'error/1': ([message = nothing]) => raise(message),
  'select/1': ([test = nothing]) => select(test),
  'map/1': ([body = nothing]) => map(body),
  'first/1': ([code = nothing]) => first(code),
  'isempty/1': ([code = nothing]) => {
    const one = first(code);
    return single((input, scope) => collect(one, input, scope).length === 0);
  },
  'any/0': () => quantify(each, itself, true),
  'all/0': () => quantify(each, itself, false),
  'any/1': ([test = nothing]) => quantify(each, test, true),
  'all/1': ([test = nothing]) => quantify(each, test, false),
  'any/2': ([of = nothing, test = nothing]) => quantify(of, test, true),
  'all/2': ([of = nothing, test = nothing]) => quantify(of, test, false),
  'range/1': ([upto = nothing]) =>
    range(
      single(() => 0),
      upto,
    ),
  'range/2': ([from = nothing, upto = nothing]) => range(from, upto),
  'sort_by/1': ([key = nothing]) =>
    single((input, scope) => {
      const items = sortable(input, key, scope);
      return sortBy(items, keysBy(key, items, scope)).map((at) => items[at] ?? null);
    }),
  'group_by/1': ([key = nothing]) =>
    single((input, scope) => {
      const items = sortable(input, key, scope);
      return group(items, keysBy(key, items, scope));
    }),
  'unique_by/1': ([key = nothing]) =>
    single((input, scope) => {
      const items = sortable(input, key, scope);
      return group(items, keysBy(key, items, scope)).map((same) => same[0] ?? null);
    }),
  'min_by/1': ([key = nothing]) => by(key, false),
  'max_by/1': ([key = nothing]) => by(key, true),
  'unique/0': () =>
    single((input, scope) => {
      const items = sortable(input, itself, scope);
      return group(items, keysBy(itself, items, scope)).map((same) => same[0] ?? null);
    }),
  'from_entries/0': () => single(fromEntries),
  'with_entries/1': ([body = nothing]) => {
    const mapped = map(body);
    return single((input, scope) => fromEntries(collect(mapped, toEntries(input), scope)[0] ?? null));
  },
  'values/0': keep('boolean', 'number', 'string', 'array', 'object'),
  'nulls/0': keep('null'),
  'strings/0': keep('string'),
  'numbers/0': keep('number'),
  'booleans/0': keep('boolean'),
  'arrays/0': keep('array'),
  'objects/0': keep('object'),
  'iterables/0': keep('array', 'object'),
  'scalars/0': keep('null', 'boolean', 'number', 'string'),
};

/** The items to sort; of an object jq first computes the keys and then fails over both. */
function sortable(
  input: JqValue,
  key: Code,
  scope: Scope | undefined,
  be = 'sorted, as they are not both arrays',
): readonly JqValue[] {
  if (!isObject(input)) return iterate(input);
  const keys = keysBy(key, iterate(input), scope);
  throw runtimeError(`${named(input)} and ${named(keys)} cannot be ${be}`);
}

function by(key: Code, greatest: boolean): Code {
  return single((input, scope) => {
    const items = sortable(input, key, scope, 'iterated over');
    return extreme(items, keysBy(key, items, scope), greatest);
  });
}
