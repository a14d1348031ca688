/**
 * Writes a ZIP archive while its parts are still being made: nothing is held but the piece at hand.
 *
 * Sizes and checksums are not known before a part has passed, so they follow it (bit 3 of its flags), and stand once more
 * in the directory at the end, as PKWARE's APPNOTE 6.3 says. Parts beyond 4 GiB would need its 64-bit form and are refused.
 */
import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { invariant } from '../../../ground/refusal.ts';

export interface ZipPart {
  readonly name: string;
  readonly text: Iterable<string> | AsyncIterable<string>;
}

interface Written {
  readonly name: Buffer;
  readonly start: number;
  readonly crc: number;
  readonly packed: number;
  readonly whole: number;
}

const LOCAL = 0x04034b50;
const BEHIND = 0x08074b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;
/** Version 2.0; sizes behind the data, names in UTF-8; deflated. */
const NEEDS = 20;
const FLAGS = 0x0808;
const DEFLATED = 8;
/** The first day that the format knows: no clock is asked, so equal data give equal files. */
const FIRST_DAY = 0x21;
const MOST_BYTES = 0xffff_ffff;

export async function* zip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let at = 0;
  for (const part of parts) {
    const start = at;
    for await (const piece of writePart(part, start, written)) {
      at += piece.length;
      invariant(at < MOST_BYTES, 'a ZIP archive of this form is at most 4 GiB');
      yield piece;
    }
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield Buffer.concat([
    directory,
    fields(
      [4, END],
      [2, 0],
      [2, 0],
      [2, written.length],
      [2, written.length],
      [4, directory.length],
      [4, at],
      [2, 0],
    ),
  ]);
}

async function* writePart(part: ZipPart, start: number, written: Written[]): AsyncGenerator<Buffer> {
  const name = Buffer.from(part.name);
  let crc = 0;
  let whole = 0;
  let packed = 0;
  async function* plain(): AsyncGenerator<Buffer> {
    for await (const text of part.text) {
      const bytes = Buffer.from(text);
      crc = crc32(bytes, crc);
      whole += bytes.length;
      yield bytes;
    }
  }
  yield Buffer.concat([
    fields([4, LOCAL], [2, NEEDS], [2, FLAGS], [2, DEFLATED], [2, 0], [2, FIRST_DAY]),
    fields([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    name,
  ]);
  // What goes wrong before is thrown by the loop: `pipeline` hands it on, and the callback has nothing to add.
  const deflated = pipeline(Readable.from(plain()), createDeflateRaw(), () => undefined);
  for await (const piece of deflated) {
    const bytes = piece as Buffer;
    packed += bytes.length;
    yield bytes;
  }
  yield fields([4, BEHIND], [4, crc], [4, packed], [4, whole]);
  written.push({ name, start, crc, packed, whole });
}

function directoryEntry({ name, start, crc, packed, whole }: Written): Buffer {
  return Buffer.concat([
    fields([4, DIRECTORY], [2, NEEDS], [2, NEEDS], [2, FLAGS], [2, DEFLATED], [2, 0], [2, FIRST_DAY]),
    fields(
      [4, crc],
      [4, packed],
      [4, whole],
      [2, name.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, start],
    ),
    name,
  ]);
}

/** Numbers of so many bytes, the lowest byte first. */
function fields(...numbers: readonly (readonly [2 | 4, number])[]): Buffer {
  return Buffer.concat(
    numbers.map(([size, value]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );
}
