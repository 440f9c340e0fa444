import { fileURLToPath } from 'node:url';
import typescript6 from 'typescript';
import typescript5 from 'typescript-5';
import * as typescript7 from 'typescript-7/unstable/sync';

/** Every compiler that must give the same manifest. */
export const compilers: readonly { readonly name: string; readonly typescript: object }[] = [
  { name: 'TypeScript 5.9', typescript: typescript5 },
  { name: 'TypeScript 6.0', typescript: typescript6 },
  { name: 'TypeScript 7.0', typescript: typescript7 },
];

/** Path of a fixture. */
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
