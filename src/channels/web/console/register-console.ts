/**
 * Opens every place of the console, in a scope of its own behind the console's guard.
 */
import type { FastifyInstance } from 'fastify';
import type { Assets } from '../assets.ts';
import type { WebDoor } from '../web-door.ts';
import { registerAccess, registerInvitation } from './access/form.tsx';
import { registerAlerts } from './alerts/form.tsx';
import { guardConsole } from './console-place.ts';
import { registerFreezes } from './freezes/form.tsx';
import { registerNow } from './now/route.tsx';
import { registerCallbackReplay, registerPayment } from './payments/form.tsx';
import { registerPayments } from './payments/route.tsx';
import { registerPeople, registerPrivacy } from './people/form.tsx';
import { registerReconciliation, registerStatements } from './reconciliation/form.tsx';
import { registerReports } from './reports/route.tsx';
import { registerReviews } from './reviews/form.tsx';
import { registerSecondPayments } from './reviews/second-form.ts';
import { registerSecondFactor } from './second-factor/form.tsx';
import { registerSettings } from './settings/form.tsx';
import { registerTrail } from './trail/route.tsx';

export function registerConsole(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  guardConsole(app, door, assets);
  registerNow(app, door, assets);
  registerSecondFactor(app, door, assets);
  registerInvitation(app, door, assets);
  registerAlerts(app, door, assets);
  registerPayments(app, door, assets);
  registerPayment(app, door, assets);
  registerCallbackReplay(app, door, assets);
  registerPeople(app, door, assets);
  registerPrivacy(app, door, assets);
  registerReviews(app, door, assets);
  registerSecondPayments(app, door, assets);
  registerReconciliation(app, door, assets);
  registerStatements(app, door, assets);
  registerFreezes(app, door, assets);
  registerAccess(app, door, assets);
  registerReports(app, door, assets);
  registerSettings(app, door, assets);
  registerTrail(app, door, assets);
}
