#!/usr/bin/env node
// Read by the AWS SDK when it loads: its notice about Node 20 is for developers, not for users of the command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
await import('../dist/main.js');
