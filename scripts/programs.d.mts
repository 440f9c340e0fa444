/** Root of the repository. */
export const root: string;
/** Path of the JavaScript file that starts a program which `folder`, or else the root, depends on. */
export function programPath(name: string, folder?: string): string;
/** npm, or npx, as the JavaScript file that Node runs. */
export function npmPath(name?: 'npm' | 'npx'): string;
/** The environment of every program: no telemetry, and pnpm in the path, since turbo looks for it there. */
export function environment(
  more?: Readonly<Record<string, string>>,
  from?: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined>;
