/**
 * Draws the pages on which a turn is decided or changes hands, in every state.
 */
import type { Frame } from '../layout.tsx';
import { AidPage } from '../tontines/aid/page.tsx';
import { AuctionPage } from '../tontines/auction/page.tsx';
import { CyclePage } from '../tontines/cycle/page.tsx';
import { DrawPage } from '../tontines/draw/page.tsx';
import { ExitPage } from '../tontines/exit/page.tsx';
import { SwapPage } from '../tontines/swap/page.tsx';
import { VotePage } from '../tontines/vote/page.tsx';
import { AT, DEADLINE, FORM, GROUP, membersOf, NAMES } from './sample-group.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

const SEAL = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export function tontineTurnPages(frame: Frame, name: string): readonly SamplePage[] {
  return [
    ...drawPages(frame, name),
    ...auctionPages(frame, name),
    ...votePages(frame, name),
    ...swapPages(frame, name),
    ...exitPages(frame, name),
    ...aidPages(frame, name),
    ...cyclePages(frame),
  ];
}

function drawPages(frame: Frame, name: string): readonly SamplePage[] {
  const list = membersOf(name).map((member) => member.name);
  const draw = {
    frame,
    group: GROUP,
    formId: FORM,
    algorithm: 'tontine-draw-1',
    list,
    minutes: '60',
    hasPin: true,
  } as const;
  const words = [
    { name, word: 'mangue' },
    { name: 'Yao', word: 'le train de 6 h' },
  ];
  const done = {
    ...draw,
    face: 'revealed',
    commitment: SEAL,
    seed: SEAL,
    words,
    result: list.toReversed(),
    proof: `{"seed":"${SEAL}","list":["Awa","Yao"],"words":["mangue"]}`,
  } as const;
  return [
    { name: 'draw-none', page: <DrawPage {...draw} face="none" words={[]} next="commit" /> },
    {
      name: 'draw-committed',
      page: (
        <DrawPage
          {...draw}
          face="committed"
          commitment={SEAL}
          words={words}
          next="reveal"
          mayAddWord
          refusals={{ word: refusalOf('word_long') }}
        />
      ),
    },
    { name: 'draw-revealed', page: <DrawPage {...done} isTrue /> },
    { name: 'draw-mismatch', page: <DrawPage {...done} isTrue={false} /> },
  ];
}

function auctionPages(frame: Frame, name: string): readonly SamplePage[] {
  const auction = {
    frame,
    group: GROUP,
    formId: FORM,
    round: 6,
    pot: xof(300_000n),
    least: xof(15_000n),
    most: xof(120_000n),
    step: xof(1_000n),
    amount: '36 000',
    minutes: '60',
    hasPin: true,
  } as const;
  const look = { receives: xof(264_000n), others: xof(3_000n) };
  return [
    {
      name: 'auction',
      page: (
        <AuctionPage
          {...auction}
          kind="discount"
          face="open"
          deadline={DEADLINE}
          best={xof(32_000n)}
          mine={xof(30_000n)}
          look={look}
          refusals={{ amount: refusalOf('bid_low') }}
          next="award"
        />
      ),
    },
    {
      name: 'auction-barred',
      page: <AuctionPage {...auction} kind="premium" face="open" barredBecause="Vous avez déjà reçu." />,
    },
    { name: 'auction-none', page: <AuctionPage {...auction} kind="premium" face="none" next="open" /> },
    {
      name: 'auction-awarded',
      page: (
        <AuctionPage
          {...auction}
          kind="discount"
          face="awarded"
          winner={{ name, bid: xof(36_000n), ...look }}
        />
      ),
    },
  ];
}

function votePages(frame: Frame, name: string): readonly SamplePage[] {
  const candidates = [
    { id: 'mem_0', name, reason: 'Rentrée des classes' },
    { id: 'mem_3', name: 'Fatou Diallo', reason: 'Une opération de ma mère, le mois prochain' },
  ];
  const vote = {
    frame,
    group: GROUP,
    formId: FORM,
    round: 5,
    given: 5,
    quorum: 8,
    candidates,
    minutes: '60',
  } as const;
  return [
    {
      name: 'vote',
      page: (
        <VotePage
          {...vote}
          face="open"
          deadline={DEADLINE}
          mayVote
          mayAsk
          next="count"
          refusals={{ choice: refusalOf('choice_missing'), reason: refusalOf('reason_missing') }}
        />
      ),
    },
    {
      name: 'vote-none',
      page: <VotePage {...vote} candidates={[]} given={0} face="none" mayVote={false} mayAsk={false} />,
    },
    {
      name: 'vote-decided',
      page: (
        <VotePage
          {...vote}
          face="decided"
          winner="Fatou Diallo"
          chosenName="Fatou Diallo"
          candidates={candidates.map((one) => ({ ...one, votes: one.id === 'mem_0' ? 2 : 7 }))}
          mayVote={false}
          mayAsk={false}
        />
      ),
    },
  ];
}

function swapPages(frame: Frame, name: string): readonly SamplePage[] {
  const nine = { round: 9, day: '2026-09-05' };
  const eleven = { round: 11, day: '2026-11-05' };
  const sides = [
    { name, from: nine, to: eleven },
    { name: 'Rokia', from: eleven, to: nine },
  ];
  const swap = { frame, group: GROUP, formId: FORM, hasPin: true, values: {} } as const;
  return [
    {
      name: 'swap',
      page: (
        <SwapPage
          {...swap}
          mine={[{ value: 'shr_9', text: 'Tour 9' }]}
          others={NAMES.slice(4).map((other, place) => ({
            value: `shr_${place}`,
            text: `Tour ${place + 5} · ${other}`,
          }))}
          preview={sides}
          requests={[
            { id: 'swp_1', sides, face: 'waiting', next: 'consent', waitsFor: 'consent' },
            { id: 'swp_3', sides, face: 'waiting', next: 'approve', waitsFor: 'approval' },
            { id: 'swp_2', sides, face: 'agreed' },
          ]}
          refusals={{ other: refusalOf('turn_served') }}
        />
      ),
    },
    { name: 'swap-nothing', page: <SwapPage {...swap} mine={[]} others={[]} requests={[]} /> },
  ];
}

function exitPages(frame: Frame, name: string): readonly SamplePage[] {
  const exit = { frame, group: GROUP, formId: FORM, hasPin: true } as const;
  const parts = (names: readonly string[]) =>
    names.map((one, place) => ({ id: `mem_${place}`, name: one, amount: xof(25_000n) }));
  return [
    {
      name: 'exit-before',
      page: (
        <ExitPage
          {...exit}
          situation="before"
          paid={xof(125_000n)}
          received={xof(0n)}
          sum={xof(125_000n)}
          parts={parts([name, 'Yao', 'Mariam', 'Fatou Diallo', 'Moussa'])}
          potAfter={xof(275_000n)}
          refusals={{ reason: refusalOf('reason_missing') }}
        />
      ),
    },
    {
      name: 'exit-after',
      page: (
        <ExitPage
          {...exit}
          situation="after"
          paid={xof(125_000n)}
          received={xof(300_000n)}
          sum={xof(175_000n)}
          parts={parts(NAMES.slice(4))}
        />
      ),
    },
    {
      name: 'exit-asked',
      page: (
        <ExitPage {...exit} situation="asked" paid={xof(0n)} received={xof(0n)} sum={xof(0n)} parts={[]} />
      ),
    },
  ];
}

function aidPages(frame: Frame, name: string): readonly SamplePage[] {
  const aid = { frame, group: GROUP, formId: FORM, fund: xof(45_000n), values: {} } as const;
  return [
    {
      name: 'aid',
      page: (
        <AidPage
          {...aid}
          people={membersOf(name).map((one) => ({ value: one.id, text: one.name }))}
          events={[
            { kind: 'birth', name: 'Naissance', amount: xof(15_000n), afterMonths: 6 },
            { kind: 'death', name: 'Décès d’un proche', amount: xof(60_000n), afterMonths: 0 },
          ]}
          claims={[
            { id: 'aid_1', name, event: 'Naissance', amount: xof(15_000n), at: AT, face: 'asked' },
            { id: 'aid_2', name: 'Yao', event: 'Naissance', amount: xof(15_000n), at: AT, face: 'granted' },
          ]}
          refusals={{ event: refusalOf('aid_too_early'), proof: refusalOf('proof_missing') }}
        />
      ),
    },
    { name: 'aid-none', page: <AidPage {...aid} events={[]} claims={[]} /> },
  ];
}

function cyclePages(frame: Frame): readonly SamplePage[] {
  const cycle = { frame, group: GROUP, formId: FORM, firstDay: '2027-01-05', hasPin: true } as const;
  return [
    { name: 'cycle-end', page: <CyclePage {...cycle} next="end" /> },
    {
      name: 'cycle-form',
      page: <CyclePage {...cycle} next="form" refusals={{ first_day: refusalOf('start_day') }} />,
    },
  ];
}
