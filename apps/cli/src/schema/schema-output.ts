/** Where a schema command writes; the exit code is what it returns. */
export interface SchemaOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** What every schema command that reads a type is told. */
export interface SchemaSource {
  /** The TypeScript file that exports the type. */
  readonly entry: string;
  /** Name of the exported type. */
  readonly type: string;
  /** The project's tsconfig. */
  readonly tsconfig?: string;
  /** `snake` turns `unitPrice` into `unit_price`. */
  readonly names?: 'lower' | 'snake';
  /** The committed schema module, whose column order is kept. */
  readonly committed?: string;
  /** Machine-readable output. */
  readonly json?: boolean;
  /** Relative paths are meant from here. */
  readonly cwd: string;
}
