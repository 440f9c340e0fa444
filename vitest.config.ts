import type { ViteUserConfig } from 'vitest/config';

/** Tests that use what is built: the command as installed, the page, the bundles, the packed packages. */
const built = '**/test/**/*.built.test.ts';

/**
 * One configuration for the whole repository. Tests read the packages from their sources; only those of the
 * project `built`, whose names say so, wait for a build, and only when one of them is asked for.
 */
const config: ViteUserConfig = {
  // Exactly these two lists: `module` among them would load the AWS SDK's extensionless build and crash.
  resolve: { conditions: ['@store/source'] },
  ssr: { resolve: { conditions: ['@store/source', 'node'] } },
  test: {
    typecheck: { enabled: false },
    // A net for what hangs. What a test waits for ends it, on a machine as loaded as it may be.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // More than CI has cores: many tests wait for a process or for a limit in time, and three left a third of two cores idle.
    maxWorkers: 5,
    // No test changes what another one sees (none mocks a module), and modules are read once a worker, not once a file:
    // a third less CPU (37 s, not 57, for the tests of five libraries).
    isolate: false,
    unstubEnvs: true,
    exclude: ['**/node_modules/**', '**/dist/**', '**/cdk.out/**'],
    projects: [
      { extends: true, test: { name: 'source', include: ['**/test/**/*.test.ts'], exclude: [built] } },
      {
        extends: true,
        test: {
          name: 'built',
          include: [built],
          globalSetup: [`${import.meta.dirname}/scripts/build-for-tests.mjs`],
        },
      },
    ],
  },
};

export default config;
