import { fromFileName, toFileName, type Platform } from '@store/durable';

/** Longest name of a file or folder on the usual file systems (ext4, XFS, APFS, NTFS: 255), less some room. */
const LONGEST_NAME_BYTES = 240;
/** Begins a name whose text is escaped; earlier releases wrote none that begins so. */
const ESCAPED = '%%';
/** Ends a name that continues in the one below it. */
const GOES_ON = '%+';
/** Says nothing: tells a name from that of a file or folder that is there already. */
const OTHER = '%-';

// eslint-disable-next-line no-control-regex -- control characters are among what is escaped
const unsafe = { posix: /[\u0000-\u001f\u007f*?[\\]/, windows: /[\u0000-\u001f\u007f*?[\\<>:"|]|[. ]$/ };

/**
 * Returns the names, from the bucket's folder on, of the file that holds an object. A segment of the key is its own
 * name wherever the file system can hold it and every tool reads it as it is. Any other is escaped, and split into
 * several names where it is too long for one, so that no two keys share a file.
 */
export function objectPath(key: string, platform: Platform): readonly string[] {
  return key.split('/').flatMap((segment) => segmentNames(segment, platform));
}

/** Returns the key of the object in the file with these names, also where an earlier release gave them. */
export function objectKey(names: readonly string[], platform: Platform): string {
  const segments: string[] = [];
  let begun: string | undefined;
  for (const name of names) {
    if (!name.startsWith(ESCAPED)) {
      segments.push(`${begun ?? ''}${fromFileName(name, platform)}`);
      begun = undefined;
      continue;
    }
    const body = name.slice(ESCAPED.length);
    const goesOn = body.endsWith(GOES_ON);
    const text = `${begun ?? ''}${unescaped(goesOn ? body.slice(0, -GOES_ON.length) : body)}`;
    begun = goesOn ? text : undefined;
    if (!goesOn) segments.push(text);
  }
  if (begun !== undefined) segments.push(begun);
  return segments.join('/');
}

/** Returns another name of the same meaning, for a file where there is a folder of this name, and the reverse. */
export function otherName(name: string, platform: Platform): string {
  if (name.startsWith(ESCAPED) && name.slice(ESCAPED.length).endsWith(GOES_ON))
    return `${name.slice(0, -GOES_ON.length)}${OTHER}${GOES_ON}`;
  return `${name.startsWith(ESCAPED) ? name : escapedNames(fromFileName(name, platform), platform).join('')}${OTHER}`;
}

function segmentNames(segment: string, platform: Platform): readonly string[] {
  if (segment === '' || segment === '.' || segment === '..') return [toFileName(segment, platform)];
  const isItsOwnName =
    !unsafe[platform.forbiddenNames].test(segment) &&
    !segment.startsWith(ESCAPED) &&
    toFileName(segment, platform) === segment &&
    fromFileName(segment, platform) === segment &&
    !(platform.caseBlind && /[^ -@[-~]/.test(segment)) &&
    Buffer.byteLength(segment) <= LONGEST_NAME_BYTES;
  return isItsOwnName ? [segment] : escapedNames(segment, platform);
}

function escapedNames(segment: string, platform: Platform): readonly string[] {
  const bodies: string[] = [];
  let body = '';
  let bytes = 0;
  for (const character of segment) {
    const piece = escaped(character, platform);
    const size = Buffer.byteLength(piece);
    if (bytes + size > LONGEST_NAME_BYTES) {
      bodies.push(body);
      body = '';
      bytes = 0;
    }
    body += piece;
    bytes += size;
  }
  // No name on Windows may end in a dot or a space.
  const last = body.replace(/[. ]$/, (end) => hex(Buffer.from(end)));
  return [...bodies.map((text) => `${ESCAPED}${text}${GOES_ON}`), `${ESCAPED}${last}`];
}

function escaped(character: string, { forbiddenNames, caseBlind }: Platform): string {
  const isForeign =
    character === '%' ||
    (unsafe[forbiddenNames].test(character) && character !== '.' && character !== ' ') ||
    // Which letters are one to such a file system is its own affair.
    (caseBlind && !/^[ -@[-~]$/.test(character));
  return isForeign ? hex(Buffer.from(character)) : character;
}

function hex(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function unescaped(body: string): string {
  const bare = body.replaceAll(OTHER, '');
  return bare.replaceAll(/(?:%[0-9A-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
  );
}
