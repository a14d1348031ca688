/**
 * Is the board: what goes on now, the worst first, in figures that link to what they count.
 */
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { RateRow } from '../../../../oversight/now/board.rows.ts';
import type { FloatReading } from '../../../../oversight/now/float-reading.rows.ts';
import type { Board } from '../../../../oversight/now/read-board.ts';
import type { Live } from '../../layout.tsx';
import { Main } from '../../layout.tsx';
import { When } from '../../parts/amount.tsx';
import { formatTime, wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { LineChart, ShareBar } from '../parts/chart.tsx';
import { ReachCard } from './reach-card.tsx';

export interface BoardPageProps {
  readonly frame: ConsoleFrame;
  readonly board: Board;
  readonly smsBudget: number;
  readonly live: Live;
}

export function BoardPage(props: BoardPageProps) {
  return (
    <ConsoleLayout
      frame={props.frame}
      title={wordsFor(props.frame.locale).console.now.title}
      active="now"
      live={props.live}
    >
      <BoardContent {...props} />
    </ConsoleLayout>
  );
}

/** What the script puts in place of what stood there. */
export function BoardFragment(props: BoardPageProps) {
  return (
    <Main live={props.live}>
      <BoardContent {...props} />
    </Main>
  );
}

function BoardContent({ frame, board, smsBudget }: BoardPageProps) {
  const words = wordsFor(frame.locale).console.now;
  return (
    <>
      <div class="title">
        <h1>{words.title}</h1>
        <p>
          <When instant={board.at} locale={frame.locale} />
        </p>
      </div>
      <Tiles frame={frame} board={board} smsBudget={smsBudget} />
      <section class="card" aria-labelledby="rates">
        <h2 id="rates">{words.rates}</h2>
        <RateTable frame={frame} rates={board.rates} />
      </section>
      <div class="pair">
        <section class="card" aria-labelledby="minutes">
          <h2 id="minutes">{words.perMinute}</h2>
          <MinuteChart frame={frame} board={board} />
        </section>
        {board.floats.map((readings) => (
          <FloatCard key={readings[0]?.currency} frame={frame} readings={readings} />
        ))}
        <section class="card" aria-labelledby="ages">
          <h2 id="ages">{words.ages}</h2>
          <AgeTable frame={frame} board={board} />
        </section>
        <section class="card" aria-labelledby="callbacks">
          <h2 id="callbacks">{words.callbacks}</h2>
          <CallbackTable frame={frame} board={board} />
        </section>
        <ReachCard frame={frame} board={board} />
      </div>
    </>
  );
}

function Tiles({ frame, board, smsBudget }: Omit<BoardPageProps, 'live'>) {
  const words = wordsFor(frame.locale).console.now;
  const open = (state: string) => board.ages.find((row) => row.state === state);
  const unknown = Number(open('unknown')?.payments ?? 0n);
  const rejected = Number(board.callbacks.find((row) => row.state === 'rejected')?.callbacks ?? 0n);
  const queue = Number(board.queues.commands + board.queues.callbacks + board.queues.enquiries);
  const reviews = frame.waiting?.reviews ?? 0;
  const tiles: readonly (readonly [string, string, boolean, string])[] = [
    [words.reviews, String(reviews), reviews > 0, consolePaths.reviews],
    [words.unknown, String(unknown), unknown > 0, `${consolePaths.payments}?state=unknown`],
    [words.queue, String(queue), queue > 100, consolePaths.now],
    [words.deadJobs, String(board.jobs.dead), board.jobs.dead > 0, consolePaths.now],
    [words.refusedCallbacks, String(rejected), rejected > 0, consolePaths.now],
    [words.sms, `${board.smsSent} / ${smsBudget}`, board.smsSent > smsBudget * 0.8, consolePaths.now],
  ];
  return (
    <div class="tiles">
      {tiles.map(([name, value, warns, href]) => (
        <a key={name} class={warns ? 'tile waiting' : 'tile'} href={href}>
          <small>{name}</small>
          <strong>{value}</strong>
          {warns ? <small>{words.look}</small> : null}
        </a>
      ))}
    </div>
  );
}

function RateTable({ frame, rates }: { readonly frame: ConsoleFrame; readonly rates: readonly RateRow[] }) {
  const all = wordsFor(frame.locale);
  const words = all.console.now;
  if (rates.length === 0) return <p>{words.quiet}</p>;
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{words.method}</th>
          <th scope="col" class="num">
            {words.asked}
          </th>
          <th scope="col">{words.success}</th>
          <th scope="col" class="num">
            {words.p50}
          </th>
          <th scope="col" class="num">
            {words.p95}
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.map((row) => {
          const share = shareOf(row);
          return (
            <tr key={`${row.method} ${row.direction}`}>
              <th scope="row" data-label={words.method}>
                {`${all.methods[row.method]} · ${all.console.freezes.directions[row.direction]}`}
              </th>
              <td data-label={words.asked} class="num">
                {String(row.asked)}
              </td>
              <td data-label={words.success}>
                <span>
                  <ShareBar share={share ?? 0} /> {share === undefined ? '—' : `${Math.round(share * 100)} %`}
                </span>
              </td>
              <td data-label={words.p50} class="num">
                {secondsText(row.p50_s)}
              </td>
              <td data-label={words.p95} class="num">
                {secondsText(row.p95_s)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Of those that ended one way or the other; what is still under way says nothing yet. */
function shareOf(row: RateRow): number | undefined {
  const over = row.succeeded + row.ended;
  return over === 0n ? undefined : Number(row.succeeded) / Number(over);
}

function secondsText(seconds: number | null): string {
  if (seconds === null) return '—';
  const whole = Math.round(Number(seconds));
  if (whole < 120) return `${whole} s`;
  return whole < 7200 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3600)} h`;
}

function MinuteChart({ frame, board }: { readonly frame: ConsoleFrame; readonly board: Board }) {
  const words = wordsFor(frame.locale).console.now;
  const labels = board.perMinute.map((_, place) =>
    formatTime(new Date(board.at.getTime() - (board.perMinute.length - 1 - place) * 60_000), frame.locale),
  );
  const series = [{ name: words.asked, values: board.perMinute }];
  return <LineChart frame={frame} title={words.perMinute} series={series} labels={labels} />;
}

function AgeTable({ frame, board }: { readonly frame: ConsoleFrame; readonly board: Board }) {
  const all = wordsFor(frame.locale).console;
  const words = all.now;
  if (board.ages.length === 0) return <p>{words.nothingOpen}</p>;
  const states: Readonly<Record<string, string>> = all.states;
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{words.state}</th>
          {[words.under5, words.under30, words.underDay, words.older].map((label) => (
            <th key={label} scope="col" class="num">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {board.ages.map((row) => (
          <tr key={row.state}>
            <th scope="row" data-label={words.state}>
              <a href={`${consolePaths.payments}?state=${row.state}`}>{states[row.state] ?? row.state}</a>
            </th>
            {(
              [
                [words.under5, row.under_5_min],
                [words.under30, row.under_30_min],
                [words.underDay, row.under_1_day],
                [words.older, row.older],
              ] as const
            ).map(([label, count]) => (
              <td key={label} data-label={label} class="num">
                {String(count)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FloatCard({
  frame,
  readings,
}: {
  readonly frame: ConsoleFrame;
  readonly readings: readonly FloatReading[];
}) {
  const words = wordsFor(frame.locale).console.now;
  const [latest] = readings;
  if (latest === undefined) return null;
  const text = (amount: bigint) => moneyText(money(amount, latest.currency), 'page', frame.locale);
  const past = readings.toReversed();
  return (
    <section class="card" aria-labelledby={`float-${latest.currency}`}>
      <h2 id={`float-${latest.currency}`}>{`${words.float} · ${latest.currency}`}</h2>
      <p>
        {words.held} <strong>{latest.held === undefined ? '?' : text(latest.held)}</strong> · {words.booked}{' '}
        <strong>{text(latest.booked)}</strong>
        <small>
          {latest.held === undefined
            ? words.unread
            : words.difference(text(latest.held - latest.booked), text(latest.reserved))}
        </small>
      </p>
      <LineChart
        frame={frame}
        title={words.float}
        text={(value) => text(BigInt(Math.round(value)))}
        labels={past.map((one) => formatTime(one.readAt, frame.locale))}
        series={[
          {
            name: words.held,
            values: past.map((one) => (one.held === undefined ? undefined : Number(one.held))),
          },
          { name: words.booked, values: past.map((one) => Number(one.booked)) },
        ]}
      />
    </section>
  );
}

function CallbackTable({ frame, board }: { readonly frame: ConsoleFrame; readonly board: Board }) {
  const all = wordsFor(frame.locale).console;
  const total = board.callbacks.reduce((sum, row) => sum + row.callbacks, 0n);
  return (
    <table>
      <tbody>
        {board.callbacks.map((row) => (
          <tr key={row.state}>
            <th scope="row">{all.callbackStates[row.state]}</th>
            <td class="num">{String(row.callbacks)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">{all.now.all}</th>
          <td class="num">{String(total)}</td>
        </tr>
      </tbody>
    </table>
  );
}
