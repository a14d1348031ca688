/**
 * Narrows the trail to one act, one subject or one person; each has its index.
 */
import type { AuditAct } from '../../../../oversight/audit/audit-entry.ts';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

/** What was chosen, as it stands in the address. */
export interface TrailFields {
  readonly act?: AuditAct;
  readonly subject?: string;
  readonly actor?: string;
}

/** The address of the trail of one person or one subject. */
export function trailOf(fields: TrailFields): string {
  return `${consolePaths.trail}?${new URLSearchParams({ ...fields })}`;
}

export function TrailFilter({
  frame,
  fields,
}: {
  readonly frame: ConsoleFrame;
  readonly fields: TrailFields;
}) {
  const all = wordsFor(frame.locale).console;
  const words = all.trail;
  const isNarrowed = Object.keys(fields).length > 0;
  return (
    <form method="get" action={consolePaths.trail} class="card">
      <details open={isNarrowed}>
        <summary>{words.narrow}</summary>
        <div class="row">
          <div class="field">
            <label for="f-act">{words.what}</label>
            <select id="f-act" name="act">
              <option value="">{all.find.any}</option>
              {Object.entries(words.acts).map(([act, text]) => (
                <option key={act} value={act} selected={act === fields.act}>
                  {text}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="f-subject">{words.subject}</label>
            <input id="f-subject" name="subject" value={fields.subject} autoComplete="off" />
          </div>
          {fields.actor === undefined ? null : <input type="hidden" name="actor" value={fields.actor} />}
          <button type="submit" class="primary">
            {all.find.search}
          </button>
        </div>
        {isNarrowed ? (
          <p>
            <a href={consolePaths.trail}>{words.whole}</a>
          </p>
        ) : null}
      </details>
    </form>
  );
}
