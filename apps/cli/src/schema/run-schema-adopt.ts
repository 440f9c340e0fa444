import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { proposeMap } from '@store/glue-schema/compiler';
import { diagnosticsJson, diagnosticsText } from './diagnostics-text.js';
import { runBlocking, type SchemaOutput, type SchemaSource } from './flags.js';
import { emissionOf } from './read-type.js';

/** Flags of `store schema adopt`. */
export interface SchemaAdoptOptions extends SchemaSource {
  /** The file that the proposal goes to. @defaultValue standard output */
  readonly out?: string;
}

/** `store schema adopt`: a map file with each diagnosed place. Exit code 0, or 1 where it does not settle everything. */
export function runSchemaAdopt(options: SchemaAdoptOptions, output: SchemaOutput): number {
  const { cwd, out } = options;
  const emission = emissionOf(options);
  const { map, diagnostics } = runBlocking(options, () => proposeMap(emission));
  output.stderr((options.json === true ? diagnosticsJson : diagnosticsText)(diagnostics, options));
  const text = `${JSON.stringify(map, null, 2)}\n`;
  const places = Object.keys(map.overrides ?? {}).length;
  if (out === undefined) output.stdout(text);
  else {
    writeFileSync(resolve(cwd, out), text);
    if (options.json === true) output.stdout(`${JSON.stringify({ written: [out], places })}\n`);
    else if (options.quiet !== true)
      output.stderr(
        `written: ${out}, ${places} ${places === 1 ? 'place' : 'places'}. Read it, then pass it with --map.\n`,
      );
  }
  return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}
