/**
 * Is a blank sheet for a meeting without phones: names and columns to fill in by hand, and to enter afterwards.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Icon } from '../../parts/icons.tsx';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';

export interface SheetPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly round: number;
  readonly day: string;
  readonly recipients: readonly string[];
  readonly each: Money;
  readonly names: readonly string[];
}

export function SheetPage({ frame, group, round, day, recipients, each, names }: SheetPageProps) {
  const words = wordsFor(frame.locale).tontines.sheet;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title(group.name, String(round))}
      lead={words.lead(
        formatDay(day, frame.locale),
        recipients.length === 0 ? words.nobody : recipients.join(', '),
        moneyText(each, 'page', frame.locale),
      )}
      narrow={false}
    >
      <p class="actions">
        <button type="button" class="primary" data-print hidden>
          <Icon name="print" />
          {words.print}
        </button>
      </p>
      <p class="hint unless-script">{words.printHint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <section class="scroll sheet" tabIndex={0} aria-label={words.region}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.number}</th>
              <th scope="col">{words.member}</th>
              {words.columns.split(',').map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, place) => (
              <tr key={place}>
                <td>{place + 1}</td>
                <th scope="row">{name}</th>
                {words.columns.split(',').map((column) => (
                  <td key={column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Foot frame={frame} />
    </GroupLayout>
  );
}

function Foot({ frame }: { readonly frame: Frame }) {
  const words = wordsFor(frame.locale).tontines.sheet;
  return (
    <ul class="blanks">
      {words.blanks.split(',').map((blank) => (
        <li key={blank}>{blank}</li>
      ))}
    </ul>
  );
}
