/**
 * Draws the pages of the console for people and access: entering, the team, the trail.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import { GRANTED_ROLES, type Role } from '../../../people/role.ts';
import { InvitationPage } from '../console/access/invitation-page.tsx';
import { AccessPage } from '../console/access/page.tsx';
import { RefusedPage } from '../console/answer-act.tsx';
import type { ConsoleFrame } from '../console/console-layout.tsx';
import { SecondFactorPage } from '../console/second-factor/page.tsx';
import { TrailPage } from '../console/trail/page.tsx';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, sampleFrame } from './sample-values.ts';

const AT = new Date('2026-01-05T09:07:00Z');
const PERSON = 'per_01kx0000000000000000000000';
const PHONE = '+225 07 •• •• •• 12';

export function sampleConsoleFrame(
  locale: Locale,
  name: string,
  roles: readonly Role[] = ['member', ...GRANTED_ROLES],
): ConsoleFrame {
  return { ...sampleFrame(locale, name), roles };
}

export function consolePages(locale: Locale, name: string): readonly SamplePage[] {
  const frame = sampleConsoleFrame(locale, name);
  return [
    {
      name: 'console-link',
      page: (
        <SecondFactorPage
          frame={frame}
          next="/console/"
          enrolment={{
            uri: 'otpauth://totp/Tontine%20Pro:Awa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
            secretText: 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ',
          }}
        />
      ),
    },
    {
      name: 'console-code',
      page: <SecondFactorPage frame={frame} demoCode="123 456" refusal={refusalOf('second-factor-wrong')} />,
    },
    { name: 'console-invitation', page: <InvitationPage frame={frame} token="abc" /> },
    {
      name: 'console-refused',
      page: <RefusedPage frame={frame} refusal={refusalOf('console-not-permitted')} back="/console/" />,
    },
    { name: 'console-access', page: accessPage(frame, name) },
    { name: 'console-trail', page: trailPage(frame, name) },
    {
      name: 'console-trail-empty',
      page: (
        <TrailPage frame={sampleConsoleFrame(locale, name, ['member', 'finance'])} fields={{}} lines={[]} />
      ),
    },
  ];
}

function accessPage(frame: ConsoleFrame, name: string) {
  return (
    <AccessPage
      frame={frame}
      link="https://tontine.example/console/invitation/4jTqf0m3XnE1mWlq8v0u4jTqf0m3XnE1/"
      team={[
        {
          personId: PERSON,
          name,
          phoneText: PHONE,
          roles: ['finance', 'admin'],
          hasFactor: true,
          sessions: [
            { id: 'ses_1', device: 'Chrome · Android', ip: '192.0.2.1', lastSeenAt: AT, inConsole: true },
            { id: 'ses_2', ip: '2001:db8:85a3::8a2e:370:7334', lastSeenAt: AT, inConsole: false },
          ],
        },
        {
          personId: 'per_2',
          name: 'Koffi Yao',
          phoneText: PHONE,
          roles: ['operator'],
          hasFactor: false,
          sessions: [],
        },
      ]}
      invitations={[{ id: 'inv_1', phoneText: PHONE, role: 'operator', expiresAt: AT }]}
    />
  );
}

function trailPage(frame: ConsoleFrame, name: string) {
  const line = {
    at: AT,
    actor: name,
    actorId: 'per_01kx0000000000000000000000',
    subjectId: 'frz_01kx0000000000000000000000',
    from: '192.0.2.1 · Chrome · Android',
  };
  return (
    <TrailPage
      frame={frame}
      fields={{ act: 'freeze.placed' }}
      olderHref="/console/trail/?before=7"
      verdicts={[
        { of: 'trail', ok: true, rows: '1284' },
        { of: 'ledger', ok: false, rows: '0', seq: '4711' },
      ]}
      lines={[
        {
          ...line,
          seq: '9',
          act: 'freeze.placed',
          reason: 'Panne de l’opérateur',
          after: '{"direction":"out"}',
        },
        {
          ...line,
          seq: '8',
          act: 'alert.rule-changed',
          before: '{"threshold":"5"}',
          after: '{"threshold":"9"}',
        },
        { ...line, seq: '7', act: 'console.entered' },
        { ...line, seq: '6', act: 'access.factor-unlinked', actor: 'host', actorId: 'host', from: 'host' },
      ]}
    />
  );
}
