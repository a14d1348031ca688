/**
 * Copies what the pages serve and the compiler does not touch (style, script, icon) beside the compiled doors.
 */
import { cp } from 'node:fs/promises';

const keep = (path) => !/\.tsx?$/.test(path);
await cp('src/channels/web', 'dist/channels/web', { recursive: true, filter: keep });
await cp('src/rails/simulator', 'dist/rails/simulator', { recursive: true, filter: keep });
