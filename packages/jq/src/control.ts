import { type Code, type Context, single, stream } from './code.js';
import { isCatchable } from './error.js';
import type { Node } from './syntax.js';
import { isTruthy, type JqValue } from './value.js';
import { spend, STEPS_OF_AN_ERROR } from './work-limit.js';

type ControlNode = Extract<
  Node,
  { kind: 'pipe' | 'comma' | 'or-else' | 'and' | 'or' | 'if' | 'try' | 'bind' | 'reduce' }
>;

/** The forms that decide what runs, and on what. */
export function compileControl(node: ControlNode, context: Context): Code {
  switch (node.kind) {
    case 'pipe':
      return pipe(context.compile(node.left, context), context.compile(node.right, context));
    case 'comma':
      return comma(context.compile(node.left, context), context.compile(node.right, context));
    case 'or-else':
      return orElse(context.compile(node.left, context), context.compile(node.right, context));
    case 'and':
    case 'or':
      return logic(
        context.compile(node.left, context),
        context.compile(node.right, context),
        node.kind === 'or',
      );
    case 'if':
      return choose(
        context.compile(node.condition, context),
        context.compile(node.then, context),
        context.compile(node.otherwise, context),
      );
    case 'try':
      return attempt(
        context.compile(node.body, context),
        node.handler === undefined ? undefined : context.compile(node.handler, context),
      );
    case 'bind':
      return bind(
        context.compile(node.source, context),
        context.compile(node.body, inner(context, node.name)),
      );
    case 'reduce':
      return reduce(
        context.compile(node.source, context),
        context.compile(node.start, context),
        context.compile(node.update, inner(context, node.name)),
      );
  }
}

function inner(context: Context, name: string): Context {
  return { ...context, variables: [name, ...context.variables] };
}

function pipe(left: Code, right: Code): Code {
  const first = left.one;
  const second = right.one;
  if (first !== undefined) {
    if (second !== undefined) return single((input, scope) => second(first(input, scope), scope));
    return stream((input, scope, emit) => {
      right.many(first(input, scope), scope, emit);
    });
  }
  return stream((input, scope, emit) => {
    left.many(input, scope, (value) => {
      right.many(value, scope, emit);
    });
  });
}

function comma(left: Code, right: Code): Code {
  return stream((input, scope, emit) => {
    left.many(input, scope, emit);
    right.many(input, scope, emit);
  });
}

function orElse(left: Code, right: Code): Code {
  const first = left.one;
  const second = right.one;
  if (first !== undefined && second !== undefined) {
    return single((input, scope) => {
      const value = first(input, scope);
      return isTruthy(value) ? value : second(input, scope);
    });
  }
  return stream((input, scope, emit) => {
    let found = 0;
    left.many(input, scope, (value) => {
      if (!isTruthy(value)) return;
      found += 1;
      emit(value);
    });
    if (found === 0) right.many(input, scope, emit);
  });
}

function logic(left: Code, right: Code, decides: boolean): Code {
  const first = left.one;
  const second = right.one;
  if (first !== undefined && second !== undefined) {
    return single((input, scope) =>
      isTruthy(first(input, scope)) === decides ? decides : isTruthy(second(input, scope)),
    );
  }
  return stream((input, scope, emit) => {
    left.many(input, scope, (value) => {
      if (isTruthy(value) === decides) emit(decides);
      else {
        right.many(input, scope, (other) => {
          emit(isTruthy(other));
        });
      }
    });
  });
}

function choose(condition: Code, then: Code, otherwise: Code): Code {
  const [test, yes, no] = [condition.one, then.one, otherwise.one];
  if (test !== undefined && yes !== undefined && no !== undefined) {
    return single((input, scope) => (isTruthy(test(input, scope)) ? yes(input, scope) : no(input, scope)));
  }
  return stream((input, scope, emit) => {
    condition.many(input, scope, (value) => {
      (isTruthy(value) ? then : otherwise).many(input, scope, emit);
    });
  });
}

/**
 * `try` and `?`. As in jq 1.6, what fails behind the pipe while this still has outputs to give is caught here
 * too; jq 1.7 changed that.
 */
function attempt(body: Code, handler: Code | undefined): Code {
  return stream((input, scope, emit) => {
    let raised: JqValue;
    try {
      body.many(input, scope, emit);
      return;
    } catch (error) {
      if (!isCatchable(error)) throw error;
      spend(STEPS_OF_AN_ERROR);
      raised = error.value;
    }
    handler?.many(raised, scope, emit);
  });
}

function bind(source: Code, body: Code): Code {
  const first = source.one;
  const then = body.one;
  if (first !== undefined && then !== undefined) {
    return single((input, scope) => then(input, { value: first(input, scope), outer: scope }));
  }
  return stream((input, scope, emit) => {
    source.many(input, scope, (value) => {
      body.many(input, { value, outer: scope }, emit);
    });
  });
}

function reduce(source: Code, start: Code, update: Code): Code {
  return stream((input, scope, emit) => {
    start.many(input, scope, (from) => {
      let state: JqValue = from;
      source.many(input, scope, (value) => {
        spend(2);
        // The variable is empty while the update runs, as in jq 1.6: an error that a `try` in the source catches
        // leaves null behind, or the last output before it.
        const current = state;
        state = null;
        update.many(current, { value, outer: scope }, (output) => {
          state = output;
        });
      });
      emit(state);
    });
  });
}
