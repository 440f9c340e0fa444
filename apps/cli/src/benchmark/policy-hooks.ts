import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadHook, ResolveHook } from 'node:module';

/**
 * Hooks of the module loader for policy files: Node 20 reads no TypeScript. A file of types only costs nothing, since its
 * imports are left out; `@store/generator` is the command's own where the project has none.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (specifier === '@store/generator')
      return { url: new URL('./generator.js', import.meta.url).href, shortCircuit: true };
    const written = writtenAs(specifier, context.parentURL);
    if (written === undefined) throw error;
    return { url: written, shortCircuit: true };
  }
};

/** The TypeScript file that an import without it means: `./levels` and `./levels.js` are `./levels.ts`. */
function writtenAs(specifier: string, parent: string | undefined): string | undefined {
  if (!/^\.{1,2}\//.test(specifier) || parent === undefined) return undefined;
  const { href } = new URL(specifier, parent);
  const candidates = [href.replace(/\.(m?)js$/, '.$1ts'), `${href}.ts`, `${href}.mts`, `${href}/index.ts`];
  return candidates.find((url) => url !== href && existsSync(fileURLToPath(url)));
}

/** Transpiles TypeScript; the compiler is loaded with the first such file, since it costs a second. */
export const load: LoadHook = async (url, context, next) => {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  const { default: ts } = await import('typescript');
  const fileName = fileURLToPath(url);
  const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(fileName, 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      inlineSourceMap: true,
    },
    fileName,
    reportDiagnostics: true,
  });
  const [first] = diagnostics;
  if (first !== undefined) {
    const { line } = first.file?.getLineAndCharacterOfPosition(first.start ?? 0) ?? { line: 0 };
    throw new SyntaxError(
      `${fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`,
    );
  }
  return { format: 'module', source: outputText, shortCircuit: true };
};
