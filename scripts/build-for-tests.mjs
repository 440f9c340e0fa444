/** What vitest runs before the tests that use built files, and only when one of them is asked for. */
import { buildDeclarations, buildPackages } from './build.mjs';

export default function setup() {
  if (buildPackages() !== 0) throw new Error('The build failed; see above.');
  // Some of these tests pack the libraries, at the same time: their declarations must be there before.
  if (buildDeclarations() !== 0) throw new Error('The declarations could not be written; see above.');
}
