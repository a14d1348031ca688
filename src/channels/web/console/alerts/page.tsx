/**
 * Shows what stands, lets somebody look after it, and shows the rules with their figures.
 */
import type { Alert } from '../../../../oversight/alerts/alert.rows.ts';
import type { RuleSetting } from '../../../../oversight/alerts/alert-rule.ts';
import { ruleText } from '../../../../oversight/alerts/rule-text.ts';
import { When } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Csrf } from '../../parts/field.tsx';
import { Chip } from '../../parts/status-chip.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { measuredText } from './measured-text.ts';

export interface AlertsPageProps {
  readonly frame: ConsoleFrame;
  readonly open: readonly Alert[];
  readonly resolved: readonly Alert[];
  readonly rules: readonly RuleSetting[];
  readonly names: ReadonlyMap<string, string>;
  readonly mayConfigure: boolean;
}

export function AlertsPage(props: AlertsPageProps) {
  const { frame, open, resolved, rules } = props;
  const words = wordsFor(frame.locale).console.alerts;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="alerts">
      <h1>{words.title}</h1>
      <section aria-labelledby="open">
        <h2 id="open">{words.open}</h2>
        {open.length === 0 ? (
          <div class="card">
            <Empty icon="check" title={words.noneTitle} text={words.none} />
          </div>
        ) : (
          <div class="pair">
            {open.map((alert) => (
              <AlertCard key={alert.id} {...props} alert={alert} />
            ))}
          </div>
        )}
      </section>
      {resolved.length === 0 ? null : <Resolved {...props} />}
      <section class="card" aria-labelledby="rules">
        <h2 id="rules">{words.rulesTitle}</h2>
        {/* Whoever comes because of an alarm does not come for the figures. */}
        <details open={open.length === 0 && !props.mayConfigure}>
          <summary>{words.rulesCount(rules.length)}</summary>
          <ul class="lines">
            {rules.map((rule) => (
              <RuleLine key={rule.rule} frame={frame} rule={rule} mayConfigure={props.mayConfigure} />
            ))}
          </ul>
        </details>
      </section>
    </ConsoleLayout>
  );
}

function AlertCard({ frame, alert, rules, names }: AlertsPageProps & { readonly alert: Alert }) {
  const words = wordsFor(frame.locale).console.alerts;
  const severity = rules.find((rule) => rule.rule === alert.rule)?.severity ?? 'notice';
  const taken = alert.acknowledgedBy;
  return (
    <article class="card" aria-label={ruleText(alert.rule, frame.locale)}>
      <p>
        <Chip
          mood={alert.state === 'raised' ? (severity === 'page' ? 'bad' : 'asking') : 'waiting'}
          text={`${words.severities[severity]} · ${words.states[alert.state]}`}
        />
      </p>
      <h3>{ruleText(alert.rule, frame.locale)}</h3>
      <p>
        {words.measured} <strong>{measuredText(alert, frame.locale)}</strong>
        {alert.subject === 'all' ? '' : ` · ${alert.subject}`} · {words.times(alert.times)}
        <small>
          {words.since} <When instant={alert.firstAt} locale={frame.locale} />
        </small>
        {taken === undefined ? null : (
          <small>
            {words.by} {names.get(taken) ?? taken}
          </small>
        )}
        {alert.silencedUntil === undefined ? null : (
          <small>
            {words.silent} <When instant={alert.silencedUntil} locale={frame.locale} />
          </small>
        )}
      </p>
      <div class="row">
        {alert.state === 'raised' ? (
          <Handle frame={frame} alert={alert} how="acknowledged" text={words.acknowledge} />
        ) : null}
        <Handle frame={frame} alert={alert} how="silenced" text={words.silence} />
      </div>
      <form method="post" action={consolePaths.alertHandle(alert.id)} class="row">
        <Csrf token={frame.csrf} />
        <input type="hidden" name="how" value="resolved" />
        <div class="field">
          <label for={`f-${alert.id}`}>{words.why}</label>
          <input id={`f-${alert.id}`} name="reason" required maxLength={300} autoComplete="off" />
        </div>
        <button type="submit">{words.resolve}</button>
      </form>
    </article>
  );
}

interface HandleProps {
  readonly frame: ConsoleFrame;
  readonly alert: Alert;
  readonly how: 'acknowledged' | 'silenced';
  readonly text: string;
}

function Handle({ frame, alert, how, text }: HandleProps) {
  return (
    <form method="post" action={consolePaths.alertHandle(alert.id)}>
      <Csrf token={frame.csrf} />
      <input type="hidden" name="how" value={how} />
      <button type="submit" class={how === 'acknowledged' ? 'primary' : undefined}>
        {text}
      </button>
    </form>
  );
}

interface RuleLineProps {
  readonly frame: ConsoleFrame;
  readonly rule: RuleSetting;
  readonly mayConfigure: boolean;
}

function RuleLine({ frame, rule, mayConfigure }: RuleLineProps) {
  const words = wordsFor(frame.locale).console.alerts;
  const id = (name: string) => `f-${rule.rule}-${name}`;
  const title = words.rules[rule.rule];
  if (!mayConfigure) {
    const figures = `${rule.threshold} · ${words.severities[rule.severity]}`;
    return (
      <li class="line">
        <p>
          <strong>{title}</strong>
          <small>{rule.enabled ? figures : `— ${figures}`}</small>
        </p>
      </li>
    );
  }
  return (
    <li>
      <form method="post" action={consolePaths.alertRules} class="line">
        <Csrf token={frame.csrf} />
        <input type="hidden" name="rule" value={rule.rule} />
        <p>
          <strong>{title}</strong>
          <small>{words.severities[rule.severity]}</small>
        </p>
        <div class="row">
          <div class="field">
            <label for={id('threshold')}>{words.threshold}</label>
            <input
              id={id('threshold')}
              name="threshold"
              value={String(rule.threshold)}
              inputMode="numeric"
              autoComplete="off"
            />
          </div>
          <div class="field">
            <label for={id('cooldown')}>{words.cooldown}</label>
            <input
              id={id('cooldown')}
              name="cooldown"
              value={String(rule.cooldown_min)}
              inputMode="numeric"
              autoComplete="off"
            />
          </div>
          <label class="choice">
            <input type="checkbox" name="enabled" value="yes" checked={rule.enabled} />
            {words.enabled}
          </label>
          <button type="submit" class="small" aria-label={`${words.save} · ${title}`}>
            {words.save}
          </button>
        </div>
      </form>
    </li>
  );
}

function Resolved({ frame, resolved, names }: AlertsPageProps) {
  const words = wordsFor(frame.locale).console.alerts;
  return (
    <section class="card">
      <table class="stack">
        <caption>{words.resolved}</caption>
        <tbody>
          {resolved.map((alert) => (
            <tr key={alert.id}>
              <th scope="row" data-label={words.rule}>
                {ruleText(alert.rule, frame.locale)}
                {alert.subject === 'all' ? '' : ` · ${alert.subject}`}
              </th>
              <td data-label={words.measured}>{measuredText(alert, frame.locale)}</td>
              <td data-label={words.since}>
                <When instant={alert.firstAt} locale={frame.locale} />
              </td>
              <td data-label={words.by}>
                {alert.resolvedBy === 'by itself' ? words.itself : (names.get(alert.resolvedBy ?? '') ?? '')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
