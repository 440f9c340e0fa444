import { formDefaults, playgroundLimits, type WorldForm } from './world-form.js';

/** Characters of a link: what browsers and mail programs pass on. */
const mostLinkChars = 30_000;

const textFields = ['seed', 'stores', 'products', 'start', 'days', 'preset'] as const;

/**
 * The part of the address behind `#` that makes the same form: fields that are not the default, and the world file,
 * packed. `undefined` where the file is too long for a link.
 */
export async function hashOf(form: WorldForm): Promise<string | undefined> {
  const entries = new URLSearchParams();
  for (const name of textFields) if (form[name] !== formDefaults[name]) entries.set(name, form[name]);
  if (form.chaos) entries.set('chaos', '1');
  if (form.file !== '') entries.set('file', await pack(form.file));
  const hash = entries.toString();
  return hash.length > mostLinkChars ? undefined : hash;
}

/** The form that a hash describes; fields that it does not name are the default's, and what it says beyond is left out. */
export async function formOf(hash: string): Promise<WorldForm> {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const texts = textFields.map((name) => [name, entries.get(name) ?? formDefaults[name]] as const);
  return {
    ...formDefaults,
    ...Object.fromEntries(texts),
    chaos: entries.get('chaos') === '1',
    file: await unpack(entries.get('file') ?? ''),
  };
}

async function pack(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Text of a link's file; empty where it is damaged, or longer than a world file may be. */
async function unpack(packed: string): Promise<string> {
  if (packed === '') return '';
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const reader = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .pipeThrough(new TextDecoderStream())
      .getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
      // A few packed bytes can be many gigabytes: what is too long is not read to its end.
      if (text.length > playgroundLimits.fileChars) {
        await reader.cancel();
        return '';
      }
    }
  } catch {
    // A link that was cut short: the page says nothing of a file, and shows the rest of the form.
    return '';
  }
}
