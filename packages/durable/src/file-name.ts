import { checkText } from './errors.js';
import { platformOf, type Platform } from './platform.js';

/** Naming Files, Paths, and Namespaces (Microsoft, Win32): reserved with any extension. Seen 2026-11. */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
// eslint-disable-next-line no-control-regex -- control characters are among what Windows forbids
const forbidden = /[<>:"/\\|?*%\u0000-\u001f]/g;

const escaped = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * Returns the file name for any text, such as one segment of an object's key: what the system's file systems would
 * refuse, or read as something else, is escaped. {@link fromFileName} gives the text back.
 *
 * @example
 * ```ts
 * import { platformOf, toFileName } from '@store/durable';
 *
 * console.log(toFileName('at=08:00', platformOf('win32')), toFileName('at=08:00', platformOf('linux'))); // at=08%3A00 at=08:00
 * ```
 */
export function toFileName(text: string, platform: Platform = platformOf()): string {
  checkText('text', text);
  if (text === '') return '%';
  if (text === '.' || text === '..') return text.replaceAll('.', '%2E');
  if (platform.forbiddenNames === 'posix') return text.replaceAll('\0', '%00');
  const name = text.replaceAll(forbidden, escaped).replace(/[. ]$/, escaped);
  return reserved.test(name) ? `${escaped(name)}${name.slice(1)}` : name;
}

/**
 * Returns the text that {@link toFileName} made a file name of.
 *
 * @example
 * ```ts
 * import { fromFileName, platformOf } from '@store/durable';
 *
 * console.log(fromFileName('%43ON', platformOf('win32'))); // CON
 * ```
 */
export function fromFileName(name: string, platform: Platform = platformOf()): string {
  checkText('name', name);
  if (name === '%') return '';
  if (platform.forbiddenNames === 'posix') {
    return name === '%2E' || name === '%2E%2E' ? name.replaceAll('%2E', '.') : name;
  }
  return name.replaceAll(/%([0-9A-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
