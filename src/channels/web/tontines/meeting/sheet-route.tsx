/**
 * Opens the blank sheet of the round of now, to be printed before a meeting without phones.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import { decidedTurns, presentRound, readBooks } from '../../../../tontine/groups/read-books.ts';
import type { Assets } from '../../assets.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { membersOf, nameOf } from '../group-view.ts';
import { frameOfVisit, registerGroupPage, type Visit } from '../group-visit.ts';
import { SheetPage } from './sheet-page.tsx';

export function registerSheet(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineSheet(':id'), { show: showSheet });
}

async function showSheet(visit: Visit): Promise<FastifyReply> {
  const { door, actor, reply } = visit;
  const { group, rules } = actor;
  const books = await readBooks(door.db, group.id);
  const round = presentRound(books);
  if (round === undefined) return await reply.redirect(paths.tontine(group.id), 302);
  const turns = decidedTurns(books).filter((one) => one.round?.id === round.id);
  const page = (
    <SheetPage
      frame={frameOfVisit(visit)}
      group={group}
      round={round.number}
      day={round.dueOn}
      recipients={turns.map((one) => nameOf(books, one.share.membershipId))}
      each={money(rules.contribution + rules.solidarity.contribution, group.currency)}
      names={membersOf(books).map((member) => member.displayName)}
    />
  );
  return await sendPage(reply, page);
}
