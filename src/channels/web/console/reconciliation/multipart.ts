/**
 * Reads the one form of the product that carries a file (multipart/form-data, RFC 7578): its fields, and one file.
 *
 * The whole body is in memory already, within the limit of its route; a part that cannot be understood is left out, and the
 * form is then refused for what is missing.
 */
export interface FormWithFile {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

const CRLF = Buffer.from('\r\n');
const END_OF_HEAD = Buffer.from('\r\n\r\n');

export function readMultipart(body: Buffer, contentType: string): FormWithFile {
  const boundary = /boundary="?([^";]{1,70})"?/i.exec(contentType)?.[1];
  const fields: Record<string, string> = {};
  let file: FormWithFile['file'];
  if (boundary === undefined) return { fields, file };
  const mark = Buffer.from(`--${boundary}`);
  let start = body.indexOf(mark);
  while (start >= 0) {
    const next = body.indexOf(mark, start + mark.length);
    if (next < 0) break;
    const part = body.subarray(start + mark.length + CRLF.length, next - CRLF.length);
    const split = part.indexOf(END_OF_HEAD);
    if (split >= 0) {
      const head = part.subarray(0, split).toString('utf8');
      const bytes = part.subarray(split + END_OF_HEAD.length);
      const name = /\bname="([^"]*)"/i.exec(head)?.[1];
      const fileName = /\bfilename="([^"]*)"/i.exec(head)?.[1];
      if (fileName !== undefined) file ??= { name: fileName, bytes };
      else if (name !== undefined) fields[name] = bytes.toString('utf8');
    }
    start = next;
  }
  return { fields, file };
}
