/** Events that the owner of an account is notified of. */
export type NoticeKind =
  | "password-changed"
  | "password-reset"
  | "second-factor-on"
  | "second-factor-off"
  | "recovery-code-used"
  | "recovery-codes-replaced"
  | "account-deleted";

/** A notice to the address of the account at the time of the event. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly email: string;
}
