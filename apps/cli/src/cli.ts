import { inertText } from '@store/foundation';
import { CommanderError } from 'commander';
import { buildProgram } from './program.js';
import { coloursFor } from './output/format.js';
import { jsonText } from './output/write-out.js';
import { CliError } from './terminal/errors.js';
import { explainError } from './terminal/explain-error.js';
import type { Terminal } from './terminal/terminal.js';

/**
 * Runs the `store` command.
 *
 * @param args - what stands after `store` on the command line.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let complaint = '';
  const program = buildProgram(terminal, (text) => {
    complaint += text;
  });
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      return report(
        new CliError('USAGE', oneLine(complaint === '' ? error.message : complaint)),
        args,
        terminal,
      );
    }
    if (error instanceof CliError && error.code === 'SAID_ALL') return error.exitCode;
    return report(error, args, terminal);
  }
}

/** Commander says its suggestion on a second line; a usage error of ours is one line. */
function oneLine(complaint: string): string {
  return complaint
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^./, (first) => first.toUpperCase())
    .replace(/[^.?!)]$/, '$&.');
}

function report(error: unknown, args: readonly string[], terminal: Terminal): number {
  const explained = explainError(error);
  const { exitCode, code } = explained;
  if (exitCode === 0) return 0;
  // Names, values and texts of servers stand in them: whatever they hold is shown, and obeyed by no terminal.
  const message = inertText(explained.message, mostCharacters);
  const fix = explained.fix === undefined ? undefined : inertText(explained.fix, mostCharacters);
  if (args.includes('--json')) {
    terminal.stderr.write(`${jsonText({ error: { code, message, fix } })}\n`);
    return exitCode;
  }
  const { red, bold, dim } = coloursFor(terminal.stderr, terminal.env);
  const label = exitCode === 130 ? bold('Stopped.') : red(bold('Error:'));
  const usageHint = exitCode === 2 && fix === undefined ? ` ${dim('See --help.')}` : '';
  terminal.stderr.write(`${label} ${message}${usageHint}\n`);
  if (fix !== undefined) terminal.stderr.write(`${dim('Fix:')} ${fix}\n`);
  // Wrong usage and Ctrl-C are no faults of the code: a trace would say nothing.
  if (exitCode === 1 && args.includes('--verbose') && error instanceof Error)
    terminal.stderr.write(`${dim(trace(error))}\n`);
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
