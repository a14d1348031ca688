/**
 * Shows what went in and out of the funds of each tontine, and leads to the payments of its members.
 */
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { GroupLine } from '../../../../oversight/reports/group-report.rows.ts';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export function GroupTable({ frame, lines }: { frame: ConsoleFrame; lines: readonly GroupLine[] }) {
  const { groups: words, kinds } = wordsFor(frame.locale).console.reports;
  if (lines.length === 0) return <p>{words.empty}</p>;
  return (
    <section class="card">
      <table class="stack dense">
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{kinds.group}</th>
            {[words.movements, words.cameIn, words.wentOut, words.pots, words.held].map((name) => (
              <th key={name} scope="col" class="num">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.groupId} frame={frame} line={line} />
          ))}
        </tbody>
      </table>
      <p class="hint">{words.basis}</p>
    </section>
  );
}

function Row({ frame, line }: { readonly frame: ConsoleFrame; readonly line: GroupLine }) {
  const { groups: words, kinds } = wordsFor(frame.locale).console.reports;
  const text = (amount: bigint) => moneyText(money(amount, line.currency), 'page', frame.locale);
  const both = (name: string, wallet: bigint, cash: bigint) => (
    <td data-label={name} class="num">
      <span>
        {text(wallet)}
        {cash === 0n ? null : (
          <small>
            {words.cash} {text(cash)}
          </small>
        )}
      </span>
    </td>
  );
  return (
    <tr>
      <th scope="row" data-label={kinds.group}>
        <span>
          {line.name}
          <small>
            <a href={`${consolePaths.payments}?q=${line.groupId}`}>{words.payments}</a>
          </small>
        </span>
      </th>
      <td data-label={words.movements} class="num">
        {String(line.movements)}
      </td>
      {both(words.cameIn, line.inWallet, line.inCash)}
      {both(words.wentOut, line.outWallet, line.outCash)}
      <td data-label={words.pots} class="num">
        {text(line.pots)}
      </td>
      {both(words.held, line.heldWallet, line.heldCash)}
    </tr>
  );
}
