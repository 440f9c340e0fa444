import type { ViteUserConfig } from 'vitest/config';

/** One plain configuration for the whole repository; run inside a package it serves that package alone. */
const config: ViteUserConfig = {
  // Exactly these two lists: `module` among them would load the AWS SDK's extensionless build and crash.
  resolve: { conditions: ['@store/source'] },
  ssr: { resolve: { conditions: ['@store/source', 'node'] } },
  test: {
    include: ['**/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/cdk.out/**'],
    typecheck: { enabled: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    maxWorkers: 2,
  },
};

export default config;
