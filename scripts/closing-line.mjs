/**
 * A vitest reporter that prints the totals alone on the last line, `N passed, N failed`, and writes them to
 * the file that STORE_TOTALS names, so that .ci/run can repeat them after the checks that follow the tests.
 */
import { writeFileSync } from 'node:fs';

export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state in count) count[state]++;
        tests++;
      }
      // A file that fails to import has no tests, yet it failed.
      if (tests === 0 && module.state() === 'failed') count.failed++;
    }
    const line = `${count.passed} passed, ${count.failed} failed`;
    if (process.env.STORE_TOTALS) writeFileSync(process.env.STORE_TOTALS, `${line}\n`);
    process.on('exit', () => {
      if (count.skipped > 0) console.log(`${count.skipped} skipped`);
      console.log(line);
    });
  }
}
