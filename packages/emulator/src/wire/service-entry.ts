import type { FaultKind } from '../faults/fault-plan.js';
import { checkRequest, type Refusals } from './check-request.js';
import type { Dialect } from './dialect.js';
import type { RequestContext } from './request-context.js';
import type { Shape } from './shape.js';

/** One service: all that the server has to know of it. */
export interface ServiceEntry {
  /** What a signature for it is scoped to: `firehose`. */
  readonly scope: string;
  /** What is before the dot of `X-Amz-Target`; absent where no dialect of the service has that header. */
  readonly target?: string;
  /** The protocols that it is spoken to in. */
  readonly dialects: readonly Dialect[];
  /** A Map: `constructor` is no action. */
  readonly actions: ReadonlyMap<string, Action>;
  /** How it words what it refuses before an action runs. */
  readonly refusals: Refusals;
  /** Whether a signature may leave out the body, and URLs may be presigned for any action: S3's alone may. */
  readonly mayBeUnsigned?: boolean;
  /** Whether the URL of a GET may be presigned, though the signature covers the body. */
  readonly mayBePresigned?: boolean;
  /**
   * Ends what runs, writes what is left and lets go of all files. A reset of the endpoint closes every service, empties
   * the data folder and opens each one again, so that a service has no other part in it.
   */
  close(): Promise<void>;
}

/** One action of a service, or of a part of it whose actions work on a context of its own. */
export interface Action<Context = RequestContext> {
  /** What a request must look like, checked before {@link Action.run}. */
  readonly input: Shape;
  /** Answers a call whose input fits the shape. */
  readonly run: (input: unknown, context: Context) => unknown;
  /** The quick way from the bytes of a body, which are valid until the answer; `undefined` where it has to be read as JSON. */
  readonly bytes?: (body: Buffer, context: Context) => unknown;
  /** Faults that may strike this action alone. */
  readonly faults?: readonly FaultKind[];
}

/** Actions by name. */
export type Actions<Context = RequestContext> = ReadonlyMap<string, Action<Context>>;

/** Ties an action to the shape of its input, from which it has its type. */
export function action<T, Context>(
  input: Shape<T>,
  run: (input: T, context: Context) => unknown,
  more: Pick<Action<Context>, 'bytes' | 'faults'> = {},
): Action<Context> {
  // The checker has compared the input with the shape.
  return { input, run: (value, context) => run(value as T, context), ...more };
}

/** The same actions on the server's context, from which `contextOf` makes their own. */
export function actionsIn<Context>(
  actions: Actions<Context>,
  contextOf: (request: RequestContext) => Context,
): Actions {
  return new Map(
    [...actions].map(([name, { input, run, bytes, faults }]): [string, Action] => [
      name,
      {
        input,
        run: (value, request) => run(value, contextOf(request)),
        ...(bytes === undefined
          ? {}
          : { bytes: (body: Buffer, request: RequestContext) => bytes(body, contextOf(request)) }),
        ...(faults === undefined ? {} : { faults }),
      },
    ]),
  );
}

/** Finds an action; throws the service's own error where there is none of that name. */
export function actionOf(
  { actions, refusals }: Pick<ServiceEntry, 'actions' | 'refusals'>,
  name: string,
): Action {
  const found = actions.get(name);
  if (found === undefined) throw refusals.unknownAction(name);
  return found;
}

/** Checks an input and runs the action on it. */
export async function answerCall(
  service: Pick<ServiceEntry, 'actions' | 'refusals'>,
  name: string,
  input: unknown,
  context: RequestContext,
): Promise<unknown> {
  const found = actionOf(service, name);
  const given = input ?? {};
  checkRequest(found.input, given, service.refusals);
  return found.run(given, context);
}
