/**
 * Draws a profile of Node's own profiler as a flame graph: how wide a box is, is how much of the time was spent in it and in
 * what it called.
 *
 * It is for documents: paths are cut down to the project or the package, and what is too narrow to see is left out, so that
 * the picture is small and names no machine.
 */
import { escaped } from './histogram-svg.ts';

export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

export interface Frame {
  readonly name: string;
  /** Share of all time that was not idle, with everything called from here. */
  share: number;
  readonly children: Map<string, Frame>;
}

/** What Node says while nothing runs, and what it does once, when a program starts. */
const NOT_WORK =
  /^(\(idle\)|\(program\)|executeUserEntryPoint|asyncRunEntryPointWithESMLoader|evaluate|loadCJSModule)( |$)/;
/** How the engine comes to a function that waited: the same above everything. */
const TURNS = /^(processTicksAndRejections|runMicrotasks)( |$)/;

function parentsIn(profile: CpuProfile): Map<number, number> {
  const parents = new Map<number, number>();
  for (const { id, children } of profile.nodes) for (const child of children ?? []) parents.set(child, id);
  return parents;
}

/** Adds up the samples by the names on their way down; recursion and asynchrony leave several ways to one function. */
export function foldProfile(profile: CpuProfile): Frame {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = parentsIn(profile);
  const own = new Map<number, number>();
  for (const [place, id] of profile.samples.entries()) {
    own.set(id, (own.get(id) ?? 0) + Math.max(0, profile.timeDeltas[place] ?? 0));
  }
  const root: Frame = { name: 'all', share: 0, children: new Map() };
  for (const [id, time] of own) {
    const way = wayTo(id, nodes, parents);
    if (way.some((name) => NOT_WORK.test(name))) continue;
    root.share += time;
    let frame = root;
    for (const name of shortened(way)) {
      const next: Frame = frame.children.get(name) ?? { name, share: 0, children: new Map() };
      next.share += time;
      frame.children.set(name, next);
      frame = next;
    }
  }
  const all = root.share;
  if (all > 0) scale(root, all);
  return root;
}

/** Without the engine's own turns, and with one box for all that Node does between two functions of others. */
function shortened(way: readonly string[]): string[] {
  return way.filter(
    (name, place) => !TURNS.test(name) && !(isNode(name) && isNode(way[place - 1] ?? '') && place > 0),
  );
}

function isNode(name: string): boolean {
  return name.includes('· node:');
}

function scale(frame: Frame, all: number): void {
  frame.share /= all;
  for (const child of frame.children.values()) scale(child, all);
}

function wayTo(
  id: number,
  nodes: ReadonlyMap<number, ProfileNode>,
  parents: ReadonlyMap<number, number>,
): string[] {
  const way: string[] = [];
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const node = nodes.get(at);
    if (node !== undefined && node.callFrame.functionName !== '(root)') way.unshift(nameOf(node));
  }
  return way;
}

function nameOf({ callFrame: { functionName, url } }: ProfileNode): string {
  const name = functionName === '' ? '(nameless)' : functionName;
  const place = placeOf(url);
  return place === '' ? name : `${name} · ${place}`;
}

/** `ground/ledger/post-transfers`, `pg`, `node:net`; nothing for what the engine does itself. */
export function placeOf(url: string): string {
  if (url.startsWith('node:')) return url.split('/')[0] ?? '';
  const packaged = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (packaged !== undefined) return packaged;
  return /.*\/(?:dist|src)\/(.*?)\.[jt]sx?$/.exec(url)?.[1] ?? '';
}

const WIDTH = 1000;
const ROW = 17;
/** A letter of ten pixels in the widest fonts that stand in for sans-serif. */
const LETTER = 6.4;
const MOST_DEPTH = 34;
/** Narrower than this is left out: nobody can see it, and there are thousands. */
const LEAST_SHARE = 0.008;

export function flameSvg(title: string, root: Frame): string {
  const boxes: string[] = [];
  let depth = 0;
  const draw = (frame: Frame, x: number, level: number): void => {
    if (frame.share < LEAST_SHARE || level > MOST_DEPTH) return;
    depth = Math.max(depth, level);
    boxes.push(boxSvg(frame, x, level));
    let at = x;
    for (const child of [...frame.children.values()].toSorted((left, right) => right.share - left.share)) {
      draw(child, at, level + 1);
      at += child.share * WIDTH;
    }
  };
  draw(root, 0, 0);
  const height = 34 + (depth + 1) * ROW;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="sans-serif" font-size="10">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="6" y="20" font-size="14" font-weight="bold">${escaped(title)}</text>`,
    ...boxes,
    '</svg>',
  ].join('\n')}\n`;
}

/** White is Node and its engine, light a package, dark with white letters our own; the name says it as well. */
function boxSvg({ name, share }: Frame, x: number, level: number): string {
  const width = share * WIDTH;
  const y = 30 + level * ROW;
  const own = /· [a-z-]+\//.test(name);
  const plain = !name.includes('·') || name.includes('· node:');
  const [fill, ink] = own ? ['#345', '#fff'] : plain ? ['#fff', '#000'] : ['#dde', '#000'];
  const fits = Math.floor(width / LETTER);
  const text =
    fits < 4
      ? ''
      : `<text x="${round(x + 3)}" y="${y + 12}" fill="${ink}">${escaped(cut(name, fits))}</text>`;
  const said = `<title>${escaped(`${name}: ${(share * 100).toFixed(1)} %`)}</title>`;
  return `<g>${said}<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${ROW - 1}" fill="${fill}" stroke="#889" stroke-width=".5"/>${text}</g>`;
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The places in which most time was spent themselves, by package or folder, the largest first. */
export function ownTimeByPlace(profile: CpuProfile): readonly (readonly [string, number])[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = parentsIn(profile);
  const times = new Map<string, number>();
  let all = 0;
  for (const [place, id] of profile.samples.entries()) {
    const node = nodes.get(id);
    if (node === undefined || wayTo(id, nodes, parents).some((name) => NOT_WORK.test(name))) continue;
    const time = Math.max(0, profile.timeDeltas[place] ?? 0);
    const where = placeOf(node.callFrame.url) || node.callFrame.functionName || '(nameless)';
    all += time;
    times.set(where, (times.get(where) ?? 0) + time);
  }
  return [...times]
    .map(([where, time]) => [where, time / all] as const)
    .toSorted(([, left], [, right]) => right - left);
}
