/**
 * Draws the pages of a tontine on which people meet and decide: members, approvals, meetings, in every state.
 */
import type { Frame } from '../layout.tsx';
import { ApprovalPage } from '../tontines/approvals/approval-page.tsx';
import { ApprovalsPage } from '../tontines/approvals/page.tsx';
import { MeetingPage, type RollLine } from '../tontines/meeting/page.tsx';
import { SheetPage } from '../tontines/meeting/sheet-page.tsx';
import { MemberPage } from '../tontines/members/member-page.tsx';
import { MembersPage } from '../tontines/members/page.tsx';
import { AT, CODE, DEADLINE, FORM, GROUP, membersOf } from './sample-group.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

export function tontinePeoplePages(frame: Frame, name: string): readonly SamplePage[] {
  return [...memberPages(frame, name), ...approvalPages(frame, name), ...meetingPages(frame, name)];
}

function memberPages(frame: Frame, name: string): readonly SamplePage[] {
  const faces = ['active', 'active', 'suspended', 'invited'] as const;
  const members = membersOf(name).map((member, place) => ({
    ...member,
    face: faces[place] ?? ('active' as const),
    roles: place === 0 ? (['president', 'treasurer'] as const) : (['member'] as const),
    shares: place === 1 ? 2 : 1,
    turns: place === 1 ? [2, 9] : [place + 1],
    isMe: place === 0,
  }));
  const open = { code: CODE, url: `https://tontine.example/tontines/join/${CODE}/` };
  const invitation = { formId: FORM, open };
  const member = {
    frame,
    group: GROUP,
    membershipId: 'mem_1',
    formId: FORM,
    name,
    face: 'active',
    roles: ['treasurer'],
    phoneText: '+225 07 •• •• •• 12',
    shares: 2,
    turns: [2, 9],
    paid: xof(100_000n),
    received: xof(300_000n),
    owed: xof(26_000n),
    fines: xof(500n),
    credit: xof(14_000n),
    hasPin: true,
  } as const;
  return [
    {
      name: 'members',
      page: (
        <MembersPage
          frame={frame}
          group={GROUP}
          members={members}
          invitation={invitation}
          asking={[{ id: 'mem_20', name: 'Salimata Ouédraogo' }]}
          refusals={{ phone: refusalOf('phone_invalid') }}
        />
      ),
    },
    {
      name: 'members-plain',
      page: (
        <MembersPage
          frame={frame}
          group={GROUP}
          members={members.slice(0, 1)}
          asking={[]}
          invitation={{ formId: FORM }}
        />
      ),
    },
    {
      name: 'member',
      page: (
        <MemberPage
          {...member}
          acts={['grant-role', 'suspend', 'expel']}
          offers={['treasurer', 'secretary']}
          refusals={{ reason: refusalOf('reason_missing') }}
        />
      ),
    },
    { name: 'member-plain', page: <MemberPage {...member} turns={[]} acts={[]} offers={[]} /> },
  ];
}

function approvalPages(frame: Frame, name: string): readonly SamplePage[] {
  const line = {
    id: FORM,
    kind: 'payout',
    face: 'open',
    askedBy: 'Mariam',
    about: 'Fatou Diallo, tour 4',
    amount: xof(300_000n),
    given: 1,
    needed: 2,
    at: AT,
    mine: true,
  } as const;
  const request = {
    frame,
    group: GROUP,
    approvalId: FORM,
    formId: FORM,
    kind: 'payout',
    askedBy: name,
    about: line.about,
    amount: xof(300_000n),
    before: xof(300_000n),
    after: xof(0n),
    needed: 2,
    expiresAt: DEADLINE,
    hasPin: true,
    voices: [{ name: 'Yao', answer: 'approved', at: AT }],
  } as const;
  return [
    {
      name: 'approvals',
      page: (
        <ApprovalsPage
          frame={frame}
          group={GROUP}
          lines={[
            line,
            { ...line, id: 'apv_2', kind: 'waiver', amount: xof(500n), mine: false },
            { ...line, id: 'apv_3', kind: 'rules', face: 'expired', mine: false },
          ]}
        />
      ),
    },
    { name: 'approvals-empty', page: <ApprovalsPage frame={frame} group={GROUP} lines={[]} /> },
    {
      name: 'approval',
      page: <ApprovalPage {...request} face="open" refusals={{ reason: refusalOf('reason') }} />,
    },
    { name: 'approval-silent', page: <ApprovalPage {...request} face="open" silentBecause="own-request" /> },
    {
      name: 'approval-refused',
      page: (
        <ApprovalPage
          {...request}
          face="refused"
          reason="Retard de deux jours, hôpital"
          voices={[{ name: 'Yao', answer: 'refused', at: AT, reason: 'Koffi n’a pas encore payé' }]}
        />
      ),
    },
  ];
}

/** Each presence, paid and unpaid, and cash that waits. */
function sampleRoll(name: string): readonly RollLine[] {
  const presences = ['present', 'absent', 'represented'] as const;
  return membersOf(name).map((member, place): RollLine => {
    const presence = presences[place];
    return {
      membershipId: member.id,
      name: member.name,
      face: place % 3 === 0 ? 'due' : 'paid',
      contributionId: `ctr_${place}`,
      ...(presence === undefined ? {} : { presence }),
      ...(place % 3 === 0 ? { owed: xof(26_000n) } : {}),
      ...(place === 1 ? { declared: xof(26_000n) } : {}),
    };
  });
}

function meetingPages(frame: Frame, name: string): readonly SamplePage[] {
  const roll = sampleRoll(name);
  const box = {
    keeperId: 'mem_2',
    keeper: 'Mariam',
    opening: xof(40_000n),
    came: xof(215_000n),
    went: xof(180_000n),
    expected: xof(75_000n),
    isMine: true,
  };
  const decisions = ['La caisse change de gardien le mois prochain.'];
  const page = {
    frame,
    group: GROUP,
    formId: FORM,
    round: 4,
    roll,
    decisions,
    mayLead: true,
    hasPin: true,
    values: {},
  };
  const meeting = { id: 'mtg_1', isClosed: false };
  const variance = { counted: xof(74_500n), variance: xof(-500n) };
  return [
    { name: 'meeting-before', page: <MeetingPage {...page} boxes={[]} /> },
    { name: 'meeting', page: <MeetingPage {...page} meeting={meeting} boxes={[box]} /> },
    {
      name: 'meeting-variance',
      page: (
        <MeetingPage
          {...page}
          meeting={meeting}
          boxes={[{ ...box, ...variance }]}
          refusals={{ form: refusalOf('variance'), fine: refusalOf('amount_zero') }}
        />
      ),
    },
    {
      name: 'meeting-closed',
      page: (
        <MeetingPage
          {...page}
          meeting={{ ...meeting, isClosed: true }}
          boxes={[{ ...box, counted: box.expected }]}
        />
      ),
    },
    {
      name: 'sheet',
      page: (
        <SheetPage
          frame={frame}
          group={GROUP}
          round={4}
          day="2026-04-05"
          recipients={['Fatou Diallo']}
          each={xof(26_000n)}
          names={membersOf(name).map((member) => member.name)}
        />
      ),
    },
  ];
}
