/**
 * Opens everything below `/tontines/`.
 */
import type { FastifyInstance } from 'fastify';
import type { Assets } from '../assets.ts';
import { paths } from '../paths.ts';
import { requireSignIn } from '../signed-in.ts';
import type { WebDoor } from '../web-door.ts';
import { registerAid } from './aid/form.tsx';
import { registerApprovals } from './approvals/form.tsx';
import { registerAuction } from './auction/form.tsx';
import { registerCash } from './cash/form.tsx';
import { registerCycle } from './cycle/form.tsx';
import { registerDefault } from './default/form.tsx';
import { registerDraw } from './draw/form.tsx';
import { registerExchange } from './exchange/form.tsx';
import { registerExit } from './exit/form.tsx';
import { registerFound } from './found/form.tsx';
import { registerGroup } from './group/route.tsx';
import { registerRules } from './group/rules-form.tsx';
import { registerGuarantee } from './guarantee/form.tsx';
import { registerJoin } from './join/form.tsx';
import { showTontines } from './list.tsx';
import { registerMeeting } from './meeting/form.tsx';
import { registerSheet } from './meeting/sheet-route.tsx';
import { registerMembers } from './members/form.tsx';
import { registerKin } from './members/kin-form.tsx';
import { registerMember } from './members/member-form.tsx';
import { registerNotes } from './notes/form.tsx';
import { registerNote } from './notes/note-form.tsx';
import { registerPay } from './pay/form.tsx';
import { registerContribution } from './pay/receipt-form.tsx';
import { registerPayout } from './payout/form.tsx';
import { registerReplacement } from './replace/answer-form.tsx';
import { registerReplace } from './replace/form.tsx';
import { registerShareOut } from './share-out/form.tsx';
import { registerStart } from './start/form.tsx';
import { registerSwap } from './swap/form.tsx';
import { registerVote } from './vote/form.tsx';

export function registerTontines(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(
    paths.tontines,
    { onRequest: requireSignIn },
    async (request, reply) => await showTontines(request, reply, door, assets),
  );
  registerFound(app, door, assets);
  registerJoin(app, door, assets);
  registerGroup(app, door, assets);
  registerRules(app, door, assets);
  registerStart(app, door, assets);
  registerCycle(app, door, assets);
  registerMembers(app, door, assets);
  registerMember(app, door, assets);
  registerKin(app, door, assets);
  registerPay(app, door, assets);
  registerContribution(app, door, assets);
  registerCash(app, door, assets);
  registerExchange(app, door, assets);
  registerNotes(app, door, assets);
  registerNote(app, door, assets);
  registerApprovals(app, door, assets);
  registerPayout(app, door, assets);
  registerDraw(app, door, assets);
  registerAuction(app, door, assets);
  registerVote(app, door, assets);
  registerSwap(app, door, assets);
  registerReplace(app, door, assets);
  registerReplacement(app, door, assets);
  registerGuarantee(app, door, assets);
  registerShareOut(app, door, assets);
  registerDefault(app, door, assets);
  registerExit(app, door, assets);
  registerAid(app, door, assets);
  registerMeeting(app, door, assets);
  registerSheet(app, door, assets);
}
