import { JsonNumber } from '@store/foundation';

/**
 * Which parts of a record keep every digit: `long`, a whole number that a double holds; `digits`, one that is text;
 * `decimal`; the members of an object; each item of an array or map.
 */
export type ExactPlan =
  | 'long'
  | 'digits'
  | 'decimal'
  | { readonly members: Readonly<Record<string, ExactPlan>> }
  | { readonly each: ExactPlan };

/**
 * Gives each number of an exact reading the form that its column has: digits as text where a double would round them,
 * a double where the column is one. What its column cannot hold stays a {@link JsonNumber}, for a rule to refuse.
 */
export function settleNumbers(value: unknown, plan: ExactPlan | undefined): unknown {
  if (plan === undefined) return inDoubles(value);
  if (plan === 'long') return value instanceof JsonNumber ? toLong(value) : value;
  if (plan === 'digits') return toDigits(value);
  if (plan === 'decimal') return value instanceof JsonNumber ? plainDigits(value.text) : value;
  if (value instanceof JsonNumber) return value.toNumber();
  if (typeof value !== 'object' || value === null) return value;
  // What was read from JSON has string keys; the reader's value is nobody else's, so it is changed in place.
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(members)) {
    const inner =
      'each' in plan ? plan.each : Object.hasOwn(plan.members, key) ? plan.members[key] : undefined;
    const settled = settleNumbers(members[key], inner);
    if (settled !== members[key]) set(members, key, settled);
  }
  return members;
}

function set(members: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(members, key, { value });
  else members[key] = value;
}

/** Every number below as a double, with a stack of its own: no plan bounds the depth here. */
function inDoubles(root: unknown): unknown {
  if (root instanceof JsonNumber) return root.toNumber();
  const open: unknown[] = [root];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    // What was read from JSON has string keys.
    const members = item as Record<string, unknown>;
    for (const [key, each] of Object.entries(members)) {
      if (each instanceof JsonNumber) set(members, key, each.toNumber());
      else if (typeof each === 'object') open.push(each);
    }
  }
  return root;
}

function toLong(number: JsonNumber): number | JsonNumber {
  const digits = plainDigits(number.text);
  return wholeNumber.test(digits) && Number.isSafeInteger(Number(digits)) ? Number(digits) : number;
}

function toDigits(value: unknown): unknown {
  if (typeof value !== 'number' && !(value instanceof JsonNumber)) return value;
  const digits = plainDigits(String(value));
  return wholeNumber.test(digits) ? digits : value;
}

const wholeNumber = /^-?[0-9]+$/;
const form = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;
/** Zeros that an exponent may add: more than any column has digits. */
const MOST_ZEROS = 100;

/** A number's own digits without an exponent: `1.50e3` is `1500`. One of more zeros than any column has stays as it is. */
function plainDigits(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = form.exec(text) ?? [];
  const shift = Number(exponent);
  if (Math.abs(shift) > MOST_ZEROS) return text;
  const all = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction}${'0'.repeat(Math.max(0, shift))}`;
  const point = Math.max(0, -shift) + whole.length + shift;
  const before = all.slice(0, point).replace(/^0+(?=[0-9])/, '');
  const after = all.slice(point).replace(/0+$/, '');
  return after === '' ? sign + before : `${sign}${before}.${after}`;
}
