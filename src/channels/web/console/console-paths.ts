/**
 * Names the address of every page of the console once.
 */
const id = (value: string): string => encodeURIComponent(value).replace('%3A', ':');

export const consolePaths = {
  now: '/console/',
  secondFactor: '/console/second-factor/',
  /** What an invited person opens. */
  invitation: (token: string) => `/console/invitation/${id(token)}/`,
  access: '/console/access/',
  accessInvite: '/console/access/invite/',
  accessWithdraw: '/console/access/withdraw/',
  accessRevoke: '/console/access/revoke/',
  accessSessions: '/console/access/sessions/',
  accessUnlink: '/console/access/unlink/',
  trail: '/console/trail/',
  trailVerify: '/console/trail/verify/',
  trailExport: '/console/trail/export.csv',
} as const;
