import { fileURLToPath } from 'node:url';
import { createStoreApp } from './app.js';

createStoreApp({ bundles: fileURLToPath(new URL('../dist', import.meta.url)) }).synth();
