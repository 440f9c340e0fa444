import { plural } from '../output/format.js';
import { CliError } from './errors.js';

/** How an error ends the process, and what is said about it. */
export interface Explanation {
  /** 0 done, 1 failed, 2 wrong usage, 130 stopped; others where a command documents its own. */
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}

/** The fields that errors of Node, DuckDB, the AWS SDK and our packages may carry. */
interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly path?: string;
  readonly port?: number;
  readonly syscall?: string;
  readonly cause?: unknown;
  /** What happened, where the message continues with what a program does about it. */
  readonly problem?: string;
  /** Facts that errors of our packages carry. */
  readonly details?: { readonly advice?: unknown; readonly events?: unknown };
}

type Words = { readonly message: string; readonly fix: string };
const at = (error: ErrorFields): string => (error.path === undefined ? '' : ` ${error.path}`);
const behind = (error: ErrorFields): string => (error.path === undefined ? '' : `: ${error.path}`);

const anotherPort = 'Choose another with --port; --port 0 takes a free one.';

/** Errors of the operating system, by errno name. */
const systemErrors: Readonly<Record<string, (error: ErrorFields) => Words>> = {
  EADDRINUSE: (error) => ({
    message: `Port ${error.port ?? ''} on 127.0.0.1 is taken by another program.`,
    fix: anotherPort,
  }),
  EACCES: (error) => ({
    message: `No permission for${at(error)}.`,
    fix: 'Get the right to it, or name another place.',
  }),
  EPERM: (error) => ({
    message: `The system does not permit this on${at(error)}.`,
    fix: 'Get the right to it, or name another place.',
  }),
  EROFS: (error) => ({
    message: `The file system of${at(error)} is read-only.`,
    fix: 'Choose a place that you may write to.',
  }),
  ENOSPC: (error) => ({
    message: `No space left on the disk${at(error)}.`,
    fix: 'Free some space, or choose another disk.',
  }),
  EFBIG: (error) => ({
    message: `The file would be larger than is allowed${at(error)}.`,
    fix: 'Raise the limit (`ulimit -f`), or write less.',
  }),
  EIO: (error) => ({ message: `The device reports an error${at(error)}.`, fix: 'Check the disk.' }),
  EMFILE: (error) => ({
    message: `Too many files are open${at(error)}.`,
    fix: 'Raise the limit (`ulimit -n`).',
  }),
  EDQUOT: (error) => ({ message: `The disk quota is used up${at(error)}.`, fix: 'Free some space.' }),
  ENOENT: (error) =>
    // The folder above is there: the file system itself takes none.
    error.syscall === 'mkdir'
      ? {
          message: `No folder can be made there${behind(error)}.`,
          fix: 'Choose a place that you may write to.',
        }
      : { message: `There is no file or folder${at(error)}.`, fix: 'Check the path.' },
  ENOTDIR: (error) => ({ message: `A part of${at(error)} is not a folder.`, fix: 'Check the path.' }),
  EEXIST: (error) => ({
    message: `A file stands where a folder is needed${behind(error)}.`,
    fix: 'Check the path.',
  }),
  ENAMETOOLONG: (error) => ({
    message: `The name is longer than the system takes${behind(error)}.`,
    fix: 'Choose a shorter one.',
  }),
  ELOOP: (error) => ({
    message: `Links lead to each other without end${behind(error)}.`,
    fix: 'Check the path.',
  }),
  EBUSY: (error) => ({
    message: `Another program uses${at(error)}.`,
    fix: 'End it, or name another place.',
  }),
  EISDIR: (error) => ({
    message: `A folder stands where a file is expected${behind(error)}.`,
    fix: 'Check the path.',
  }),
  ECONNREFUSED: () => ({
    message: 'The endpoint does not answer.',
    fix: 'Start it with `store emulator`, or check AWS_ENDPOINT_URL with `store doctor`.',
  }),
  ENOTFOUND: () => ({
    message: 'The host name of the endpoint is unknown.',
    fix: 'Check AWS_ENDPOINT_URL and AWS_REGION with `store doctor`.',
  }),
};

/** The system's folder for temporary files takes none, whatever errno says so. */
const noTemporary = (error: ErrorFields): Words => ({
  message: `No temporary folder can be made${behind(error)}.`,
  fix: 'Set TMPDIR to a folder that you may write to.',
});

/** What DuckDB has in a text of the operating system's errors. */
const systemTexts: readonly (readonly [text: string, code: string])[] = [
  ['No space left on device', 'ENOSPC'],
  ['Too many open files', 'EMFILE'],
  ['File too large', 'EFBIG'],
  ['Disk quota exceeded', 'EDQUOT'],
  ['Input/output error', 'EIO'],
  ['Read-only file system', 'EROFS'],
];

/** The errno name of an error: its code, or what the text of DuckDB's says. */
const errnoOf = ({ code, message }: ErrorFields): string =>
  code ??
  (message.startsWith('IO Error') ? systemTexts.find(([text]) => message.includes(text))?.[1] : '') ??
  '';

/** What a person does about errors of the embedded endpoint, by code; what a program does is in their messages. */
const endpointErrors: Readonly<Record<string, string>> = {
  ADDRESS_IN_USE: anotherPort,
  DATA_DIR_IN_USE: 'Stop the other process, or name another folder.',
  FOLDER_UNUSABLE: 'Name another folder on a local disk that you may write to.',
  NEWER_FORMAT: 'Start that version on it, or name another folder.',
  OLDER_FORMAT: 'Start that release once on this folder and stop it: what it leaves then opens here.',
  DISK_FAILED: 'Start again when the disk, its rights or the limit of open files allow it.',
};

const noCredentials: Words = {
  message: 'No AWS credentials were found.',
  fix: 'Run `aws sso login` or set AWS_PROFILE; for the embedded endpoint set AWS_ENDPOINT_URL (`store emulator` prints it).',
};

/** Errors of the AWS SDK, by name. */
const awsErrors: Readonly<Record<string, (error: ErrorFields) => Words>> = {
  CredentialsProviderError: () => noCredentials,
  ResourceNotFoundException: (error) => ({
    message: error.message,
    fix: 'Check the name and the region; `store emulator` makes one on this machine.',
  }),
  EntityNotFoundException: ({ message }) => {
    const database = /^Database "?([\w-]+)"? not found/.exec(message)?.[1];
    const makes =
      database === undefined
        ? ''
        : `; \`aws glue create-database --database-input Name=${database}\` makes the database`;
    return { message, fix: `Check the names and the region${makes}.` };
  },
  QueueDoesNotExist: (error) => ({ message: error.message, fix: 'Check the name of the queue.' }),
  AccessDeniedException: denied,
  // S3's name for it.
  AccessDenied: denied,
  UnrecognizedClientException: () => ({
    message: 'AWS does not know these credentials.',
    fix: 'Sign in again: `aws sso login`.',
  }),
  ExpiredTokenException: () => ({
    message: 'The AWS credentials have expired.',
    fix: 'Sign in again: `aws sso login`.',
  }),
};

/**
 * IAM's message names the action that was denied: `… is not authorized to perform: firehose:PutRecordBatch on resource: …`. It
 * need not be the call's: a query of Athena may want `glue:GetTable`. Where it names none, the functions name the call.
 */
function denied({ message }: ErrorFields): Words {
  const action =
    /authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1] ??
    /\b[a-z0-9-]+:[A-Z][A-Za-z]+\b/.exec(message)?.[0];
  const producer = action?.startsWith('firehose:') === true;
  const only = producer ? '; the producer needs firehose:PutRecordBatch and nothing else' : '';
  return { message, fix: `Ask for ${action ?? 'the one action that the message names'}${only}.` };
}

/** What a flag of `store schema` says, and no table can have. */
const wrongUsage: ReadonlySet<string> = new Set(['INVALID_OPTION', 'INVALID_PARTITION', 'INVALID_TYPE_TEXT']);

/** Errors of the catalog, by code. */
const catalogErrors: Readonly<Record<string, (error: ErrorFields) => Omit<Explanation, 'code'>>> = {
  ACCESS_DENIED: ({ message, details }) => {
    const advice = typeof details?.advice === 'string' ? details.advice : '';
    return {
      exitCode: 1,
      message: `${message.replace(`; ${advice}`, '')}.`,
      fix: `${advice.replace(/^./, (first) => first.toUpperCase())}.`,
    };
  },
  DATABASE_NOT_FOUND: ({ message }) => ({
    exitCode: 1,
    message: `${message.replace(/;.*$/s, '')}.`,
    fix: 'Check its name and the region, or let the push create it: --create-database.',
  }),
  INCOMPATIBLE_CHANGE: ({ message }) => ({ exitCode: 3, message: `${message}.` }),
  // As a change that readers would not survive.
  UNSUPPORTED_TABLE: ({ message }) => ({ exitCode: 3, message: `${message}.` }),
};

/** Turns any error into an exit code and words; the one place where that is decided. */
export function explainError(error: unknown): Explanation {
  if (error instanceof CliError) {
    const { exitCode, code, message, fix } = error;
    return { exitCode, code, message, ...(fix === undefined ? {} : { fix }) };
  }
  for (const link of causes(error)) {
    const isTemporary = link.syscall === 'mkdtemp' && link.code !== 'ENOSPC';
    const known = isTemporary ? noTemporary : (systemErrors[errnoOf(link)] ?? awsErrors[link.name]);
    if (link.name === 'GlueSchemaError' && wrongUsage.has(link.code ?? ''))
      return { exitCode: 2, code: link.code ?? '', message: link.message };
    if (link.code === 'DELIVERY_FAILED') return { code: link.code, ...undelivered(link) };
    const ofCatalog = link.name === 'GlueSchemaError' ? catalogErrors[link.code ?? ''] : undefined;
    if (ofCatalog !== undefined) return { code: link.code ?? '', ...ofCatalog(link) };
    const fix = link.name === 'EmulatorError' ? endpointErrors[link.code ?? ''] : undefined;
    if (fix !== undefined)
      return { exitCode: 1, code: link.code ?? '', message: link.problem ?? link.message, fix };
    if (known !== undefined)
      return { exitCode: 1, code: errnoOf(link) === '' ? link.name : errnoOf(link), ...known(link) };
    if (link.message.startsWith('Region is missing')) {
      return { exitCode: 1, code: 'NO_REGION', message: 'No AWS region is set.', fix: 'Set AWS_REGION.' };
    }
  }
  const [first] = causes(error);
  return {
    exitCode: 1,
    code: first?.code ?? first?.name ?? 'UNKNOWN',
    message: first?.message ?? String(error),
  };
}

/** Events that could not be delivered, and why the first of them was not; what a command then does again, it says itself. */
function undelivered({ cause, details }: ErrorFields): Omit<Explanation, 'code'> {
  const [refused, behind] = causes(cause);
  // What it was tried for too long for; the limit itself is an option of the producer, not of the command.
  const reason = refused?.code === 'DEADLINE_EXCEEDED' && behind !== undefined ? behind : refused;
  const why = reason === undefined ? undefined : explainError(reason);
  const isForGood = refused?.code === 'POISON_RECORD';
  return {
    exitCode: 1,
    message: `${plural(Number(details?.events ?? 0), 'event')} could not be delivered.${why === undefined ? '' : ` ${why.message}`}`,
    fix: isForGood
      ? 'It would be refused again: take the event out of what is sent.'
      : (why?.fix ?? '`store doctor` checks whether the endpoint answers.'),
  };
}

/** The error and its causes, outermost first; several causes of one kind (an AggregateError) count as their first. */
function causes(error: unknown): ErrorFields[] {
  const chain: ErrorFields[] = [];
  let next = error;
  while (next instanceof Error && chain.length < 8) {
    chain.push(next);
    next = next instanceof AggregateError && next.errors.length > 0 ? next.errors[0] : next.cause;
  }
  return chain;
}
