import { isUtf8 } from 'node:buffer';
import { emulatorLimits } from './request-limits.js';
import { ServiceError } from './service-error.js';

/** Reads the parameters of a form, in order; what is no form, or has too many of them, is refused. */
export function parseForm(body: Buffer): readonly (readonly [name: string, value: string])[] {
  if (!isUtf8(body)) throw malformed('The form is not valid UTF-8.');
  const parts = body.toString().split('&', emulatorLimits.formParameters + 1);
  if (parts.length > emulatorLimits.formParameters) {
    throw malformed(`Expected at most ${emulatorLimits.formParameters} parameters.`);
  }
  const names = new Set<string>();
  return parts.filter(Boolean).map((part) => {
    const equals = part.indexOf('=');
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    if (names.has(name)) throw malformed(`The parameter ${name.slice(0, 100)} is given more than once.`);
    names.add(name);
    return [name, equals < 0 ? '' : decoded(part.slice(equals + 1))];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw malformed('A parameter is not valid UTF-8 in the form of %XX.');
  }
}

/** The error for a form that cannot be read. */
export function malformed(message: string): ServiceError {
  return new ServiceError('MalformedQueryString', message);
}
