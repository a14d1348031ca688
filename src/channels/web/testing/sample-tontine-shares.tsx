/**
 * Draws the pages of a tontine on which shares change hands or are answered for, in every state.
 */
import type { Frame } from '../layout.tsx';
import { DefaultPage } from '../tontines/default/page.tsx';
import { GuaranteePage } from '../tontines/guarantee/page.tsx';
import { KinPage } from '../tontines/members/kin-page.tsx';
import { MemberPage } from '../tontines/members/member-page.tsx';
import { ReplacementPage } from '../tontines/replace/answer-page.tsx';
import { ReplacePage } from '../tontines/replace/page.tsx';
import { ShareOutPage } from '../tontines/share-out/page.tsx';
import { FORM, GROUP, membersOf, NAMES } from './sample-group.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

const DONE = {
  share: 'Part 9 · Adjoua, tour 9',
  from: 'Adjoua',
  to: 'Jean-Baptiste Kouassi',
  price: xof(75_000n),
};

const TERMS = { ...DONE, owed: xof(26_000n) };

export function tontineSharePages(frame: Frame, name: string): readonly SamplePage[] {
  return [
    ...replacePages(frame, name),
    ...answerPages(frame),
    ...guaranteePages(frame, name),
    ...defaultPages(frame, name),
    ...kinPages(frame, name),
    ...shareOutPages(frame, name),
  ];
}

function replacePages(frame: Frame, name: string): readonly SamplePage[] {
  const people = membersOf(name).map((one) => ({ value: one.id, text: one.name }));
  const shares = people.map(({ text }, place) => ({
    value: `shr_${place}`,
    text: `Part ${place + 1} · ${text}`,
  }));
  const line = { id: 'sub_1', from: 'Adjoua', to: name, price: xof(75_000n) };
  const proposal = { formId: FORM, shares, people, values: {}, preview: TERMS };
  return [
    {
      name: 'replace',
      page: (
        <ReplacePage
          frame={frame}
          group={GROUP}
          lines={[
            { ...line, face: 'asked', mine: true },
            { ...line, id: 'sub_2', face: 'done', mine: false },
            { ...line, id: 'sub_3', face: 'lapsed', mine: false },
          ]}
          proposal={proposal}
          hasPin
          refusals={{ share: refusalOf('substitution_standing') }}
        />
      ),
    },
    {
      name: 'replace-plain',
      page: <ReplacePage frame={frame} group={GROUP} lines={[]} hasPin />,
    },
    {
      name: 'replace-nothing',
      page: (
        <ReplacePage
          frame={frame}
          group={GROUP}
          lines={[]}
          proposal={{ formId: FORM, shares: [], people, values: {} }}
          hasPin
        />
      ),
    },
  ];
}

function answerPages(frame: Frame): readonly SamplePage[] {
  const one = {
    frame,
    group: GROUP,
    formId: FORM,
    substitutionId: 'sub_1',
    terms: TERMS,
    hasPin: true,
  };
  return [
    {
      name: 'replacement-take',
      page: (
        <ReplacementPage
          {...one}
          face="asked"
          waitsFor="both"
          next="take"
          refusals={{ pin: refusalOf('pin_wrong') }}
        />
      ),
    },
    {
      name: 'replacement-free',
      page: (
        <ReplacementPage {...one} terms={{ ...TERMS, price: xof(0n) }} face="asked" waitsFor="officers" />
      ),
    },
    { name: 'replacement-done', page: <ReplacementPage {...one} terms={DONE} face="done" /> },
  ];
}

function guaranteePages(frame: Frame, name: string): readonly SamplePage[] {
  const page = { frame, group: GROUP, formId: FORM, hasPin: true, isUsed: true } as const;
  return [
    {
      name: 'guarantee',
      page: (
        <GuaranteePage
          {...page}
          signed={[{ id: 'one', guarantor: name, name: 'Fatou Diallo' }]}
          shares={NAMES.map((text, place) => ({ value: `shr_${place}`, text }))}
          preview={{ most: xof(200_000n), rounds: 8 }}
          refusals={{ share: refusalOf('guarantor_own') }}
        />
      ),
    },
    {
      name: 'guarantee-unused',
      page: <GuaranteePage {...page} isUsed={false} signed={[]} shares={[]} />,
    },
  ];
}

function defaultPages(frame: Frame, name: string): readonly SamplePage[] {
  const claims = membersOf(name)
    .slice(5)
    .map((one) => ({ ...one, amount: xof(25_000n) }));
  const card = {
    id: 'def_1',
    name: 'Mariam',
    face: 'covered',
    reason: 'Ne répond plus depuis deux mois',
    debt: xof(175_000n),
    recovered: xof(25_000n),
    left: xof(50_000n),
    covers: [
      { id: 'cov_1', source: 'deposit', amount: xof(25_000n) },
      { id: 'cov_2', source: 'guarantor', payer: 'Yao', amount: xof(75_000n) },
    ],
    claims,
  } as const;
  const shares = [{ value: 'shr_1', text: 'Part 2 · Mariam, tour 2' }];
  const preview = {
    debt: xof(175_000n),
    claims,
    sources: [
      { source: 'deposit', most: xof(25_000n) },
      { source: 'guarantor', names: ['Yao', 'Jean-Baptiste Kouassi'] },
      { source: 'guarantee', most: xof(300_000n) },
      { source: 'pro-rata' },
    ],
  } as const;
  return [
    {
      name: 'default',
      page: (
        <DefaultPage
          frame={frame}
          group={GROUP}
          declared={[
            card,
            { ...card, id: 'def_2', face: 'asked', covers: [], left: xof(150_000n), approvalId: FORM },
          ]}
          declaring={{ formId: FORM, shares, values: {}, preview }}
          hasPin
          refusals={{ reason: refusalOf('reason_missing') }}
        />
      ),
    },
    { name: 'default-none', page: <DefaultPage frame={frame} group={GROUP} declared={[]} hasPin /> },
    {
      name: 'default-nothing-late',
      page: (
        <DefaultPage
          frame={frame}
          group={GROUP}
          declared={[{ ...card, face: 'settled', left: xof(0n) }]}
          declaring={{ formId: FORM, shares: [], values: {} }}
          hasPin
        />
      ),
    },
  ];
}

function kinPages(frame: Frame, name: string): readonly SamplePage[] {
  const page = { frame, group: GROUP, formId: FORM, membershipId: 'mem_1', hasPin: true } as const;
  return [
    {
      name: 'member-own',
      page: (
        <MemberPage
          {...page}
          name={name}
          face="active"
          roles={['member']}
          shares={1}
          turns={[2]}
          kin={{ name: 'Aïcha Koné' }}
          mayGuarantee
          hasDefault
          acts={[]}
          offers={[]}
        />
      ),
    },
    {
      name: 'kin',
      page: <KinPage {...page} member={name} isMe values={{ name: 'Aïcha Koné' }} />,
    },
    {
      name: 'kin-refused',
      page: (
        <KinPage
          {...page}
          member={name}
          isMe={false}
          values={{ phone: '0912' }}
          refusals={{ phone: refusalOf('phone_invalid') }}
        />
      ),
    },
  ];
}

function shareOutPages(frame: Frame, name: string): readonly SamplePage[] {
  const page = { frame, group: GROUP, formId: FORM } as const;
  const funds = [
    { fund: 'fines', amount: xof(7_500n) },
    { fund: 'interest', amount: xof(112_000n) },
  ] as const;
  const lines = membersOf(name).map(({ id, name: member }, place) => ({
    membershipId: id,
    name: member,
    shares: place === 0 ? 2 : 1,
    amount: xof(place === 0 ? 18_385n : 9_193n),
    ...(place === 3 ? { inNotes: xof(9_193n) } : {}),
  }));
  const whole = { ...page, funds, total: xof(119_500n), lines };
  return [
    {
      name: 'share-out',
      page: <ShareOutPage {...whole} ask={{ hasPin: true }} refusals={{ pin: refusalOf('pin_wrong') }} />,
    },
    { name: 'share-out-asked', page: <ShareOutPage {...whole} approvalId="apv_1" /> },
    {
      name: 'share-out-done',
      page: (
        <ShareOutPage
          {...page}
          funds={[]}
          total={xof(119_500n)}
          lines={lines}
          sharedOn={frame.locale === 'fr' ? '5 déc. 2026' : '5 Dec 2026'}
        />
      ),
    },
    {
      name: 'share-out-notes-missing',
      page: (
        <ShareOutPage
          {...page}
          funds={funds}
          lines={[]}
          whyNot="Des membres sans téléphone reçoivent leur part en espèces, et il n’y en a pas assez dans les caisses."
          mayBringNotes
        />
      ),
    },
    {
      name: 'share-out-too-early',
      page: (
        <ShareOutPage
          {...page}
          funds={funds}
          lines={[]}
          whyNot="Toutes les cagnottes ne sont pas encore remises."
        />
      ),
    },
  ];
}
