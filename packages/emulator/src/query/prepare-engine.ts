/** Runs one statement of the engine's own. */
export type RunStatement = (sql: string) => Promise<unknown>;

/** What every engine is prepared with, before a statement of a client runs. */
export interface EnginePreparation {
  /** Statements that each connection runs first. */
  readonly settings: readonly string[];
  /** Statements that an engine runs once: macros. */
  readonly macros: readonly string[];
}

/** Makes the macros of an engine. One by one, they cost twice as much. */
export async function prepareEngine({ macros }: EnginePreparation, run: RunStatement): Promise<void> {
  if (macros.length > 0) await run(macros.join(';\n'));
}

/** Sets up a connection, which any other statement waits for. */
export async function prepareConnection({ settings }: EnginePreparation, run: RunStatement): Promise<void> {
  if (settings.length > 0) await run(settings.join(';\n'));
}
