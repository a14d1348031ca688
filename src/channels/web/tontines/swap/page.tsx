/**
 * Exchanges two turns: what would change for both, then the consent of both. A turn already served cannot be exchanged.
 */
import type { Frame } from '../../layout.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { type Option, SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface SwapSide {
  readonly name: string;
  readonly from: { readonly round: number; readonly day: string };
  readonly to: { readonly round: number; readonly day: string };
}

export interface SwapRequest {
  readonly id: string;
  readonly sides: readonly SwapSide[];
  readonly face: 'waiting' | 'agreed' | 'declined';
  /** What this visitor can answer; absent when nothing. */
  readonly next?: 'consent' | 'approve';
  /** Whose answer is missing while it waits. */
  readonly waitsFor?: 'consent' | 'approval';
}

export interface SwapPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** My shares that were not served. */
  readonly mine: readonly Option[];
  /** Those of others. */
  readonly others: readonly Option[];
  readonly values: { readonly mine?: string; readonly other?: string };
  readonly preview?: readonly SwapSide[];
  readonly requests: readonly SwapRequest[];
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly other?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function SwapPage(props: SwapPageProps) {
  const { frame, group } = props;
  const words = wordsFor(frame.locale).tontines.swap;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.lead}
      refusal={props.refusals?.form}
    >
      {props.requests.map((one) => (
        <OneRequest key={one.id} {...props} request={one} />
      ))}
      {props.mine.length === 0 || props.others.length === 0 ? (
        <p class="card">{words.nothing}</p>
      ) : (
        <Propose {...props} />
      )}
    </GroupLayout>
  );
}

function Sides({ frame, sides }: { readonly frame: Frame; readonly sides: readonly SwapSide[] }) {
  const words = wordsFor(frame.locale).tontines.swap;
  const turn = ({ round, day }: SwapSide['from']) => words.turn(round, formatDay(day, frame.locale));
  return (
    <Facts
      facts={sides.map((side) => ({
        name: side.name,
        value: (
          <>
            <s>{turn(side.from)}</s>
            <br />
            <strong>{turn(side.to)}</strong>
          </>
        ),
      }))}
    />
  );
}

type OneRequestProps = SwapPageProps & { readonly request: SwapRequest };

function OneRequest({ frame, group, formId, request }: OneRequestProps) {
  const words = wordsFor(frame.locale).tontines.swap;
  return (
    <article class="card">
      <h2>{words.faces[request.face]}</h2>
      <Sides frame={frame} sides={request.sides} />
      {request.waitsFor === undefined ? null : <p class="hint">{words.waitsFor[request.waitsFor]}</p>}
      {request.next === undefined ? null : (
        <form method="post" action={paths.tontineSwap(group.id)}>
          <FormHead frame={frame} formId={formId} />
          <input type="hidden" name="swap_id" value={request.id} />
          <div class="moves">
            <button type="submit" class="primary" name="act" value={request.next}>
              {words[request.next]}
            </button>
            {request.next === 'consent' ? (
              <button type="submit" class="quiet" name="act" value="decline">
                {words.decline}
              </button>
            ) : null}
          </div>
        </form>
      )}
    </article>
  );
}

function Propose(props: SwapPageProps) {
  const { frame, group, mine, others, values, preview, refusals } = props;
  const words = wordsFor(frame.locale).tontines.swap;
  const here = paths.tontineSwap(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} enter={words.look} />
      <SelectField name="mine" label={words.mine} options={mine} value={values.mine} />
      <SelectField
        name="other"
        label={words.other}
        options={others}
        value={values.other}
        refusal={refusals?.other}
      />
      <button type="submit" name="look" value="1" formNoValidate>
        {words.look}
      </button>
      {preview === undefined ? null : <Sides frame={frame} sides={preview} />}
      <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value="propose">
          {words.propose}
        </button>
      </PinStep>
    </form>
  );
}
