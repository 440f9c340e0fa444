import type { Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';

/** Declares `store doctor`. */
export function registerDoctor(program: Command, terminal: Terminal): void {
  const command = program
    .command('doctor')
    .description('Check this machine, the endpoint and the settings; say which value comes from where')
    .action(async (flags: CommonFlags) => {
      const { runDoctor } = await import('./run-doctor.js');
      await runDoctor(flags, program, terminal);
    });
  addCommonOptions(command);
  addExamples(command, [
    ['store doctor', 'what is there, what is missing, what to do'],
    ['AWS_ENDPOINT_URL=http://127.0.0.1:4599 store doctor', 'does that endpoint answer?'],
  ]);
}
