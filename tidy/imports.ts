/**
 * Lists what a file imports, and where that stands in the project.
 */
import { posix } from 'node:path';
import type { TextFile } from './sources.ts';
import { lineOf, nodeIn, parse, textIn } from './syntax.ts';

export interface Import {
  /** As written. */
  readonly from: string;
  /** The file of the project that it names; absent for a package. */
  readonly path: string | undefined;
  readonly line: number;
  /** True when nothing of it is left after compiling. */
  readonly typeOnly: boolean;
}

const CARRIERS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** Every import, re-export, dynamic import and `import('…')` type of a file, in order. */
export function importsOf(file: TextFile): Import[] {
  const folder = posix.dirname(file.path);
  return parse(file).nodes.flatMap((node) => {
    if (!CARRIERS.has(node.type)) return [];
    const from = textIn(nodeIn(node, 'source'), 'value');
    if (from === undefined) return [];
    const typeOnly = node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type';
    const path = from.startsWith('.') ? posix.join(folder, from) : undefined;
    return [{ from, path, line: lineOf(file.text, node.start), typeOnly }];
  });
}
