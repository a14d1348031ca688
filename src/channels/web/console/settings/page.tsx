/**
 * Shows how the installation is set up, and what the provider offers at present. Nothing is changed here: settings come from
 * the environment, so that a stolen session cannot turn a protection off.
 */
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Service } from '../../../../rails/provider.ts';
import type { SettingLine } from '../../../describe-settings.ts';
import { When } from '../../parts/amount.tsx';
import { Csrf } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { formatBasisPoints, wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface SettingsPageProps {
  readonly frame: ConsoleFrame;
  readonly lines: readonly SettingLine[];
  readonly provider: string;
  readonly services: readonly Service[];
  /** When the provider's list was read; absent when it could not be. */
  readonly fetchedAt?: Date;
  /** What a test call said, in words. */
  readonly tested?: { readonly ok: boolean; readonly text: string };
}

export function SettingsPage(props: SettingsPageProps) {
  const { frame, tested } = props;
  const words = wordsFor(frame.locale).console.settings;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="settings">
      <h1>{words.title}</h1>
      <p class="hint">{words.lead}</p>
      {tested === undefined ? null : (
        <Notice kind={tested.ok ? 'success' : 'error'} text={tested.text} locale={frame.locale} />
      )}
      <form method="post" action={consolePaths.settings} class="row">
        <Csrf token={frame.csrf} />
        <button type="submit">{words.test(props.provider)}</button>
      </form>
      <Services {...props} />
      <Variables {...props} />
    </ConsoleLayout>
  );
}

function Services({ frame, services, fetchedAt, provider }: SettingsPageProps) {
  const all = wordsFor(frame.locale);
  const words = all.console.settings;
  return (
    <section class="card">
      <table class="stack">
        <caption>{words.services(provider)}</caption>
        <thead>
          <tr>
            {[words.service, words.direction, words.limits, words.fee, words.state].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <ServiceRow key={service.id} frame={frame} service={service} />
          ))}
        </tbody>
      </table>
      <p class="hint">
        {fetchedAt === undefined ? (
          words.unread
        ) : (
          <>
            {words.readAt} <When instant={fetchedAt} locale={frame.locale} />
          </>
        )}
      </p>
    </section>
  );
}

function ServiceRow({ frame, service }: { readonly frame: ConsoleFrame; readonly service: Service }) {
  const all = wordsFor(frame.locale);
  const words = all.console.settings;
  const { directions } = all.console.freezes;
  const text = (amount: bigint) => moneyText(money(amount, service.currency), 'page', frame.locale);
  const open = [service.deposits ? directions.in : '', service.withdrawals ? directions.out : ''];
  return (
    <tr>
      <th scope="row" data-label={words.service}>
        <span>
          {`${all.methods[service.method]} · ${service.country}`}
          <small>{`${service.name} · ${service.id}`}</small>
        </span>
      </th>
      <td data-label={words.direction}>{open.filter((one) => one !== '').join(', ') || '—'}</td>
      <td data-label={words.limits}>{`${text(service.minAmount)} – ${text(service.maxAmount)}`}</td>
      <td data-label={words.fee}>
        {service.feeBasisPoints === undefined
          ? '—'
          : `${formatBasisPoints(service.feeBasisPoints, frame.locale)} %`}
      </td>
      <td data-label={words.state}>{service.active ? words.active : words.closed}</td>
    </tr>
  );
}

function Variables({ frame, lines }: SettingsPageProps) {
  const words = wordsFor(frame.locale).console.settings;
  return (
    <section class="card">
      <table class="stack">
        <caption>{words.variables}</caption>
        <thead>
          <tr>
            <th scope="col">{words.variable}</th>
            <th scope="col">{words.value}</th>
            <th scope="col">{words.source}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name}>
              <th scope="row" data-label={words.variable}>
                <code>{line.name}</code>
              </th>
              <td data-label={words.value}>{valueText(frame, line)}</td>
              <td data-label={words.source}>{words.sources[line.source]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function valueText(frame: ConsoleFrame, line: SettingLine): string {
  const words = wordsFor(frame.locale).console.settings;
  if (line.source === 'absent') return '—';
  return line.isSecret ? words.hidden : (line.value ?? '—');
}
