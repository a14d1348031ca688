/**
 * Shows every date and every pot before a tontine is founded: what is generated later is exactly this.
 */
import { type Frame, Layout } from '../../layout.tsx';
import { Csrf } from '../../parts/field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { type PotDate, PotDates } from '../parts/pot-dates.tsx';
import { Example, type RulesExample } from './example.tsx';
import type { RulesDraft } from './rules-draft.ts';

export interface PreviewPageProps {
  readonly frame: Frame;
  readonly formId: string;
  readonly values: RulesDraft;
  readonly example: RulesExample;
  readonly dates: readonly PotDate[];
}

export function PreviewPage({ frame, formId, values, example, dates }: PreviewPageProps) {
  const words = wordsFor(frame.locale).tontines.found;
  return (
    <Layout frame={frame} title={words.previewTitle} active="tontines" narrow ofGroup>
      <h1>{words.previewTitle}</h1>
      <p class="lead">{values.name}</p>
      <section class="card">
        <Example frame={frame} example={example} />
        <h2>{words.dates}</h2>
        <PotDates frame={frame} dates={dates} />
      </section>
      <form method="post" action={paths.tontineFound} class="aside">
        <Csrf token={frame.csrf} />
        <input type="hidden" name="form_id" value={formId} />
        {Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="primary" name="found" value="1">
          {words.founding}
        </button>
        <button type="submit" name="change" value="1">
          {words.change}
        </button>
        <p class="hint centred">{words.inviteNext}</p>
      </form>
    </Layout>
  );
}
