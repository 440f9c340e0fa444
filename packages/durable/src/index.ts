export { DurableError, type DurableErrorCode, type DurableErrorFacts } from './errors.js';
export { fromFileName, toFileName } from './file-name.js';
export { lockFolder, type FolderLock } from './folder-lock.js';
export { logDefaults, type CompactOptions, type LogOptions } from './log-options.js';
export type { Log } from './log.js';
export { openLog } from './open-log.js';
export { platformOf, type Platform } from './platform.js';
export type { LogDamage, LogEntry, LogPosition, Recovery, TornTail } from './recover.js';
export { replaceFile, syncFile, syncFolder } from './replace-file.js';
