import { CommanderError, type Command } from 'commander';
import { buildProgram } from './program.js';
import { writeOut } from './output/write-out.js';
import { CliError, interruption, isStop } from './terminal/errors.js';
import { reportError, type ErrorForm } from './terminal/report-error.js';
import type { Terminal } from './terminal/terminal.js';

/**
 * Runs the `store` command.
 *
 * @param args - what is after `store` on the command line.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
 */
export async function runCli(args: readonly string[], given: Terminal): Promise<number> {
  const terminal = isPlain(args) ? { ...given, env: { ...given.env, NO_COLOR: '1' } } : given;
  let help = '';
  let complaint = '';
  const program = buildProgram(
    terminal,
    (text) => {
      help += text;
    },
    (text) => {
      complaint += text;
    },
  );
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : helpAsFlag(program, args), { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      // A bare group of commands (`store restock`): the parser writes its help as if it were an error.
      if (error.code === 'commander.help') return await print(complaint, formOf(program, args), terminal);
      if (error.exitCode === 0) return await print(help, formOf(program, args), terminal);
      return reportError(
        new CliError('USAGE', oneLine(complaint === '' ? error.message : complaint)),
        formOf(program, args),
        terminal,
      );
    }
    if (error instanceof CliError && error.code === 'SAID_ALL') return error.exitCode;
    // Work that waited for something when the person stopped it.
    const cause = isStop(error, terminal.signal)
      ? interruption(terminal.signal, 'The work was not finished.')
      : error;
    return reportError(cause, formOf(program, args), terminal);
  }
}

/** Whether the flag that every command has is there: help and errors have no colour either, before any flag is parsed. */
function isPlain(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).includes('--no-color');
}

/** Writes the help, or the version; a failure to do so is one of the command. */
async function print(text: string, form: ErrorForm, terminal: Terminal): Promise<number> {
  try {
    await writeOut(terminal.stdout, text);
    return 0;
  } catch (error) {
    return reportError(error, form, terminal);
  }
}

/**
 * `store help restock plan` and `store restock help plan` as `store restock plan --help`. Of a name that is no command
 * only the name is left: the parser would answer a `--help` behind it with the help of the group, and call that a success.
 */
function helpAsFlag(command: Command, args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith('-') || command.commands.length === 0) return args;
  if (first === 'help') return helpAsFlag(command, [...rest, '--help']);
  const found = command.commands.find((candidate) => candidate.name() === first);
  return found === undefined ? [first] : [first, ...helpAsFlag(found, rest)];
}

/** The parser may have failed before it knew any flag. */
const formOf = (program: Command, args: readonly string[]): ErrorForm => ({
  json: args.includes('--json'),
  verbose: args.includes('--verbose'),
  command: nameOf(program, args),
});

/** The command that the first arguments name: `store restock plan`. */
function nameOf(program: Command, [first, ...rest]: readonly string[]): string {
  const found = program.commands.find((command) => command.name() === first);
  return found === undefined ? program.name() : `${program.name()} ${nameOf(found, rest)}`;
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
