import { nearestNames, shown } from '@store/foundation';
import { WorldError } from '../errors.js';
import { policyLimits, type PolicyOrder, type PolicyState } from './replenishment-policy.js';

/** A policy's answer, checked. */
export interface CheckedAnswer {
  readonly orders: readonly PolicyOrder[];
  /** The memo as JSON; undefined where the last one stays. */
  readonly memo: string | undefined;
}

/** The error of a policy at a store on a day. */
export function policyError(
  { store: { store_id }, date }: PolicyState,
  what: string,
  more: {
    readonly value?: unknown;
    readonly allowed?: string;
    readonly product_id?: string;
    readonly cause?: unknown;
  },
): WorldError {
  const { value, allowed = 'a function that returns orders', product_id, cause } = more;
  const place = { store_id, date, ...(product_id === undefined ? {} : { product_id }) };
  const message = `policy: ${store_id} on ${date}: ${what}`;
  return new WorldError('POLICY_FAILED', 'policy', value, allowed, message, { place, cause });
}

/** Checks what a policy answered. @throws WorldError `POLICY_FAILED`, which names the store, the day and the product */
export function checkAnswer(state: PolicyState, answer: unknown): CheckedAnswer {
  const fail = (what: string, value: unknown, allowed: string, product_id?: string): WorldError =>
    policyError(state, what, { value, allowed, ...(product_id === undefined ? {} : { product_id }) });
  const { orders, memo } = partsOf(answer, fail);
  const onSale = new Map(state.products.map((product) => [product.product_id, product]));
  const seen = new Set<string>();
  // What was checked is what is taken: a foreign object may answer otherwise the next time.
  const checked: PolicyOrder[] = [];
  for (const [n, order] of orders.entries()) {
    const at = `orders[${n}]`;
    if (!isObject(order)) {
      const shape = '{ product_id, quantity }';
      throw fail(`${at} is ${shown(order)}; give ${shape}.`, order, shape);
    }
    const { product_id, quantity, ...others } = order;
    const product = typeof product_id === 'string' ? onSale.get(product_id) : undefined;
    if (typeof product_id !== 'string' || product === undefined) {
      const [near] = nearestNames(String(product_id), onSale.keys());
      const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
      const text = `${at}.product_id is ${shown(product_id)}, which the store does not have on sale that day.${hint}`;
      throw fail(text, product_id, 'one of `state.products`', String(product_id));
    }
    const [unknownKey] = Object.keys(others);
    if (unknownKey !== undefined) {
      const text = `${at} of '${product_id}' has the unknown field '${unknownKey}'; an order has \`product_id\` and \`quantity\`.`;
      throw fail(text, order, '{ product_id, quantity }', product_id);
    }
    if (seen.has(product_id)) {
      throw fail(`${at} orders '${product_id}' a second time; give one order.`, order, 'once', product_id);
    }
    seen.add(product_id);
    const whole = `a whole number of units from 0 to ${policyLimits.quantity}`;
    const isWhole = typeof quantity === 'number' && Number.isInteger(quantity);
    if (!isWhole || quantity < 0 || quantity > policyLimits.quantity) {
      throw fail(
        `${at}.quantity of '${product_id}' is ${shown(quantity)}; give ${whole}.`,
        quantity,
        whole,
        product_id,
      );
    }
    const position = product.recordedStock + product.onOrder + quantity;
    if (position > policyLimits.position) {
      const most = `at most ${policyLimits.position} units on record and on order`;
      throw fail(
        `${at} of '${product_id}' would make it ${position}; keep ${most}.`,
        quantity,
        most,
        product_id,
      );
    }
    checked.push({ product_id, quantity });
  }
  return { orders: checked, memo: memoText(memo, fail) };
}

type Fail = (what: string, value: unknown, allowed: string) => WorldError;

function partsOf(
  answer: unknown,
  fail: Fail,
): { readonly orders: readonly unknown[]; readonly memo: unknown } {
  const shape = 'a list of orders, or { orders, memo }';
  if (Array.isArray(answer)) return { orders: Array.from<unknown>(answer), memo: undefined };
  if (!isObject(answer)) throw fail(`it returned ${shown(answer)}; return ${shape}.`, answer, shape);
  if (typeof answer.then === 'function') {
    // What the promise ends with is nobody's: this error says what is wrong.
    Promise.resolve(answer).catch(() => undefined);
    throw fail(`it returned a promise; return ${shape} immediately, without async.`, answer, shape);
  }
  const { orders, memo, ...others } = answer;
  const [unknownKey] = Object.keys(others);
  if (unknownKey !== undefined) {
    throw fail(`it returned an object with '${unknownKey}'; return ${shape}.`, answer, shape);
  }
  if (!Array.isArray(orders)) throw fail(`\`orders\` is ${shown(orders)}; return ${shape}.`, orders, shape);
  return { orders: Array.from<unknown>(orders), memo };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON of a memo: what JSON would drop or change is refused, since a snapshot would lose it. */
function memoText(memo: unknown, fail: Fail): string | undefined {
  if (memo === undefined) return undefined;
  const within = new Set<object>();

  function check(value: unknown, path: string): void {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) refuse(value, path);
      return;
    }
    if (typeof value !== 'object') refuse(value, path);
    // `refuse` left every other type.
    const object = value;
    if (within.has(object)) refuse(value, path, 'an object that contains itself');
    within.add(object);
    if (Array.isArray(value))
      for (const [n, item] of Array.from<unknown>(value).entries()) check(item, `${path}[${n}]`);
    else {
      const prototype: unknown = Object.getPrototypeOf(object);
      const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
      if (!isPlain) refuse(value, path, `a ${object.constructor.name}`);
      if (Object.getOwnPropertySymbols(object).length > 0)
        refuse(value, path, 'an object with a symbol as key');
      for (const [key, part] of Object.entries(object)) if (part !== undefined) check(part, `${path}.${key}`);
    }
    within.delete(object);
  }

  function refuse(value: unknown, path: string, what = shown(value)): never {
    const allowed = 'a JSON value: plain objects, lists, texts, finite numbers, booleans and null';
    throw fail(`\`${path}\` is ${what}, which JSON cannot carry; return ${allowed}.`, value, allowed);
  }

  check(memo, 'memo');
  return JSON.stringify(memo);
}
