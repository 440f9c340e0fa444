import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where `node scripts/prepare-foreign-types.mjs` installs the packages. */
const folder = join(import.meta.dirname, '..', '..', '..', '.foreign-types');

/** A type that a package of npm exports. */
export interface ForeignType {
  readonly packageName: string;
  /** Lines that bring the package into a file. */
  readonly imports: string;
  /** The type in such a file: `L.SQSEvent`. */
  readonly text: string;
  readonly names: 'lower' | 'snake';
}

interface ForeignPackage {
  readonly name: string;
  readonly version: string;
  readonly import: string;
  readonly types: readonly string[];
  readonly snakeTypes?: readonly string[];
}

function readPackages(): readonly ForeignPackage[] {
  const file = join(import.meta.dirname, '..', 'bench', 'foreign-types.json');
  // The file is the repository's own.
  return (JSON.parse(readFileSync(file, 'utf8')) as { packages: readonly ForeignPackage[] }).packages;
}

/** Every type of the list. */
export function foreignTypes(): readonly ForeignType[] {
  return readPackages().flatMap(({ name: packageName, import: imports, types, snakeTypes = [] }) => [
    ...types.map((text) => ({ packageName, imports, text, names: 'lower' }) as const),
    ...snakeTypes.map((text) => ({ packageName, imports, text, names: 'snake' }) as const),
  ]);
}

/** Whether a package of the list is installed. */
export const isInstalled = (packageName: string): boolean =>
  existsSync(join(folder, 'node_modules', packageName, 'package.json'));

/** Writes a file that exports the type as `Subject`, beside the packages, and returns its path. */
export function entryFor({ imports, text }: ForeignType, number: number): string {
  const entries = join(folder, 'entries');
  mkdirSync(entries, { recursive: true });
  const compilerOptions = {
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2023', 'dom'],
    skipLibCheck: true,
    types: ['node'],
  };
  writeFileSync(join(entries, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const entry = join(entries, `type-${number}.ts`);
  writeFileSync(entry, `${imports}\nexport type Subject = ${text};\n`);
  return entry;
}
