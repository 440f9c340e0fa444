import { ServiceError } from '../wire/service-error.js';

/** A field that breaks the service's model. */
export function invalid(message: string): ServiceError {
  return new ServiceError(
    message.startsWith('1 validation error') ? 'ValidationException' : 'InvalidInputException',
    message,
  );
}

/** Something that is not in the catalog. */
export function notFound(what: string): ServiceError {
  return new ServiceError('EntityNotFoundException', `${what} not found.`);
}

/** Something that is in the catalog already. */
export function alreadyExists(what: string): ServiceError {
  return new ServiceError('AlreadyExistsException', `${what} already exists.`);
}
