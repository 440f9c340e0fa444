import type { Command } from 'commander';

/** Shells for which a completion script can be printed. */
export const shells: readonly ['bash', 'zsh', 'fish'] = ['bash', 'zsh', 'fish'];
/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

/** A command's words: what may be after it. */
export interface CompletionWords {
  /** Words after `store`: `restock plan`; empty for the command itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly flags: readonly {
    readonly long: string;
    readonly about: string;
    /** False for a flag that is on or off. */
    readonly takesValue: boolean;
    readonly choices: readonly string[];
  }[];
  /** Values that an argument may have, where they are few. */
  readonly values: readonly string[];
}

/** The script that a shell reads once (`source <(store completion bash)`); it starts no process while completing. */
export function completionScript(program: Command, shell: Shell): string {
  const nodes = completionWords(program);
  if (shell === 'bash') return bash(nodes);
  if (shell === 'zsh') return `#compdef store\nautoload -U +X bashcompinit && bashcompinit\n${bash(nodes)}`;
  return fish(nodes);
}

/** The words of every command, as the shells' scripts hold them. */
export function completionWords(command: Command, path = ''): CompletionWords[] {
  const commands = command.commands.map((child) => ({ name: child.name(), about: child.description() }));
  const flags = [
    ...command.options.map((option) => ({
      long: option.long ?? option.flags,
      about: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    })),
    { long: '--help', about: 'help for this command', takesValue: false, choices: [] },
  ];
  const values = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const below = command.commands.flatMap((child) => completionWords(child, `${path} ${child.name()}`.trim()));
  return [{ path, commands, flags, values }, ...below];
}

function bash(nodes: readonly CompletionWords[]): string {
  const paths = nodes.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join(' | ');
  const words = nodes
    .map(({ path, commands, flags, values }) => {
      const all = [...commands.map(({ name }) => name), ...values, ...flags.map(({ long }) => long)];
      return `    '${path}') words='${all.join(' ')}' ;;`;
    })
    .join('\n');
  // No words for a flag with a free value: then files are offered.
  const choices = nodes
    .flatMap(({ path, flags }) =>
      flags
        .filter(({ takesValue }) => takesValue)
        .map(({ long, choices: some }) => `    '${path} ${long}') words='${some.join(' ')}' ;;`),
    )
    .join('\n');
  return `_store() {
  local current previous path='' next word words=''
  current="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case "$next" in ${paths}) path="$next" ;; esac
  done
  case "$path" in
${words}
  esac
  case "$path $previous" in
${choices}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ \${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _store store
`;
}

function fish(nodes: readonly CompletionWords[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = nodes.flatMap(({ path, commands, flags, values }) => {
    const here =
      path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1) ?? ''}`;
    return [
      ...commands.map(
        ({ name, about }) => `complete -c store -n ${quote(here)} -f -a ${name} -d ${quote(about)}`,
      ),
      ...values.map((value) => `complete -c store -n ${quote(here)} -f -a ${value}`),
      ...flags.map(({ long, about, takesValue, choices }) => {
        const taken = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c store -n ${quote(here)} -l ${long.replace(/^--/, '')} -d ${quote(about)}${taken}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}
