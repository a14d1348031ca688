/**
 * Shows one member to the group: role, turns, what was paid and received, and to officers what they may do.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import type { MemberAct, MemberFace, Role } from '../../words/fr-tontine.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface MemberPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly membershipId: string;
  readonly formId: string;
  readonly name: string;
  readonly face: MemberFace;
  readonly roles: readonly Role[];
  /** Masked; only for officers and for oneself. */
  readonly phoneText?: string;
  readonly shares: number;
  readonly turns: readonly number[];
  /** Absent where the group keeps amounts to oneself. */
  readonly paid?: Money;
  readonly received?: Money;
  readonly owed?: Money;
  readonly fines?: Money;
  /** Kept for the next due. */
  readonly credit?: Money;
  /** The next of kin that was named; only for those who may name one. */
  readonly kin?: { readonly name?: string };
  /** True where this visitor could answer for a share of theirs. */
  readonly mayGuarantee?: boolean;
  /** True once a share of theirs was declared in default. */
  readonly hasDefault?: boolean;
  /** What this visitor may do; none for most. */
  readonly acts: readonly MemberAct[];
  /** Roles that may be given, for those who may. */
  readonly offers: readonly Role[];
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly reason?: RefusalText;
    readonly pin?: RefusalText;
    readonly act?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function MemberPage(props: MemberPageProps) {
  const { frame, group } = props;
  const { member: words, kin: kinWords, roles, faces } = wordsFor(frame.locale).tontines;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  const line = (name: string, value: Money | undefined) => value && { name, value: shown(value) };
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={props.name}
      lead={props.roles.map((role) => roles[role]).join(', ')}
      refusal={props.refusals?.form}
    >
      <div class="card">
        <Facts
          facts={[
            { name: words.standing, value: faces[props.face] },
            props.phoneText === undefined ? undefined : { name: words.phone, value: props.phoneText },
            { name: words.shares, value: String(props.shares) },
            { name: words.turns, value: props.turns.length === 0 ? words.undecided : props.turns.join(', ') },
            line(words.paid, props.paid),
            line(words.received, props.received),
            line(words.owed, props.owed),
            line(words.fines, props.fines),
            line(words.credit, props.credit),
            props.kin?.name === undefined ? undefined : { name: kinWords.named, value: props.kin.name },
          ]}
        />
        <Places {...props} />
      </div>
      {props.acts.length === 0 ? null : <Acts {...props} />}
    </GroupLayout>
  );
}

function Places({ frame, group, membershipId, kin, mayGuarantee, hasDefault }: MemberPageProps) {
  const words = wordsFor(frame.locale).tontines;
  const links = [
    kin && { href: paths.tontineKin(group.id, membershipId), text: words.kin.link },
    mayGuarantee && { href: paths.tontineGuarantee(group.id), text: words.guarantee.title },
    hasDefault && { href: paths.tontineDefault(group.id), text: words.default.title },
  ].filter((link) => typeof link === 'object');
  return links.map((link) => (
    <p key={link.href}>
      <a href={link.href}>{link.text}</a>
    </p>
  ));
}

function Acts(props: MemberPageProps) {
  const { frame, group, membershipId, acts, offers, refusals } = props;
  const { member: words, roles } = wordsFor(frame.locale).tontines;
  const here = paths.tontineMember(group.id, membershipId);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} />
      <h2>{words.acts}</h2>
      <SelectField
        name="act"
        label={words.act}
        refusal={refusals?.act}
        options={acts.map((act) => ({ value: act, text: words.actNames[act] }))}
      />
      {offers.length === 0 ? null : (
        <SelectField
          name="role"
          label={words.role}
          hint={words.roleHint}
          options={offers.map((role) => ({ value: role, text: roles[role] }))}
        />
      )}
      <Field
        name="reason"
        autoComplete="off"
        label={words.reason}
        hint={words.reasonHint}
        refusal={refusals?.reason}
        maxLength={200}
      />
      <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary">
          {words.confirm}
        </button>
      </PinStep>
    </form>
  );
}
