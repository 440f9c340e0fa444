import type { ValidationIssue } from './validation.js';
import { isRecord } from './values.js';

/** Adds what is wrong with a value. */
export function report(
  issues: ValidationIssue[],
  code: string,
  path: ValidationIssue['path'],
  expected: string,
  value: unknown,
): void {
  const message = `Expected \`${path.join('.') || 'value'}\` to be ${expected}, got ${show(value)}`;
  issues.push({ code, path, message });
}

function show(value: unknown): string {
  if (isNumberText(value)) return value.text.slice(0, 60);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  // JSON says null of what is not finite.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  // JSON has no text for undefined, functions and symbols; its declaration does not say so.
  return (JSON.stringify(value) as string | undefined)?.slice(0, 60) ?? 'nothing';
}

/** A number of an exact reading, `JsonNumber` of `@store/foundation`: JSON alone has no functions. */
export function isNumberText(value: unknown): value is { readonly text: string } {
  return isRecord(value) && typeof value.toNumber === 'function';
}
