/** Runs one statement of the engine's own. */
export type RunStatement = (sql: string) => Promise<unknown>;

/** A macro that statements may call. */
export interface EngineMacro {
  readonly name: string;
  /** Macros that it calls. */
  readonly uses: readonly string[];
  /** The statement that makes a macro of the same name that takes any arguments. */
  readonly placeholder: string;
  /** The statement that makes the macro itself. */
  readonly statement: string;
}

/** What every engine is prepared with, before a statement of a client runs. */
export interface EnginePreparation {
  /** Statements that each connection runs first. */
  readonly settings: readonly string[];
  /** Macros, in the order in which they are made. */
  readonly macros: readonly EngineMacro[];
}

/**
 * Prepares one engine: its connections, and the macros that statements call. All macros at the same time cost
 * a process 110 ms of CPU; those of a statement cost 1 to 10 ms, once.
 */
export class PreparedEngine {
  readonly #settings: readonly string[];
  readonly #macros: readonly EngineMacro[];
  readonly #byName: ReadonlyMap<string, EngineMacro>;
  readonly #made = new Set<string>();

  constructor({ settings, macros }: EnginePreparation) {
    this.#settings = settings;
    this.#macros = macros;
    this.#byName = new Map(macros.map((macro) => [macro.name, macro]));
  }

  /** Sets up a connection and makes the macros that the statements call. Await it before running the statements. */
  async prepare(run: RunStatement, statements: readonly string[]): Promise<void> {
    const macros = this.#missing(statements);
    // DuckDB checks a body when its macro is made, and what the body calls must take anything at that time: first
    // placeholders for all, then the macros themselves. One that stays a placeholder would answer with its argument.
    const work = [
      ...this.#settings,
      ...macros.map(({ placeholder }) => placeholder),
      ...macros.map(({ statement }) => statement),
    ];
    for (const { name } of macros) this.#made.delete(name);
    // Run one by one, they cost twice as much.
    if (work.length > 0) await run(work.join(';\n'));
    for (const { name } of macros) this.#made.add(name);
  }

  /** Returns the macros that the statements call, directly or not, and that are not made yet. */
  #missing(statements: readonly string[]): readonly EngineMacro[] {
    const called = statements.flatMap((sql) => [...sql.matchAll(/\b\w+(?=\s*\()/g)].map(([name]) => name));
    const work = called.filter((name) => !this.#made.has(name));
    const wanted = new Set<string>();
    for (let name = work.pop(); name !== undefined; name = work.pop()) {
      const macro = wanted.has(name) ? undefined : this.#byName.get(name);
      if (macro === undefined) continue;
      wanted.add(name);
      work.push(...macro.uses);
    }
    return this.#macros.filter(({ name }) => wanted.has(name));
  }
}
