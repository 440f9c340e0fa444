import { FirehoseError } from '../errors.js';

/** Another process, or another producer of this one, uses the spool's directory. */
export class SpoolLockedError extends FirehoseError {
  override readonly name = 'SpoolLockedError';
  readonly dir: string;
  constructor(dir: string, holder: string) {
    super(
      'spool_locked',
      `The spool ${dir} is in use by process ${holder}. Give each producer its own \`dir\`.`,
    );
    this.dir = dir;
  }
}

/** The spool has no room, or the disk refuses to take more. */
export class SpoolFullError extends FirehoseError {
  override readonly name = 'SpoolFullError';
  constructor(message: string, cause?: unknown) {
    super('spool_full', `${message} Make room on the disk or raise \`spool.maxBytes\`.`, {
      cause,
      retryable: true,
    });
  }
}

/** The disk does not give back what the spool holds; nothing of it is given up, and it is read again every second. */
export class SpoolUnreadableError extends FirehoseError {
  override readonly name = 'SpoolUnreadableError';
  constructor(dir: string, cause: unknown) {
    super('spool_unreadable', `The spool at ${dir} cannot be read at present. Look after its disk.`, {
      cause,
      retryable: true,
    });
  }
}

/** A part of a segment file is damaged; the other records of the file are whole. */
export class SpoolCorruptError extends FirehoseError {
  override readonly name = 'SpoolCorruptError';
  readonly path: string;
  readonly offset: number;
  constructor(path: string, offset: number, message: string) {
    super('spool_corrupt', `${path} at byte ${offset}: ${message}`);
    this.path = path;
    this.offset = offset;
  }
}
