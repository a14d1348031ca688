/**
 * Draws who paid in which round, with an outline for each due and the word for the round of now.
 *
 * On 320 pixels the names and the round of now stand still in sight, and the other rounds are pushed aside with a
 * finger or with the arrow keys.
 */
import type { Frame } from '../../layout.tsx';
import { wordsFor } from '../../words/words.ts';
import { DUE_FACES, type DueFace } from '../due-face.ts';
import { DueChip, DueMark } from '../parts/due-mark.tsx';

export interface GridRow {
  readonly id: string;
  readonly name: string;
  readonly isMe: boolean;
  /** Of the round of now. */
  readonly now: DueFace;
  /** One for each of the rounds, in order. */
  readonly cells: readonly { readonly face: DueFace; readonly receives?: boolean }[];
}

export interface Grid {
  /** Their numbers. */
  readonly rounds: readonly number[];
  readonly present: number;
  readonly rows: readonly GridRow[];
}

export function GridTable({ frame, grid }: { readonly frame: Frame; readonly grid: Grid }) {
  const words = wordsFor(frame.locale).tontines.grid;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <section class="scroll" tabIndex={0} aria-label={words.region}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{words.member}</th>
              <th scope="col">{words.now(grid.present)}</th>
              {grid.rounds.map((number) => (
                <th key={number} scope="col" class={number === grid.present ? 'now' : undefined}>
                  <span class="unseen">{words.round} </span>
                  {number}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map((row) => (
              <Row key={row.id} frame={frame} row={row} present={grid.rounds.indexOf(grid.present)} />
            ))}
          </tbody>
        </table>
      </section>
      <Legend frame={frame} grid={grid} />
    </>
  );
}

function Row({
  frame,
  row,
  present,
}: {
  readonly frame: Frame;
  readonly row: GridRow;
  readonly present: number;
}) {
  const words = wordsFor(frame.locale).tontines.grid;
  return (
    <tr class={row.isMe ? 'mine' : undefined}>
      <th scope="row">{row.name}</th>
      <td>
        <DueChip frame={frame} face={row.now} />
      </td>
      {row.cells.map((cell, place) => (
        <td key={place} class={classOf(cell.receives === true, place === present)}>
          <DueMark frame={frame} face={cell.face} />
          {cell.receives ? <span class="unseen">, {words.receives}</span> : null}
        </td>
      ))}
    </tr>
  );
}

function classOf(receives: boolean, isNow: boolean): string | undefined {
  const names = [...(receives ? ['takes'] : []), ...(isNow ? ['now'] : [])];
  return names.length === 0 ? undefined : names.join(' ');
}

/** Only what occurs in this grid. */
function Legend({ frame, grid }: { readonly frame: Frame; readonly grid: Grid }) {
  const words = wordsFor(frame.locale).tontines.grid;
  const used = new Set(grid.rows.flatMap((row) => [row.now, ...row.cells.map((cell) => cell.face)]));
  return (
    <p class="legend">
      {DUE_FACES.filter((face) => used.has(face)).map((face) => (
        <DueChip key={face} frame={frame} face={face} />
      ))}
      <span class="chip">
        <span class="takes" />
        {words.receives}
      </span>
    </p>
  );
}
