/**
 * Shows how the provider took our instructions in the last ten minutes, and whether the breaker keeps them back.
 */
import { after, SECOND_MS } from '../../../../ground/clock.ts';
import type { ReachRow } from '../../../../oversight/now/board.rows.ts';
import type { Board } from '../../../../oversight/now/read-board.ts';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';

export function ReachCard({ frame, board }: { readonly frame: ConsoleFrame; readonly board: Board }) {
  const all = wordsFor(frame.locale).console;
  const words = all.now.reach;
  return (
    <section class="card" aria-labelledby="reach">
      <h2 id="reach">{words.title}</h2>
      {board.reach.length === 0 ? (
        <p>{words.quiet}</p>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{words.direction}</th>
              <th scope="col">{words.state}</th>
              <th scope="col" class="num">
                {words.answered}
              </th>
              <th scope="col" class="num">
                {words.lost}
              </th>
              <th scope="col" class="num">
                {words.heldBack}
              </th>
            </tr>
          </thead>
          <tbody>
            {board.reach.map((row) => (
              <tr key={row.direction}>
                <th scope="row" data-label={words.direction}>
                  {all.freezes.directions[row.direction]}
                </th>
                <td data-label={words.state}>{words.states[stateOf(row, board.at)]}</td>
                <td data-label={words.answered} class="num">
                  {String(row.answered)}
                </td>
                <td data-label={words.lost} class="num">
                  {String(row.lost)}
                </td>
                <td data-label={words.heldBack} class="num">
                  {String(row.held_back)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** As `create-breaker.ts` has it: half a minute open, then the next instruction is a trial. */
function stateOf(row: ReachRow, at: Date): keyof ReachWords {
  const { last_answered, last_held_back, answered, lost } = row;
  if (last_held_back !== null && (last_answered === null || last_answered < last_held_back))
    return after(last_held_back, 30 * SECOND_MS) > at ? 'open' : 'trial';
  return lost > answered ? 'troubled' : 'closed';
}

type ReachWords = ReturnType<typeof wordsFor>['console']['now']['reach']['states'];
