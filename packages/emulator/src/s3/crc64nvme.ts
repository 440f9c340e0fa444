/** The polynomial of CRC-64/NVME (NVM Express, NVM Command Set 1.0, 5.2.1.3.4), bits reversed. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;

/** Two halves of the table, since numbers hold 32 bits for shifts. */
interface Tables {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

let tables: Tables | undefined;

function made(): Tables {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let sum = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1n) === 1n ? (sum >> 1n) ^ POLYNOMIAL : sum >> 1n;
    high[byte] = Number(sum >> 32n);
    low[byte] = Number(sum & 0xffffffffn);
  }
  return { high, low };
}

/** Begins the checksum that S3 makes of an object whose sender named none. */
export function crc64nvme(): { update(chunk: Uint8Array): void; digest(): Buffer } {
  tables ??= made();
  const { high, low } = tables;
  let top = 0xffffffff;
  let bottom = 0xffffffff;
  return {
    update(chunk) {
      for (const byte of chunk) {
        const index = (bottom ^ byte) & 0xff;
        bottom = ((bottom >>> 8) | (top << 24)) ^ (low[index] ?? 0);
        top = (top >>> 8) ^ (high[index] ?? 0);
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(~top >>> 0, 0);
      bytes.writeUInt32BE(~bottom >>> 0, 4);
      return bytes;
    },
  };
}
