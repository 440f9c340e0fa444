import type { Command } from 'commander';

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
    .option('--verbose', 'say more; errors with their whole trace')
    .option('--no-color', 'no colour (as NO_COLOR=1 does)');
}

/** An example for the end of a command's help: what to type, and what for. */
export type Example = readonly [command: string, purpose: string];

/** Adds examples to the end of a command's help. */
export function addExamples(command: Command, examples: readonly Example[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, purpose]) => `  ${line.padEnd(width)}  ${purpose}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
