import { dosCodePages } from './dos-code-pages.js';
import type { SingleByteName } from './encodings.js';

/**
 * The characters of the bytes 0x80 to 0x9F in windows-1252; U+FFFD where the byte stands for none. A `TextDecoder` of
 * Node 20.18.3 to 20.20, 22.13 and the first 24 gives C1 controls for them when it decodes in one go
 * (nodejs/node 60888, seen on 20.20.2 in November 2026).
 */
const windows1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

/** Code of the character that a byte without one is read as. */
export const noCharacter = 0xfffd;

const tables = new Map<SingleByteName, Uint16Array>();

/** Returns the code of each byte's character in an encoding of single bytes; {@link noCharacter} where it has none. */
export function codePage(name: SingleByteName): Uint16Array {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = new Uint16Array(256);
  // All of them begin with ASCII, which some decoders bend (0x1C of ibm866).
  for (let byte = 0; byte < 128; byte++) table[byte] = byte;
  const dos = Object.entries(dosCodePages).find(([page]) => page === name)?.[1];
  if (dos === undefined) fillByDecoder(name, table);
  else for (let n = 0; n < 128; n++) table[128 + n] = dos.charCodeAt(n);
  tables.set(name, table);
  return table;
}

function fillByDecoder(name: SingleByteName, table: Uint16Array): void {
  const decoder = new TextDecoder(name);
  for (let byte = 128; byte < 256; byte++) {
    // Streaming takes the way through the decoder's own table, which is right in every version.
    const text = decoder.decode(Uint8Array.of(byte), { stream: true });
    table[byte] = text.length === 1 ? text.charCodeAt(0) : noCharacter;
  }
  if (name === 'windows-1252') {
    for (let n = 0; n < windows1252.length; n++) table[0x80 + n] = windows1252.charCodeAt(n);
  } else {
    // What the standard fills with a control of C1 stands for nothing in the code page itself.
    const controls = name.startsWith('windows-') || name === 'macintosh' || name === 'x-mac-cyrillic';
    for (let byte = 0x80; byte < 0xa0 && controls; byte++)
      if (table[byte] === byte) table[byte] = noCharacter;
  }
}

const bytesOf = new Map<SingleByteName, ReadonlyMap<number, number>>();

/** Returns the byte of each character, by its code, in an encoding of single bytes. */
export function codePageBytes(name: SingleByteName): ReadonlyMap<number, number> {
  const known = bytesOf.get(name);
  if (known !== undefined) return known;
  const bytes = new Map<number, number>();
  for (const [byte, code] of codePage(name).entries()) {
    if (code !== noCharacter && !bytes.has(code)) bytes.set(code, byte);
  }
  bytesOf.set(name, bytes);
  return bytes;
}
