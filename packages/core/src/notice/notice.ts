/** Events that the owner of an account is notified of. */
export const noticeKinds = [
  "password-changed",
  "password-reset",
  "email-changed",
  "second-factor-on",
  "second-factor-off",
  "recovery-code-used",
  "recovery-codes-replaced",
  "account-deleted",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A notice to the address of the account at the time of the event. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly email: string;
}
