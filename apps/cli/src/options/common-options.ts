import type { Command } from 'commander';
import { commandList, type Example } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';

/** Flags that every command has. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Adds the flags that every command has. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress and no notes')
    .option('--verbose', 'verbose output, with stack traces')
    .option('--no-color', 'no colour (as NO_COLOR=1 does)');
}

/** Adds examples to the end of a command's help, as the person has to type them. */
export function addExamples(
  command: Command,
  terminal: Pick<Terminal, 'started' | 'stdout'>,
  examples: readonly Example[],
): Command {
  return command.addHelpText('after', () => `\nExamples:\n${commandList(examples, terminal)}`);
}
