/**
 * Compares the public declarations of every library with its committed report (`*.api.md`), so that a
 * breaking change is a line in review. `--update` writes the reports again.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { libraries } from './libraries.mjs';

const update = process.argv.includes('--update');
const temporary = mkdtempSync(join(tmpdir(), 'store-api-'));
let failures = 0;

for (const library of libraries) {
  for (const { subpath, types } of library.entries) {
    const entry = join(library.path, types);
    const name = subpath === '.' ? library.folder : `${library.folder}-${subpath.slice(2)}`;
    const reportTempFolder = join(temporary, name);
    mkdirSync(reportTempFolder, { recursive: true });
    if (!existsSync(entry)) {
      console.error(`${entry} is missing: run \`npm run build\` first.`);
      process.exit(1);
    }
    const config = ExtractorConfig.prepare({
      configObjectFullPath: join(library.path, 'api-extractor.json'),
      packageJsonFullPath: join(library.path, 'package.json'),
      configObject: {
        projectFolder: library.path,
        mainEntryPointFilePath: entry,
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              target: 'es2023',
              lib: ['es2023', 'esnext.disposable'],
              module: 'nodenext',
              moduleResolution: 'nodenext',
              types: ['node'],
              strict: true,
              skipLibCheck: true,
              noEmit: true,
            },
            files: [entry],
          },
          skipLibCheck: true,
        },
        apiReport: {
          enabled: true,
          reportFileName: `${name}.api.md`,
          reportFolder: library.path,
          reportTempFolder,
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: 'lf',
        messages: {
          compilerMessageReporting: { default: { logLevel: 'error' } },
          extractorMessageReporting: {
            default: { logLevel: 'error' },
            // Everything exported is public here; a release tag on each would say nothing.
            'ae-missing-release-tag': { logLevel: 'none' },
            // A subpath may name types of the main entry; the report shows each such name for review.
            'ae-forgotten-export': { logLevel: 'warning', addToApiReportFile: true },
          },
          tsdocMessageReporting: { default: { logLevel: 'none' } },
        },
      },
    });
    const problems = [];
    const result = Extractor.invoke(config, {
      localBuild: update,
      messageCallback(message) {
        if (message.logLevel === 'error') problems.push(message.formatMessageWithLocation(library.path));
        message.handled = true;
      },
    });
    if (result.apiReportChanged && !update)
      problems.push(
        `${name}.api.md differs from the declarations: run \`npm run check -- --update\` and review the difference.`,
      );
    if (result.errorCount === 0 && (update || !result.apiReportChanged)) continue;
    failures++;
    console.error(`${library.name}${subpath.slice(1)}\n  ${problems.join('\n  ')}`);
  }
}
rmSync(temporary, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);
