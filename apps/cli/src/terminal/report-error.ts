import { inertText } from '@store/foundation';
import { coloursFor } from '../output/format.js';
import { jsonText } from '../output/write-out.js';
import { explainError } from './explain-error.js';
import { withCommands } from './printed-command.js';
import type { Terminal } from './terminal.js';

/** How an error is printed. */
export interface ErrorForm {
  /** As one JSON document. */
  readonly json: boolean;
  /** With a stack trace, where the command failed. */
  readonly verbose: boolean;
  /** The command whose help says what was expected, such as `store demo`. */
  readonly command?: string;
}

/** Prints an error with its fix on standard error; returns the exit code that it stands for. */
export function reportError(error: unknown, form: ErrorForm, terminal: Terminal): number {
  const { json, verbose, command } = form;
  const explained = explainError(error);
  const { exitCode, code } = explained;
  if (exitCode === 0) return 0;
  // Names, values and texts of servers are in them: whatever they hold is shown, and obeyed by no terminal.
  const shown = (text: string): string => inertText(withCommands(text, terminal), mostCharacters);
  const message = shown(explained.message);
  const fix = explained.fix === undefined ? undefined : shown(explained.fix);
  if (json) {
    terminal.stderr.write(`${jsonText({ error: { code, message, fix } })}\n`);
    return exitCode;
  }
  const { red, bold, dim } = coloursFor(terminal.stderr, terminal.env);
  const label = exitCode === 130 ? bold('Stopped.') : red(bold('Error:'));
  const usageHint =
    exitCode === 2 && fix === undefined && command !== undefined
      ? `${/[.?!]$/.test(message) ? '' : '.'} ${dim(withCommands(`See \`${command} --help\`.`, terminal))}`
      : '';
  terminal.stderr.write(`${label} ${message}${usageHint}\n`);
  if (fix !== undefined) terminal.stderr.write(`${dim('Fix:')} ${fix}\n`);
  // Wrong usage and Ctrl-C are no faults of the code: a trace would say nothing.
  if (exitCode === 1 && verbose && error instanceof Error) terminal.stderr.write(`${dim(trace(error))}\n`);
  return exitCode;
}

/** Characters of a message that are shown. */
const mostCharacters = 4000;

function trace(error: Error): string {
  // The message comes first in a stack, and only the lines behind it are Node's.
  const stack = (error.stack ?? '').slice((error.stack ?? '').indexOf('\n    at '));
  const own = `${error.name}: ${inertText(error.message, mostCharacters)}${stack
    .split('\n')
    .map((line) => inertText(line))
    .join('\n')}`;
  return error.cause instanceof Error ? `${own}\nCaused by: ${trace(error.cause)}` : own;
}
