import { FirehoseError } from '../errors.js';

/** Another process, or another producer of this one, uses the spool's directory. */
export function spoolLockedError(dir: string, holder: string, cause: unknown): FirehoseError {
  const message = `The spool ${dir} is in use by ${holder}. Give each producer its own \`dir\`.`;
  return new FirehoseError('SPOOL_LOCKED', message, { cause, details: { dir } });
}

/** The spool has no room, or the disk refuses to take more. */
export function spoolFullError(message: string, cause?: unknown): FirehoseError {
  const advice = 'Make room on the disk or raise `spool.maxBytes`.';
  return new FirehoseError('SPOOL_FULL', `${message} ${advice}`, { cause, retryable: true });
}

/** The disk does not give back what the spool holds; nothing of it is given up, and it is read again every second. */
export function spoolUnreadableError(dir: string, cause: unknown): FirehoseError {
  const message = `The spool at ${dir} cannot be read at present. Check its disk.`;
  return new FirehoseError('SPOOL_UNREADABLE', message, { cause, retryable: true, details: { dir } });
}

/** A part of a segment file is damaged; the other records of the file are whole. */
export function spoolCorruptError(path: string, offset: number, message: string): FirehoseError {
  return new FirehoseError('SPOOL_CORRUPT', `${path} at byte ${offset}: ${message}`, {
    details: { path, offset },
  });
}

/** Another release has written the spool, in a form that this one does not read. */
export function spoolFormatError(dir: string, cause?: unknown): FirehoseError {
  const message =
    `The spool ${dir} holds records in the form of another release. Nothing was changed. ` +
    'Let a producer of that release deliver them (open it on the spool and close it), or use another `spool.dir`.';
  return new FirehoseError('SPOOL_FORMAT', message, { cause, details: { dir } });
}
