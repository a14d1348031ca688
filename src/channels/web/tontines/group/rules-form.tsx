/**
 * Opens the by-law of a group, and takes the proposal of a change.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { dayAt } from '../../../../tontine/cycles/calendar-day.ts';
import { listRules, type RulesVersion } from '../../../../tontine/groups/group-rules.rows.ts';
import { proposeRules } from '../../../../tontine/groups/propose-rules.ts';
import { readBooks } from '../../../../tontine/groups/read-books.ts';
import { rulesJson } from '../../../../tontine/groups/rules.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { draftOfRules } from '../found/draft-of-rules.ts';
import type { RulesExample } from '../found/example.tsx';
import { exampleOf } from '../found/example-of.ts';
import { readChange } from '../found/read-draft.ts';
import { DRAFT_FIELDS, type DraftField, type RulesDraft } from '../found/rules-draft.ts';
import { membersOf } from '../group-view.ts';
import {
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { rulesSummary } from '../rules-view.ts';
import { type RulesChange, RulesPage, type RulesVersion as ShownVersion } from './rules-page.tsx';

type FieldName = DraftField | 'reason' | 'pin' | 'form';

interface Typed {
  readonly values: RulesDraft;
  readonly reason?: string | undefined;
  readonly example?: RulesExample | undefined;
}

export function registerRules(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineRules(':id'), {
    show: async (visit) => await showRules(visit, undefined, undefined),
    act: takeChange,
  });
}

async function takeChange(visit: Visit): Promise<FastifyReply> {
  const { reason, pin, look, ...fields } = formFields(visit.request, [
    ...DRAFT_FIELDS,
    'reason',
    'pin',
    'look',
  ]);
  const { door, who, actor } = visit;
  const typed = { values: given(fields), reason };
  const { currency, timeZone } = actor.group;
  const books = await readBooks(door.db, who.groupId);
  const shareCount = books.shares.length === 0 ? membersOf(books).length : books.shares.length;
  const changed = readChange(typed.values, actor.rules, { currency, timeZone, shareCount });
  if ('no' in changed) return await showRules(visit, typed, changed);
  if (look !== undefined)
    return await showRules(visit, { ...typed, example: exampleOf(changed, currency) }, undefined);
  const rules: unknown = JSON.parse(rulesJson(changed.rules));
  const asked = { ...who, rules, reason: reason ?? '' };
  const proposed = await actWithPin(visit, pin, async (tx) => await proposeRules(tx, door.ground, asked));
  if (proposed.ok) return await done(visit, wordsOf(visit).rules.asked, paths.tontineRules(who.groupId));
  const usual = usualField(proposed.refusal);
  return await showRules(visit, typed, { field: usual === 'amount' ? 'form' : usual, no: proposed.refusal });
}

async function showRules(
  visit: Visit,
  typed: Typed | undefined,
  no: No<FieldName> | undefined,
): Promise<FastifyReply> {
  const { door, actor, request, reply } = visit;
  const { group } = actor;
  const versions = (await listRules(door.db, group.id))
    .filter((one) => one.withdrawnAt === null)
    .map((one) => ({
      version: one.version,
      from: (one.takesEffectAt ?? one.proposedAt).toISOString().slice(0, 10),
      is: stateOf(visit, one),
      rules: rulesSummary(one.rules, group.currency, request.visitor.locale),
    }));
  const page = (
    <RulesPage
      frame={frameOfVisit(visit)}
      group={group}
      versions={versions}
      {...given({ change: changeOf(visit, typed, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

function stateOf({ actor, now }: Visit, one: RulesVersion): ShownVersion['is'] {
  if (one.adoptedAt === null) return 'proposed';
  if (one.version === actor.rulesVersion) return 'in-force';
  return one.takesEffectAt !== null && one.takesEffectAt > now ? 'coming' : 'past';
}

function changeOf(
  visit: Visit,
  typed: Typed | undefined,
  no: No<FieldName> | undefined,
): RulesChange | undefined {
  if (!may(visit, 'change-rules')) return undefined;
  const { actor, now } = visit;
  const today = dayAt(now, actor.group.timeZone);
  return {
    formId: visit.door.ground.ids.next('grj'),
    values: typed?.values ?? draftOfRules(actor.rules, actor.group.currency, today),
    hasPin: visit.person.hasPin,
    ...given({ reason: typed?.reason, example: typed?.example, refusals: refusalsOf(visit, no) }),
  };
}
