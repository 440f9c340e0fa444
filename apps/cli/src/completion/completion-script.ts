import type { Command } from 'commander';

/** Shells for which a completion script can be printed. */
export const shells: readonly ['bash', 'zsh', 'fish'] = ['bash', 'zsh', 'fish'];
/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

/** A command's words: what may stand after it. */
interface Node {
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly flags: readonly {
    readonly long: string;
    readonly about: string;
    readonly choices: readonly string[];
  }[];
}

/** The script that a shell reads once (`source <(store completion bash)`); it starts no process while completing. */
export function completionScript(program: Command, shell: Shell): string {
  const nodes = walk(program, '');
  if (shell === 'bash') return bash(nodes);
  if (shell === 'zsh') return `#compdef store\nautoload -U +X bashcompinit && bashcompinit\n${bash(nodes)}`;
  return fish(nodes);
}

function walk(command: Command, path: string): Node[] {
  const commands = command.commands.map((child) => ({ name: child.name(), about: child.description() }));
  const flags = [
    ...command.options.map((option) => ({
      long: option.long ?? option.flags,
      about: option.description,
      choices: option.argChoices ?? [],
    })),
    { long: '--help', about: 'help for this command', choices: [] },
  ];
  const below = command.commands.flatMap((child) => walk(child, `${path} ${child.name()}`.trim()));
  return [{ path, commands, flags }, ...below];
}

function bash(nodes: readonly Node[]): string {
  const words = nodes
    .map(({ path, commands, flags }) => {
      const all = [...commands.map(({ name }) => name), ...flags.map(({ long }) => long)].join(' ');
      return `    '${path}') words='${all}' ;;`;
    })
    .join('\n');
  const choices = nodes
    .flatMap(({ path, flags }) =>
      flags
        .filter((flag) => flag.choices.length > 0)
        .map(({ long, choices: values }) => `    '${path} ${long}') words='${values.join(' ')}' ;;`),
    )
    .join('\n');
  return `_store() {
  local current previous path='' word words=''
  current="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; *) path="\${path:+$path }$word" ;; esac
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

function fish(nodes: readonly Node[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = nodes.flatMap(({ path, commands, flags }) => {
    const here =
      path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1) ?? ''}`;
    return [
      ...commands.map(
        ({ name, about }) => `complete -c store -n ${quote(here)} -f -a ${name} -d ${quote(about)}`,
      ),
      ...flags.map(({ long, about, choices }) => {
        const values = choices.length === 0 ? '' : ` -x -a ${quote(choices.join(' '))}`;
        return `complete -c store -n ${quote(here)} -l ${long.replace(/^--/, '')} -d ${quote(about)}${values}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}
