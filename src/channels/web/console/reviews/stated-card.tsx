/**
 * Shows what the provider's statements say about a payment under review, or that they say nothing.
 */
import { money } from '../../../../ground/money/money.ts';
import type { StatedLines } from '../../../../oversight/decide/stated-lines.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';

export function StatedCard({
  frame,
  stated,
}: {
  readonly frame: ConsoleFrame;
  readonly stated: StatedLines;
}) {
  const words = wordsFor(frame.locale).console.decide.stated;
  return (
    <section class="card" aria-labelledby="stated">
      <h2 id="stated">{words.title}</h2>
      {stated.lines.length === 0 ? (
        <p>{stated.certain ? words.nothing : words.nothingLikeIt}</p>
      ) : (
        <Lines frame={frame} stated={stated} />
      )}
    </section>
  );
}

function Lines({ frame, stated }: { readonly frame: ConsoleFrame; readonly stated: StatedLines }) {
  const words = wordsFor(frame.locale).console.decide.stated;
  return (
    <>
      {stated.certain ? null : <p class="hint">{words.possible}</p>}
      <table class="stack">
        <caption class="unseen">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.line}</th>
            <th scope="col">{words.when}</th>
            <th scope="col" class="num">
              {words.amount}
            </th>
            <th scope="col" class="num">
              {words.fee}
            </th>
          </tr>
        </thead>
        <tbody>
          {stated.lines.map((line) => (
            <tr key={`${line.reference} ${line.place}`}>
              <th scope="row" data-label={words.line}>
                <span>
                  {words.kinds[line.kind]}
                  <small>
                    <code>{line.reference}</code>
                  </small>
                </span>
              </th>
              <td data-label={words.when}>
                <When instant={line.happenedAt} locale={frame.locale} />
              </td>
              <td data-label={words.amount} class="num">
                <Amount value={money(line.amount, line.currency)} locale={frame.locale} />
              </td>
              <td data-label={words.fee} class="num">
                <Amount value={money(line.fee, line.currency)} locale={frame.locale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
