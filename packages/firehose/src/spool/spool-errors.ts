import { FirehoseError } from '../errors.js';

/** Another process, or another producer of this one, uses the spool's directory. */
export function spoolLockedError(dir: string, holder: string, cause: unknown): FirehoseError {
  const message = `The spool ${dir} is in use by ${holder}. Give each producer its own \`dir\`.`;
  return new FirehoseError('SPOOL_LOCKED', message, { cause, details: { dir } });
}

/** The spool holds as much as it may, or the disk is full. */
export function spoolFullError(message: string, dir: string, cause?: unknown): FirehoseError {
  const advice = 'Make room on the disk or raise `spool.maxBytes`.';
  return new FirehoseError('SPOOL_FULL', `${message} ${advice}`, {
    cause,
    retryable: true,
    details: { dir },
  });
}

/** A record was not written for another reason than a lack of room; it stays in memory, and the next write is tried. */
export function spoolWriteError(dir: string, cause: unknown): FirehoseError {
  const message = `The spool ${dir} could not be written: ${said(cause)}. Check its disk, its rights and the limit of open files.`;
  return new FirehoseError('SPOOL_WRITE', message, { cause, retryable: true, details: { dir } });
}

/** The disk did not confirm what was written: nothing that the spool takes from here on survives a power failure for sure. */
export function spoolSyncError(dir: string, cause: unknown): FirehoseError {
  const message = `The disk did not confirm a write to the spool ${dir}: ${said(cause)}. Check the disk and create another producer on it.`;
  return new FirehoseError('SPOOL_NOT_SYNCED', message, { cause, details: { dir } });
}

/** A file of delivered records is still there: the next producer on the directory sends them again. */
export function spoolRemoveError(dir: string, cause: unknown): FirehoseError {
  const message = `A file of delivered records stays in the spool ${dir}: ${said(cause)}. They may be sent again.`;
  return new FirehoseError('SPOOL_NOT_REMOVED', message, { cause, retryable: true, details: { dir } });
}

/** What was delivered could not be noted: the next producer on the directory may send it again. */
export function spoolAcknowledgementsError(dir: string, cause: unknown): FirehoseError {
  const message = `The acknowledgements of the spool ${dir} could not be written: ${said(cause)}. Delivered records may be sent again.`;
  return new FirehoseError('SPOOL_ACKNOWLEDGEMENTS', message, { cause, retryable: true, details: { dir } });
}

/** The directory cannot hold a spool at all. */
export function spoolUnusableError(dir: string, cause: unknown): FirehoseError {
  const message = `The spool ${dir} cannot be used: ${said(cause)}. Use a directory on a local disk that this process may write.`;
  return new FirehoseError('SPOOL_UNUSABLE', message, { cause, details: { dir } });
}

const said = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');

/** The disk does not give back what the spool holds; nothing of it is dropped, and it is read again every second. */
export function spoolUnreadableError(dir: string, cause: unknown): FirehoseError {
  const message = `The spool at ${dir} cannot be read at present. Check its disk.`;
  return new FirehoseError('SPOOL_UNREADABLE', message, { cause, retryable: true, details: { dir } });
}

/** A part of a segment file is damaged; the other records of the file are complete. */
export function spoolCorruptError(
  path: string,
  offset: number,
  message: string,
  cause?: unknown,
): FirehoseError {
  return new FirehoseError('SPOOL_CORRUPT', `${path} at byte ${offset}: ${message}`, {
    cause,
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
