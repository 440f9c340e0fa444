import { Transform } from 'node:stream';
import { crc32, type DeflateRaw } from 'node:zlib';

const DEFLATE = 8;
/** Sizes and sum follow the data, and the name is UTF-8; source: PKWARE APPNOTE 6.3.10, 4.4.4. */
const FLAGS = 0x0808;
/** 1 January 1980, the earliest date that the format has: archives of the same bytes are the same. */
const DOS_DATE = 0x0021;

/** A ZIP archive of one file, deflated as it streams. */
export function zipArchive(fileName: string, deflate: DeflateRaw): Transform {
  const name = Buffer.from(fileName);
  let sum = 0;
  let size = 0;
  let packed = 0;
  const archive = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      if (deflate.write(chunk)) done();
      else deflate.once('drain', done);
    },
    flush(done) {
      deflate.once('end', () => {
        const descriptor = fields([
          [4, 0x08074b50],
          [4, sum],
          [4, packed],
          [4, size],
        ]);
        const directory = directoryEntry(name, sum, packed, size);
        const offset = localHeader(name).length + packed + descriptor.length;
        archive.push(Buffer.concat([descriptor, directory, endOfDirectory(directory.length, offset)]));
        done();
      });
      deflate.end();
    },
  });
  deflate.on('data', (chunk: Buffer) => {
    packed += chunk.length;
    archive.push(chunk);
  });
  deflate.on('error', (error) => {
    archive.destroy(error);
  });
  archive.push(localHeader(name));
  return archive;
}

function localHeader(name: Buffer): Buffer {
  const head = fields([
    [4, 0x04034b50],
    [2, 20],
    [2, FLAGS],
    [2, DEFLATE],
    [2, 0],
    [2, DOS_DATE],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  ]);
  return Buffer.concat([head, name]);
}

function directoryEntry(name: Buffer, sum: number, packed: number, size: number): Buffer {
  const head = fields([
    [4, 0x02014b50],
    [2, 20],
    [2, 20],
    [2, FLAGS],
    [2, DEFLATE],
    [2, 0],
    [2, DOS_DATE],
    [4, sum],
    [4, packed],
    [4, size],
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, 0],
  ]);
  return Buffer.concat([head, name]);
}

function endOfDirectory(directoryBytes: number, offset: number): Buffer {
  return fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, 1],
    [2, 1],
    [4, directoryBytes],
    [4, offset],
    [2, 0],
  ]);
}

/** Little-endian numbers, each with its width in bytes. */
function fields(list: readonly (readonly [width: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(list.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of list) at = bytes.writeUIntLE(value, at, width);
  return bytes;
}
