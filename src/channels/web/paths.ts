/**
 * Names the address of every page once, so that a link and its door cannot drift apart.
 */
export const paths = {
  home: '/',
  login: '/login/',
  loginCode: '/login/code/',
  loginPin: '/login/pin/',
  logout: '/logout/',
  wallet: '/wallet/',
  topup: '/wallet/topup/',
  topupConfirm: '/wallet/topup/confirm/',
  history: '/wallet/history/',
  profile: '/profile/',
  profileName: '/profile/name/',
  profileLanguage: '/profile/language/',
  profilePin: '/profile/pin/',
  sessionRevoke: '/profile/sessions/revoke/',
  sessionRevokeOthers: '/profile/sessions/revoke-others/',
  demoSms: '/demo/sms/',
  /** The waiting page of one deposit. */
  deposit: (paymentId: string) => `/wallet/topup/${encodeURIComponent(paymentId)}/`,
  /** Where a code of the operator's menu is sent for a deposit that waits for one. */
  depositOtp: (paymentId: string) => `/wallet/topup/${encodeURIComponent(paymentId)}/otp/`,
  receipt: (paymentId: string) => `/wallet/history/${encodeURIComponent(paymentId)}/`,
  receiptPdf: (paymentId: string) => `/wallet/history/${encodeURIComponent(paymentId)}/receipt.pdf`,
  /** The public page behind a receipt's QR code. */
  check: (code: string) => `/check/${encodeURIComponent(code)}/`,
} as const;
