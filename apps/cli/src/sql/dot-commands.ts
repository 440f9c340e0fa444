import { layTable } from '../output/table.js';
import type { LakeColumn } from '../query/lake.js';
import { namedSql, queryNames } from '../query/named-queries.js';
import { names } from '../inventory/names.js';
import { CliError, didYouMean } from '../terminal/errors.js';

/** Forms in which a session prints rows. */
export const modes = ['table', 'line', 'csv', 'json'] as const;
/** One of {@link modes}. */
export type Mode = (typeof modes)[number];

/** What a command of the shell may do to its session. */
export interface Screen {
  write(text: string): Promise<void>;
  /** Columns of the lake as they are now. */
  columns(): Promise<readonly LakeColumn[]>;
  /** Sets the form of rows where one is given; returns the one that holds. */
  mode(next?: Mode): Mode;
  /** Turns the time of statements on or off where that is given; returns which holds. */
  timer(next?: boolean): boolean;
  /** Runs one statement. */
  statement(text: string): Promise<void>;
  /** Runs the lines of a file. */
  file(name: string): Promise<void>;
  quit(): void;
}

/** A command of the shell, beside SQL. */
interface DotCommand {
  /** What follows its name in the help. */
  readonly argument: string;
  readonly about: string;
  run(words: readonly string[], screen: Screen): Promise<void> | void;
}

/** Names of the shell's own commands, as they are listed. */
export const dotNames = ['help', 'tables', 'schema', 'mode', 'timer', 'run', 'quit'] as const;
/** One of {@link dotNames}. */
export type DotName = (typeof dotNames)[number];

/** The shell's own commands; each is a line that begins with a dot. */
export const dotCommands: Readonly<Record<DotName, DotCommand>> = {
  help: {
    argument: '',
    about: 'this list',
    run: async (_, screen) => {
      const rows = dotNames.map((name): [string, string] => {
        const { argument, about } = dotCommands[name];
        return [`.${name} ${argument}`.trimEnd(), about];
      });
      const width = Math.max(...rows.map(([left]) => left.length));
      const lines = rows.map(([left, about]) => `${left.padEnd(width)}  ${about}\n`);
      await screen.write(`${lines.join('')}Everything else is SQL, up to its ;\n`);
    },
  },
  tables: {
    argument: '',
    about: 'tables that a statement can name',
    run: async (_, screen) => {
      const tables = new Set((await screen.columns()).map(({ table }) => table));
      await screen.write([...tables].map((table) => `${table}\n`).join(''));
    },
  },
  schema: {
    argument: '[TABLE]',
    about: 'columns and their types',
    run: async ([wanted], screen) => {
      const all = await screen.columns();
      const tables = [...new Set(all.map(({ table }) => table))];
      if (wanted !== undefined && !tables.includes(wanted))
        throw new CliError('USAGE', `There is no table ${wanted}.${didYouMean(wanted, tables)}`, {
          fix: '`.tables` lists them.',
          exitCode: 1,
        });
      const shown = all.filter(({ table }) => wanted === undefined || table === wanted);
      const titles = ['table', 'column', 'type'].map((title) => ({ title }));
      const rows = shown.map(({ table, name, type }) => [table, name, type]);
      await screen.write(`${layTable(titles, rows).text}\n`);
    },
  },
  mode: {
    argument: `[${modes.join('|')}]`,
    about: 'form of the rows; without a name, the one that holds',
    run: async ([wanted], screen) => {
      if (wanted === undefined) {
        await screen.write(`${screen.mode()}\n`);
        return;
      }
      const mode = modes.find((known) => known === wanted);
      if (mode === undefined)
        throw new CliError('USAGE', `Expected .mode ${modes.join(', ')}, got ${wanted}.`);
      screen.mode(mode);
    },
  },
  timer: {
    argument: '[on|off]',
    about: 'print the time that each statement took',
    run: async ([wanted], screen) => {
      if (wanted === undefined) {
        await screen.write(`${screen.timer() ? 'on' : 'off'}\n`);
        return;
      }
      if (wanted !== 'on' && wanted !== 'off')
        throw new CliError('USAGE', `Expected .timer on or off, got ${wanted}.`);
      screen.timer(wanted === 'on');
    },
  },
  run: {
    argument: 'NAME|FILE',
    about: `a named query (${queryNames.join(', ')}), or the lines of a file`,
    run: async ([wanted], screen) => {
      if (wanted === undefined)
        throw new CliError('USAGE', `Expected .run and a file, or one of ${queryNames.join(', ')}.`);
      const named = queryNames.find((name) => name === wanted);
      await (named === undefined ? screen.file(wanted) : screen.statement(namedSql(named, names.table)));
    },
  },
  quit: {
    argument: '',
    about: 'leave, as Ctrl-D does',
    run: (_, screen) => {
      screen.quit();
    },
  },
};

/** Takes a line that begins with a dot apart; the shell knows its command. */
export function readDotCommand(line: string): { readonly name: DotName; readonly words: readonly string[] } {
  const [typed = '', ...words] = line.slice(1).trim().replace(/;$/, '').split(/\s+/);
  const name = dotNames.find((known) => known === typed);
  if (name === undefined)
    throw new CliError('USAGE', `There is no command .${typed}.${didYouMean(typed, dotNames)}`, {
      fix: '`.help` lists them.',
    });
  return { name, words };
}
