/**
 * Lists the people of a group with their roles and turns, and lets officers invite and admit.
 */
import type { Frame } from '../../layout.tsx';
import { Reference } from '../../parts/facts.tsx';
import { Csrf, Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { Qr } from '../../parts/qr.tsx';
import { paths } from '../../paths.ts';
import type { MemberFace, Role } from '../../words/fr-tontine.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { ShareLink } from '../parts/share-link.tsx';

export interface MemberLine {
  readonly id: string;
  readonly name: string;
  readonly face: MemberFace;
  readonly roles: readonly Role[];
  readonly shares: number;
  /** Rounds in which this member receives; empty while undecided. */
  readonly turns: readonly number[];
  readonly isMe: boolean;
}

export interface MembersPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly members: readonly MemberLine[];
  /** Present for those who may invite. */
  readonly invitation?: {
    readonly formId: string;
    /** Absent when the last code is no longer valid. */
    readonly open?: { readonly code: string; readonly url: string };
    readonly phone?: string;
    readonly name?: string;
  };
  /** People who ask to join; empty for those who may not admit. */
  readonly asking: readonly { readonly id: string; readonly name: string }[];
  readonly refusals?: {
    readonly phone?: RefusalText;
    readonly name?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function MembersPage(props: MembersPageProps) {
  const { frame, group, members } = props;
  const words = wordsFor(frame.locale).tontines.members;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.count(members.length)}
      refusal={props.refusals?.form}
    >
      {props.asking.length === 0 ? null : <Asking {...props} />}
      <section class="card" aria-labelledby="members">
        <h2 id="members" class="unseen">
          {words.title}
        </h2>
        <ul class="lines">
          {members.map((member) => (
            <li key={member.id}>
              <OneMember frame={frame} group={group} member={member} />
            </li>
          ))}
        </ul>
      </section>
      {props.invitation === undefined ? null : <Invite {...props} />}
    </GroupLayout>
  );
}

interface OneMemberProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly member: MemberLine;
}

function OneMember({ frame, group, member }: OneMemberProps) {
  const { members: words, roles, faces } = wordsFor(frame.locale).tontines;
  const offices = member.roles.filter((role) => role !== 'member').map((role) => roles[role]);
  const turns = member.turns.length === 0 ? [] : [words.turns(member.turns.length, member.turns.join(', '))];
  const shares = member.shares > 1 ? [words.shares(member.shares)] : [];
  return (
    <a class="line" href={paths.tontineMember(group.id, member.id)}>
      <span>
        <strong>
          {member.name}
          {member.isMe ? ` (${words.me})` : ''}
        </strong>
        <small>{[...offices, ...shares, ...turns].join(' · ')}</small>
      </span>
      {member.face === 'active' ? null : <small class="role">{faces[member.face]}</small>}
    </a>
  );
}

function Asking({ frame, group, asking }: MembersPageProps) {
  const words = wordsFor(frame.locale).tontines.members;
  return (
    <section class="card" aria-labelledby="asking">
      <h2 id="asking">{words.asking(asking.length)}</h2>
      <ul class="lines">
        {asking.map(({ id, name }) => (
          <li key={id}>
            <form method="post" action={paths.tontineMember(group.id, id)} class="line">
              <Csrf token={frame.csrf} />
              <strong>{name}</strong>
              <span class="moves">
                <button type="submit" class="primary small" name="act" value="approve">
                  {words.admit}
                  <span class="unseen"> {name}</span>
                </button>
                <button type="submit" class="small" name="act" value="decline">
                  {words.decline}
                  <span class="unseen"> {name}</span>
                </button>
              </span>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Invite({ frame, group, invitation, refusals }: MembersPageProps) {
  const words = wordsFor(frame.locale).tontines.members;
  if (invitation === undefined) return null;
  return (
    <section class="card" aria-labelledby="invite">
      <h2 id="invite">{words.invite}</h2>
      <Code frame={frame} group={group} open={invitation.open} />
      <form method="post" action={paths.tontineMembers(group.id)}>
        <FormHead frame={frame} formId={invitation.formId} />
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="off"
          label={words.phone}
          hint={words.phoneHint}
          value={invitation.phone}
          refusal={refusals?.phone}
          maxLength={30}
        />
        <Field
          name="name"
          autoComplete="off"
          label={words.name}
          hint={words.nameHint}
          value={invitation.name}
          refusal={refusals?.name}
          maxLength={60}
          required={false}
        />
        <button type="submit">{words.send}</button>
      </form>
      {invitation.open === undefined ? null : (
        <form method="post" action={paths.tontineMembers(group.id)}>
          <Csrf token={frame.csrf} />
          <input type="hidden" name="code" value={invitation.open.code} />
          <button type="submit" class="small" name="act" value="withdraw-code">
            {words.withdrawCode(invitation.open.code)}
          </button>
        </form>
      )}
    </section>
  );
}

interface CodeProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly open: NonNullable<MembersPageProps['invitation']>['open'];
}

function Code({ frame, group, open }: CodeProps) {
  const { members: words } = wordsFor(frame.locale).tontines;
  const { facts } = wordsFor(frame.locale);
  if (open === undefined) {
    return (
      <form method="post" action={paths.tontineMembers(group.id)}>
        <Csrf token={frame.csrf} />
        <p>{words.noCode}</p>
        <button type="submit" name="act" value="new-code">
          {words.newCode}
        </button>
      </form>
    );
  }
  return (
    <>
      <p>
        {words.code} <Reference text={open.code} copy={facts.copy} copied={facts.copied} />
      </p>
      <p class="moves">
        <ShareLink frame={frame} groupName={group.name} url={open.url} />
      </p>
      <details>
        <summary>{words.scan}</summary>
        <Qr text={open.url} label={words.qr} />
      </details>
    </>
  );
}
