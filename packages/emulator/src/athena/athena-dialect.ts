import type { Dialect } from '../wire/dialect.js';
import type { Refusals } from '../wire/check-request.js';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { ServiceError } from '../wire/service-error.js';

/**
 * AWS JSON as Athena writes it: an InvalidRequestException has a code of its own beside the exception's, under two
 * names, and the message is `Message`. Source: measured by the project athena-local (2026-09).
 */
export function athenaDialect(): Dialect {
  const json = jsonDialect('1.1', undefined, undefined, 'Message');
  return {
    ...json,
    writeError(exchange, error) {
      json.writeError(exchange, withErrorCode(error));
    },
  };
}

function withErrorCode(error: ServiceError): ServiceError {
  if (error.code !== 'InvalidRequestException') return error;
  const { AthenaErrorCode = 'INVALID_INPUT' } = error.facts;
  return new ServiceError(error.code, error.message, error.status, {
    AthenaErrorCode,
    ErrorCode: AthenaErrorCode,
  });
}

/** Refuses as Athena does: it writes the members of a request with a small first letter. */
export function athenaRefusals(): Refusals {
  const refusals = refusalsOf({
    service: 'Athena',
    unknownAction: 'UnknownOperationException',
    wrongType: 'InvalidRequestException',
    violated: 'InvalidRequestException',
  });
  return {
    ...refusals,
    violated: (violations) =>
      refusals.violated(violations.map((one) => ({ ...one, path: withSmallLetters(one.path) }))),
  };
}

function withSmallLetters(path: string): string {
  return path.replaceAll(
    /(^|\.)([A-Z])/g,
    (_, dot: string, letter: string) => `${dot}${letter.toLowerCase()}`,
  );
}
