export { replaceFile, syncFile, syncFolder } from './replace-file.js';
