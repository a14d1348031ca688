/**
 * Offers a list as a file in both formats, to whoever may take it away.
 */
import { may, type Permission } from '../../../../oversight/access/permission.ts';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';

interface FileLinksProps {
  readonly frame: ConsoleFrame;
  readonly paths: { readonly csv: string; readonly xlsx: string };
  /** What the list was narrowed by, as in the address of the page. */
  readonly query?: string;
  readonly need?: Permission;
}

export function FileLinks({ frame, paths, query = '', need = 'export' }: FileLinksProps) {
  if (!may(frame.roles, need)) return null;
  const words = wordsFor(frame.locale).console;
  const asked = query === '' ? '' : `?${query}`;
  return (
    <p class="files">
      <a href={`${paths.csv}${asked}`}>{words.csv}</a>
      <a href={`${paths.xlsx}${asked}`}>{words.xlsx}</a>
    </p>
  );
}
