import { HandlerError } from './errors.js';

/** Settings of a function, as Lambda hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that must be there. @throws HandlerError `INVALID_CONFIG` */
export function requiredText(env: Environment, name: string): string {
  const value = optionalText(env, name);
  if (value === undefined) throw invalid(name, 'to be set');
  return value;
}

/** A setting that may be left out; empty counts as left out. */
export function optionalText(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/** Names separated by commas. @throws HandlerError `INVALID_CONFIG` */
export function nameList(env: Environment, name: string): readonly string[] {
  const names = requiredText(env, name)
    .split(',')
    .map((part) => part.trim());
  if (names.some((part) => !/^[\w.-]+$/.test(part))) throw invalid(name, 'to be names separated by commas');
  return names;
}

/** A whole number between two bounds. @throws HandlerError `INVALID_CONFIG` */
export function wholeNumber(
  env: Environment,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const text = optionalText(env, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw invalid(name, `to be a whole number from ${least} to ${most}`);
}

/** The name is told, the value is not: it may be a secret. */
export const invalid = (name: string, expected: string): HandlerError =>
  new HandlerError('INVALID_CONFIG', `Expected the environment variable ${name} ${expected}.`);
