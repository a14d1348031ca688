/**
 * Parses program text into a tree, so that a rule speaks of code and never of words in a comment or a text.
 *
 * The parser is the one that the test runner brings along; TypeScript 7 has none to call.
 */
import { parseSync } from 'vite';
import type { TextFile } from './sources.ts';

/** A node of the ESTree family, as plain as it comes. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Comment {
  readonly text: string;
  readonly start: number;
}

export interface Syntax {
  readonly nodes: readonly SyntaxNode[];
  readonly comments: readonly Comment[];
}

const known = new Map<string, Syntax>();

/** All nodes of a file, each before those inside it. Throws when the file cannot be parsed. */
export function parse(file: TextFile): Syntax {
  const key = `${file.path}\n${file.text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const parsed = parseSync(file.path, file.text);
  const [fault] = parsed.errors;
  if (fault !== undefined) throw new Error(`${file.path} cannot be parsed: ${fault.message}`);
  const nodes: SyntaxNode[] = [];
  collect(parsed.program, nodes);
  const comments = parsed.comments.map((comment) => ({ text: comment.value, start: comment.start }));
  const syntax = { nodes, comments };
  known.set(key, syntax);
  return syntax;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node in a field, when there is one. */
export function nodeIn(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

/** The nodes in a field that holds a list. */
export function nodesIn(node: SyntaxNode, field: string): SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text in a field, when it is one. */
export function textIn(node: SyntaxNode | undefined, field: string): string | undefined {
  const value = node?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** The line of a place in a text, counted from 1. */
export function lineOf(text: string, place: number): number {
  return text.slice(0, place).split('\n').length;
}

/** `a`, `a.b` or `a.b.c` for a chain of plain names; nothing for anything else. */
export function dottedName(node: SyntaxNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'Identifier') return textIn(node, 'name');
  if (node.type !== 'MemberExpression' || node.computed === true) return undefined;
  const owner = dottedName(nodeIn(node, 'object'));
  const property = textIn(nodeIn(node, 'property'), 'name');
  return owner === undefined || property === undefined ? undefined : `${owner}.${property}`;
}

/** The members of an exported union of texts, such as the states of a payment. */
export function readUnion(file: TextFile, name: string): string[] {
  const alias = parse(file).nodes.find(
    (node) => node.type === 'TSTypeAliasDeclaration' && textIn(nodeIn(node, 'id'), 'name') === name,
  );
  const union = alias && nodeIn(alias, 'typeAnnotation');
  if (union?.type !== 'TSUnionType') throw new Error(`${file.path} has no union ${name}`);
  return nodesIn(union, 'types').flatMap((member) => textIn(nodeIn(member, 'literal'), 'value') ?? []);
}

function collect(value: unknown, into: SyntaxNode[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into);
    return;
  }
  if (!isNode(value)) return;
  into.push(value);
  for (const field of Object.values(value)) if (typeof field === 'object') collect(field, into);
}
