/**
 * Names the address of every page once, so that a link and its door cannot drift apart.
 */
import { tontinePaths } from './tontines/tontine-paths.ts';

export const paths = {
  ...tontinePaths,
  home: '/',
  login: '/login/',
  loginCode: '/login/code/',
  loginPin: '/login/pin/',
  logout: '/logout/',
  wallet: '/wallet/',
  topup: '/wallet/topup/',
  topupConfirm: '/wallet/topup/confirm/',
  withdraw: '/wallet/withdraw/',
  history: '/wallet/history/',
  profile: '/profile/',
  profileName: '/profile/name/',
  profileLanguage: '/profile/language/',
  profileMessages: '/profile/messages/',
  profilePin: '/profile/pin/',
  sessionRevoke: '/profile/sessions/revoke/',
  sessionRevokeOthers: '/profile/sessions/revoke-others/',
  demoSms: '/demo/sms/',
  /** The waiting page of one deposit. */
  deposit: (paymentId: string) => `/wallet/topup/${encodeURIComponent(paymentId)}/`,
  /** Where a code of the operator's menu is sent for a deposit that waits for one. */
  depositOtp: (paymentId: string) => `/wallet/topup/${encodeURIComponent(paymentId)}/otp/`,
  /** The waiting page of one withdrawal. */
  withdrawal: (paymentId: string) => `/wallet/withdraw/${encodeURIComponent(paymentId)}/`,
  /** Where one withdrawal is shown with its figures, and proven to be wanted. */
  withdrawalConfirm: (paymentId: string) => `/wallet/withdraw/${encodeURIComponent(paymentId)}/confirm/`,
  /** Where the code that allows a new recipient is typed, or asked for again. */
  withdrawalCode: (paymentId: string) => `/wallet/withdraw/${encodeURIComponent(paymentId)}/code/`,
  withdrawalCancel: (paymentId: string) => `/wallet/withdraw/${encodeURIComponent(paymentId)}/cancel/`,
  receipt: (paymentId: string) => `/wallet/history/${encodeURIComponent(paymentId)}/`,
  receiptPdf: (paymentId: string) => `/wallet/history/${encodeURIComponent(paymentId)}/receipt.pdf`,
  /** The public page behind a receipt's QR code. */
  check: (code: string) => `/check/${encodeURIComponent(code)}/`,
} as const;

/** The pattern of an address that was made with names such as `:id` in the place of values. */
export function patternOf(path: string): string {
  return path.replaceAll('%3A', ':');
}
