import type { Command } from 'commander';
import { addCommonOptions, addExamples, type CommonFlags } from '../options/common-options.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Flags of `store doctor`. */
interface DoctorFlags extends CommonFlags {
  readonly data?: string;
  readonly repair?: boolean;
}

/** Declares `store doctor`. */
export function registerDoctor(program: Command, terminal: Terminal): void {
  const command = program
    .command('doctor')
    .description('Check this machine, the endpoint and the settings; say which value comes from where')
    .option(
      '--data <dir>',
      "look at an endpoint's data folder instead: damage, torn writes, what is waiting, who holds it",
    )
    .option(
      '--repair',
      'continue without what is damaged in that folder, and say what is missing; it is kept aside',
    )
    .action(async (flags: DoctorFlags) => {
      if (flags.data === undefined && flags.repair === true) {
        throw new CliError('USAGE', 'Expected --repair to come with --data.', {
          fix: 'Name the folder: `store doctor --data .store/emulator --repair`.',
        });
      }
      if (flags.data === undefined) {
        const { runDoctor } = await import('./run-doctor.js');
        await runDoctor(flags, program, terminal);
        return;
      }
      const { runFolderDoctor } = await import('./folder-doctor.js');
      const { data, repair = false, json = false } = flags;
      await runFolderDoctor({ data, repair, json }, terminal);
    });
  addCommonOptions(command);
  addExamples(command, terminal, [
    ['store doctor', 'what is there, what is missing, what to do'],
    ['store doctor --data .store/emulator', 'is anything damaged in that folder? Ends with 1 if so'],
    ['store doctor --data .store/emulator --repair', 'keeps the damaged bytes aside and continues'],
    ['AWS_ENDPOINT_URL=http://127.0.0.1:4599 store doctor', 'does that endpoint answer?'],
  ]);
}
