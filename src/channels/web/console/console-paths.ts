/**
 * Names the address of every page of the console once.
 */
const id = (value: string): string => encodeURIComponent(value).replace('%3A', ':');

export const consolePaths = {
  now: '/console/',
  nowFeed: '/console/now/feed',
  secondFactor: '/console/second-factor/',
  /** What an invited person opens. */
  invitation: (token: string) => `/console/invitation/${id(token)}/`,
  payments: '/console/payments/',
  payment: (paymentId: string) => `/console/payments/${id(paymentId)}/`,
  paymentAsk: (paymentId: string) => `/console/payments/${id(paymentId)}/ask/`,
  paymentUnmask: (paymentId: string) => `/console/payments/${id(paymentId)}/unmask/`,
  callbackReplay: (callbackId: string) => `/console/callbacks/${id(callbackId)}/replay/`,
  people: '/console/people/',
  person: (personId: string) => `/console/people/${id(personId)}/`,
  personExport: (personId: string) => `/console/people/${id(personId)}/export/`,
  personAskErasure: (personId: string) => `/console/people/${id(personId)}/erasure/ask/`,
  personDecideErasure: (personId: string) => `/console/people/${id(personId)}/erasure/decide/`,
  reviews: '/console/reviews/',
  review: (reviewId: string) => `/console/reviews/${id(reviewId)}/`,
  reviewPropose: (reviewId: string) => `/console/reviews/${id(reviewId)}/propose/`,
  reviewDecide: (reviewId: string) => `/console/reviews/${id(reviewId)}/decide/`,
  secondPropose: (secondId: string) => `/console/second-payments/${id(secondId)}/propose/`,
  secondDecide: (secondId: string) => `/console/second-payments/${id(secondId)}/decide/`,
  alerts: '/console/alerts/',
  alertHandle: (alertId: string) => `/console/alerts/${id(alertId)}/`,
  alertRules: '/console/alerts/rules/',
  reconciliation: '/console/reconciliation/',
  reconcileNow: '/console/reconciliation/now/',
  statementImport: '/console/reconciliation/statements/',
  breakHandle: (breakId: string) => `/console/reconciliation/breaks/${id(breakId)}/`,
  reports: '/console/reports/',
  settings: '/console/settings/',
  freezes: '/console/freezes/',
  freezeLift: (freezeId: string) => `/console/freezes/${id(freezeId)}/lift/`,
  access: '/console/access/',
  accessInvite: '/console/access/invite/',
  accessWithdraw: '/console/access/withdraw/',
  accessRevoke: '/console/access/revoke/',
  accessSessions: '/console/access/sessions/',
  accessUnlink: '/console/access/unlink/',
  trail: '/console/trail/',
  trailVerify: '/console/trail/verify/',
} as const;

/** A list as a file, in both formats. */
const fileOf = (place: string) => ({
  csv: `/console/${place}/export.csv`,
  xlsx: `/console/${place}/export.xlsx`,
});

export const filePaths = {
  payments: fileOf('payments'),
  reviews: fileOf('reviews'),
  reconciliation: fileOf('reconciliation'),
  reports: fileOf('reports'),
  trail: fileOf('trail'),
} as const;
