import ts from 'typescript';
import * as runtime from '../src/runtime/index.js';

/** Runs the text of a generated module, with our runtime entry as its only import. */
export function loadGenerated(source: string): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, unknown> = {};
  // Tests alone evaluate text; what is generated is compiled like any other module.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- see above
  new Function('exports', 'require', outputText)(exports, () => runtime);
  return exports;
}
