import { EmulatorError } from '@store/emulator';
import { existsSync } from 'node:fs';
import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';

/**
 * What went wrong with a statement, in the words of the command. DuckDB names its errors in the text: "Catalog Error:
 * Table with name x does not exist! Did you mean …".
 */
export function explainQueryError(error: unknown): unknown {
  if (!(error instanceof EmulatorError)) return error;
  const { cause } = error;
  if (error.code === 'QUERY_LIMIT') {
    return new CliError('QUERY_LIMIT', error.message, {
      fix: 'Raise the time with --timeout SECONDS or the memory with --memory MIB, or ask for less.',
      cause,
    });
  }
  if (error.code === 'QUERY_REFUSED') {
    return new CliError('BAD_SQL', error.message, {
      fix: 'Write a SELECT over the table; --output writes its rows to a file.',
      cause,
    });
  }
  // Behind the sentence DuckDB draws the place in the statement.
  const [message = ''] = error.message.trim().split('\n\nLINE');
  if (/^(Parser|Binder|Catalog|Conversion) Error/.test(message)) {
    return new CliError('BAD_SQL', message.replaceAll('\n', ' '), {
      fix: `The events are in the table ${names.table}; the statement \`describe ${names.table}\` lists its columns.`,
      cause,
    });
  }
  const damaged = /^(?:Invalid Input|IO) Error.*?["']([^"']+\.parquet)["']/.exec(message)?.[1];
  if (damaged !== undefined) {
    const isGone = !existsSync(damaged);
    const problem = isGone
      ? 'is gone: an endpoint delivered it, and nobody deleted it there'
      : 'cannot be read as Parquet';
    return new CliError('NO_SOURCE', `${damaged} ${problem}.`, {
      fix: isGone
        ? 'Bring the file back from a copy. Without it, the others can be queried after `store doctor --data DIR --repair`.'
        : 'Bring the file back from a copy. Without it, the others can be queried: move it to another folder.',
      cause,
    });
  }
  return error;
}
