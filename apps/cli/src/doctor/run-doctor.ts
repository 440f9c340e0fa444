import type { Command } from 'commander';
import { environmentName } from '../config/apply-settings.js';
import { findProject } from '../config/find-project.js';
import { loadConfig } from '../config/load-config.js';
import type { CommonFlags } from '../options/common-options.js';
import { coloursFor } from '../output/format.js';
import { formatTable, sentences } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import { withCommands } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { runChecks } from './checks.js';

/** A setting and the place that decided it. */
interface Setting {
  readonly command: string;
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** Runs `store doctor`. */
export async function runDoctor(flags: CommonFlags, program: Command, terminal: Terminal): Promise<void> {
  const checks = await runChecks(terminal);
  const loaded = await loadConfig(findProject(terminal.cwd));
  const settings = settingsOf(program, terminal.env, loaded?.config);
  const failed = checks.filter(({ state }) => state === 'fail');
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      ok: failed.length === 0,
      checks,
      configFile: loaded?.path ?? null,
      settings,
    });
  } else {
    const { green, yellow, red, dim, bold } = coloursFor(terminal.stdout, terminal.env);
    const marks = { ok: green('✓'), warn: yellow('!'), fail: red('✗') };
    const told = (text: string): string => sentences(text, terminal, 12);
    const lines = checks.map(
      ({ state, name, detail, fix }) =>
        `${marks[state]} ${name.padEnd(9)} ${told(detail)}${fix === undefined ? '' : `\n${' '.repeat(12)}${dim(told(withCommands(fix, terminal)))}`}`,
    );
    const decided =
      settings.length === 0
        ? 'Every setting has its default.'
        : formatTable(
            [{ title: 'command' }, { title: 'setting' }, { title: 'value' }, { title: 'from' }],
            settings.map(({ command, name, value, from }) => [command, name, value, from]),
            terminal,
          );
    await writeOut(
      terminal.stdout,
      `${lines.join('\n')}\n\n${bold('Settings')}\n${dim(sentences('A flag wins over STORE_… in the environment, that over store.config.ts, that over the default.', terminal))}\n` +
        `${dim(`Configuration file: ${loaded?.path ?? 'none in this folder or above it'}`)}\n${decided}\n`,
    );
  }
  const [first] = failed;
  if (first !== undefined) {
    throw new CliError('DOCTOR_FAILED', `${first.name}: ${first.detail}.`, {
      ...(first.fix === undefined ? {} : { fix: first.fix }),
    });
  }
}

function settingsOf(
  program: Command,
  env: Terminal['env'],
  config: NonNullable<Awaited<ReturnType<typeof loadConfig>>>['config'] | undefined,
): Setting[] {
  const perCommand = new Map(Object.entries(config?.commands ?? {}));
  return program.commands.flatMap((command) =>
    command.options.flatMap((option): Setting[] => {
      const name = option.attributeName();
      const own = perCommand.get(command.name())?.[name];
      const fromEnv = env[environmentName(option)];
      const row = (value: unknown, from: string): Setting[] => [
        { command: command.name(), name, value: String(value), from },
      ];
      if (fromEnv !== undefined && fromEnv !== '') return row(fromEnv, environmentName(option));
      if (own !== undefined) return row(own, `commands.${command.name()}`);
      const shared = config?.all?.[name];
      return shared === undefined ? [] : row(shared, 'all');
    }),
  );
}
