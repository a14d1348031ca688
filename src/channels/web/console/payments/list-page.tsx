/**
 * Finds payments by whatever is in hand, and lists them newest first.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { PaymentState } from '../../../../rails/payments/payment.ts';
import { type Direction, METHODS, type Method } from '../../../../rails/provider.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths, filePaths } from '../console-paths.ts';
import { FileLinks } from '../parts/file-links.tsx';
import { StateChip } from '../parts/state-chip.tsx';

export interface PaymentLine {
  readonly paymentId: string;
  readonly reference: string;
  readonly createdAt: Date;
  readonly direction: Direction;
  readonly method: Method;
  readonly country: string;
  /** Masked. */
  readonly phoneText: string;
  readonly amount: Money;
  readonly state: PaymentState;
}

/** What was typed, as it was typed. */
export interface SearchFields {
  readonly q?: string;
  readonly amount?: string;
  readonly state?: string;
  readonly method?: string;
  readonly direction?: string;
  readonly from?: string;
  readonly until?: string;
}

export interface PaymentListPageProps {
  readonly frame: ConsoleFrame;
  readonly fields: SearchFields;
  readonly lines: readonly PaymentLine[];
  readonly olderHref?: string;
  /** What the list is narrowed by, as in its address. */
  readonly exportQuery: string;
}

export function PaymentListPage({ frame, fields, lines, olderHref, exportQuery }: PaymentListPageProps) {
  const words = wordsFor(frame.locale).console;
  return (
    <ConsoleLayout frame={frame} title={words.find.title} active="payments">
      <div class="title">
        <h1>{words.find.title}</h1>
        <FileLinks frame={frame} paths={filePaths.payments} query={exportQuery} />
      </div>
      <SearchForm frame={frame} fields={fields} />
      <section class="card" aria-label={words.find.results}>
        {lines.length === 0 ? (
          <Empty icon="list" title={words.find.emptyTitle} text={words.find.empty} />
        ) : (
          <Results frame={frame} lines={lines} />
        )}
      </section>
      {olderHref === undefined ? null : (
        <p class="actions">
          <a class="button" href={olderHref} rel="next">
            {words.older}
          </a>
        </p>
      )}
    </ConsoleLayout>
  );
}

function SearchForm({ frame, fields }: { readonly frame: ConsoleFrame; readonly fields: SearchFields }) {
  const all = wordsFor(frame.locale);
  const words = all.console.find;
  const states = Object.entries(all.console.states);
  const { q: _typed, ...narrowed } = fields;
  return (
    <form method="get" action={consolePaths.payments} class="card">
      <div class="field">
        <label for="f-q">{words.q}</label>
        <p class="hint" id="f-q-hint">
          {words.qHint}
        </p>
        <input id="f-q" name="q" value={fields.q} autoComplete="off" aria-describedby="f-q-hint" />
      </div>
      {/* Folded, the results are on the first screen of a phone. */}
      <details open={Object.keys(narrowed).length > 0}>
        <summary>{words.narrow}</summary>
        <div class="row">
          <Choice name="state" label={words.state} chosen={fields.state} any={words.any} options={states} />
          <Choice
            name="method"
            label={words.method}
            chosen={fields.method}
            any={words.any}
            options={METHODS.map((method) => [method, all.methods[method]])}
          />
          <Choice
            name="direction"
            label={words.direction}
            chosen={fields.direction}
            any={words.any}
            options={Object.entries(all.console.freezes.directions)}
          />
          <TextField name="amount" label={words.amount} value={fields.amount} numeric />
          <TextField name="from" label={words.from} value={fields.from} date />
          <TextField name="until" label={words.until} value={fields.until} date />
        </div>
      </details>
      <button type="submit" class="primary">
        {words.search}
      </button>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: string | undefined;
  readonly any: string;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, label, chosen, any, options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} name={name}>
        <option value="">{any}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly numeric?: boolean;
  readonly date?: boolean;
}

function TextField({ name, label, value, numeric = false, date = false }: TextFieldProps) {
  const id = `f-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {date ? (
        <input type="date" id={id} name={name} value={value} />
      ) : (
        <input
          id={id}
          name={name}
          value={value}
          autoComplete="off"
          inputMode={numeric ? 'numeric' : undefined}
        />
      )}
    </div>
  );
}

function Results({ frame, lines }: { readonly frame: ConsoleFrame; readonly lines: readonly PaymentLine[] }) {
  const all = wordsFor(frame.locale);
  const words = all.console.find;
  return (
    <table class="stack">
      <caption class="unseen">{words.results}</caption>
      <thead>
        <tr>
          <th scope="col">{words.reference}</th>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.method}</th>
          <th scope="col" class="num">
            {all.console.decide.amount}
          </th>
          <th scope="col">{words.state}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.paymentId}>
            <th scope="row" data-label={words.reference}>
              <a href={consolePaths.payment(line.paymentId)}>
                <code>{line.reference}</code>
              </a>
            </th>
            <td data-label={words.when}>
              <When instant={line.createdAt} locale={frame.locale} />
            </td>
            <td data-label={words.method}>
              <span>
                {all.methods[line.method]} · {line.country}
                <small>{line.phoneText}</small>
              </span>
            </td>
            <td data-label={all.console.decide.amount} class="num">
              {line.direction === 'in' ? '+' : '−'} <Amount value={line.amount} locale={frame.locale} />
            </td>
            <td data-label={words.state}>
              <StateChip state={line.state} locale={frame.locale} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
