import type { Command } from 'commander';

/** What an exit code means, by code. */
export type ExitCodes = ReadonlyMap<number, string>;

/** What every command ends with. */
export const commonExitCodes: ExitCodes = new Map([
  [0, 'done'],
  [1, 'failed: cause and fix on standard error'],
  [2, 'wrong usage: nothing was begun'],
  [130, 'stopped by Ctrl-C, after accepted events were delivered or listed'],
]);

/** What a command ends with that others do not, by its name behind `store`. */
const ownExitCodes: Readonly<Record<string, ExitCodes>> = {
  emulator: new Map([[0, 'stopped by SIGTERM, with everything acknowledged kept']]),
  ingest: new Map([[3, 'a dry run in which more records are refused than --max-rejects allows']]),
  replay: new Map([[3, 'a dry run in which more records are refused than --max-rejects allows']]),
  doctor: new Map([[1, 'something is wrong: each finding with its fix']]),
  'schema check': new Map([[1, 'type and committed modules differ']]),
  'schema diff': new Map([
    [0, 'the table is as the type says'],
    [1, 'failed, or wrong values'],
    [2, 'a push would make a compatible change; or wrong usage'],
    [3, 'a push would break readers'],
  ]),
  'schema push': new Map([[3, 'refused: the change would break readers']]),
  'schema rollback': new Map([[3, 'refused: the change would break readers']]),
  'world check': new Map([[2, 'the world file is wrong: the place of the value on standard error']]),
};

/** Everything that a command may end with, lowest first. */
export function exitCodesOf(command: Command): readonly (readonly [code: number, meaning: string])[] {
  const own = ownExitCodes[nameBehindStore(command)] ?? new Map<number, string>();
  return [...new Map([...commonExitCodes, ...own])].sort(([a], [b]) => a - b);
}

/** Commands that end with codes of their own, and these codes. */
export const commandsWithOwnExitCodes: ReadonlyMap<string, ExitCodes> = new Map(Object.entries(ownExitCodes));

/** `schema diff` of `store schema diff`. */
function nameBehindStore(command: Command): string {
  const { parent } = command;
  if (parent === null) return '';
  const before = nameBehindStore(parent);
  return before === '' ? command.name() : `${before} ${command.name()}`;
}
