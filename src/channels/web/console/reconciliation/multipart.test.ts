import { expect, test } from 'vitest';
import { readMultipart } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=----x1';

function body(...parts: string[]): Buffer {
  return Buffer.from(`${parts.map((part) => `------x1\r\n${part}\r\n`).join('')}------x1--\r\n`, 'latin1');
}

test('fields and the bytes of one file are read as they were sent', () => {
  const form = readMultipart(
    body(
      'Content-Disposition: form-data; name="_csrf"\r\n\r\ntoken',
      'Content-Disposition: form-data; name="file"; filename="relevé.csv"\r\nContent-Type: text/csv\r\n\r\na;b\r\n1;\xff\r\n',
    ),
    TYPE,
  );
  expect(form.fields).toEqual({ _csrf: 'token' });
  expect(Buffer.from(form.file?.bytes ?? []).toString('latin1')).toBe('a;b\r\n1;\xff\r\n');
});

test.each([
  ['no boundary', 'multipart/form-data', body('Content-Disposition: form-data; name="a"\r\n\r\n1')],
  ['another boundary', 'multipart/form-data; boundary=y', body('x')],
  ['nothing at all', TYPE, Buffer.alloc(0)],
  [
    'a part without an end',
    TYPE,
    Buffer.from('------x1\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'),
  ],
])('%s gives an empty form', (_name, type, bytes) => {
  expect(readMultipart(bytes, type)).toEqual({ fields: {}, file: undefined });
});
