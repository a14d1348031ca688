/**
 * Opens the founding of a tontine: the questions, an example, every date, and the group.
 *
 * The group's id is made when the form is drawn and travels with the answers, so that founding twice is founding once.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { answerInTransaction } from '../../../../ground/postgres/answer-in-transaction.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, accepted, type Refusal } from '../../../../ground/refusal.ts';
import type { Person } from '../../../../people/person.ts';
import { calendarDay } from '../../../../tontine/cycles/calendar-day.ts';
import { formCycle } from '../../../../tontine/cycles/form-cycle.ts';
import { foundGroup } from '../../../../tontine/groups/found-group.ts';
import { USUAL_RULES } from '../../../../tontine/groups/rules.ts';
import { listInvitations } from '../../../../tontine/members/invitation.rows.ts';
import { makeInvitation } from '../../../../tontine/members/make-invitation.ts';
import { currencyOf } from '../../../../wallet/wallet.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage, statusOf } from '../../send-page.ts';
import { requireSignIn, signedInOf } from '../../signed-in.ts';
import { frameOf, refusalText } from '../../visitor.ts';
import type { WebDoor } from '../../web-door.ts';
import { draftOfRules } from './draft-of-rules.ts';
import type { RulesExample } from './example.tsx';
import { exampleOf } from './example-of.ts';
import { FoundPage } from './page.tsx';
import { PreviewPage } from './preview-page.tsx';
import { type ReadDraft, readDraft } from './read-draft.ts';
import { DRAFT_FIELDS, type DraftField, type RulesDraft } from './rules-draft.ts';
import { timeZoneOf } from './time-zone-of.ts';

/** What the form proposes. The first day is left to the president. */
const PROPOSED: RulesDraft = {
  ...draftOfRules(USUAL_RULES, 'XOF', calendarDay('2026-01-05')),
  shares: '12',
  rhythm: 'monthly',
  order: 'draw',
  first_day: '',
};

interface No {
  readonly field: DraftField | 'form';
  readonly no: Refusal;
}

export function registerFound(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };

  app.get(paths.tontineFound, guarded, async (request, reply) => await showForm(request, reply, PROPOSED));

  app.post(paths.tontineFound, guarded, async (request, reply) => {
    const { form_id, look, change, found, ...typed } = formFields(request, [
      ...DRAFT_FIELDS,
      'form_id',
      'look',
      'change',
      'found',
    ]);
    const values = given(typed);
    if (change !== undefined) return await showForm(request, reply, values, {}, form_id);
    const { person } = signedInOf(request);
    const currency = currencyOf(person.country);
    const timeZone = timeZoneOf(person.country);
    const draft = readDraft(values, { currency, timeZone, now: door.ground.clock.now() });
    if ('no' in draft) return await showForm(request, reply, values, { no: draft }, form_id);
    const example = exampleOf(draft, currency);
    if (look !== undefined) return await showForm(request, reply, values, { example }, form_id);
    if (found === undefined || !isId('grp', form_id)) {
      const page = (
        <PreviewPage
          frame={frameOf(request, reply, door, assets)}
          formId={isId('grp', form_id) ? form_id : door.ground.ids.next('grp')}
          values={values}
          example={example}
          dates={draft.plan.rounds.map((round) => ({
            number: round.number,
            day: round.heldOn,
            pot: money(draft.plan.payout * BigInt(round.payouts), currency),
            is: 'coming',
          }))}
        />
      );
      return await sendPage(reply, page);
    }
    const group = await answerInTransaction(
      door.db,
      async (tx) => await foundAll(tx, door, { person, groupId: form_id, draft, timeZone }),
    );
    if (group.ok) return await reply.redirect(paths.tontine(form_id), 303);
    return await showForm(request, reply, values, { no: { field: 'form', no: group.refusal } });
  });

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    values: RulesDraft,
    outcome: { readonly no?: No; readonly example?: RulesExample } = {},
    formId?: string,
  ): Promise<FastifyReply> {
    const { no, example } = outcome;
    const page = (
      <FoundPage
        frame={frameOf(request, reply, door, assets)}
        formId={isId('grp', formId) ? formId : door.ground.ids.next('grp')}
        values={values}
        {...given({ example, refusals: no && { [no.field]: refusalText(request, no.no) } })}
      />
    );
    return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.no.kind));
  }
}

interface Founding {
  readonly person: Person;
  readonly groupId: string;
  readonly draft: ReadDraft;
  readonly timeZone: string;
}

/** The group, its first cycle in preparation, and a code to pass on. */
async function foundAll(
  tx: Tx,
  door: WebDoor,
  { person, groupId, draft, timeZone }: Founding,
): Promise<Answer<void>> {
  const { ground } = door;
  const { name, rules, startsOn } = draft;
  const group = await foundGroup(tx, ground, { founder: person, groupId, name, timeZone, rules });
  if (!group.ok) return group;
  const who = { groupId, personId: person.id };
  const cycle = await formCycle(tx, ground, { ...who, cycleId: firstCycleId(groupId), startsOn });
  if (!cycle.ok) return cycle;
  const open = await listInvitations(tx, groupId, ground.clock.now());
  if (open.length > 0) return accepted(undefined);
  const invitation = await makeInvitation(tx, ground, who);
  return invitation.ok ? accepted(undefined) : invitation;
}

/** One form founds one group with one first cycle: their ids differ in the prefix only. */
function firstCycleId(groupId: string): string {
  return `cyc_${groupId.slice(4)}`;
}
