import type { ExpectedError } from "../errors.ts";

/** The user pool's policy refuses the password. */
export class PasswordTooWeakError extends Error implements ExpectedError {
  override readonly name = "PasswordTooWeakError";
  readonly code = "password-too-weak";

  constructor(options?: ErrorOptions) {
    super("Choose a longer password.", options);
  }
}

/** The current password, which confirms that it is really the user who changes it, is wrong. */
export class PasswordIncorrectError extends Error implements ExpectedError {
  override readonly name = "PasswordIncorrectError";
  readonly code = "password-incorrect";

  constructor(options?: ErrorOptions) {
    super("Enter the password that you sign in with.", options);
  }
}

/** The confirmation code is wrong or old; the same for an address without an account, and for one that is confirmed. */
export class ConfirmationCodeInvalidError extends Error implements ExpectedError {
  override readonly name = "ConfirmationCodeInvalidError";
  readonly code = "confirmation-code-invalid";

  constructor(options?: ErrorOptions) {
    super("Check the code, or ask for a new one.", options);
  }
}

/** Email or password is wrong; which of them stays a secret. */
export class CredentialsInvalidError extends Error implements ExpectedError {
  override readonly name = "CredentialsInvalidError";
  readonly code = "credentials-invalid";

  constructor(options?: ErrorOptions) {
    super("Check the email address and the password.", options);
  }
}

/** The right password for an account whose address is not confirmed. */
export class AccountUnconfirmedError extends Error implements ExpectedError {
  override readonly name = "AccountUnconfirmedError";
  readonly code = "account-unconfirmed";

  constructor(options?: ErrorOptions) {
    super("Enter the code from the confirmation mail first.", options);
  }
}

/** The right password for an account that asks for a code, too; told to nobody who does not know the password. */
export class SecondFactorRequiredError extends Error implements ExpectedError {
  override readonly name = "SecondFactorRequiredError";
  readonly code = "second-factor-required";

  constructor(options?: ErrorOptions) {
    super("Enter the code that your app shows, too.", options);
  }
}

/** The right password with a code that is wrong, too old or taken already. */
export class SecondFactorInvalidError extends Error implements ExpectedError {
  override readonly name = "SecondFactorInvalidError";
  readonly code = "second-factor-invalid";

  constructor(options?: ErrorOptions) {
    super("Enter the code that your app shows now. Each is good for one use.", options);
  }
}

/** The code with which a second factor is turned on is not of the new secret. */
export class SecondFactorCodeIncorrectError extends Error implements ExpectedError {
  override readonly name = "SecondFactorCodeIncorrectError";
  readonly code = "second-factor-code-incorrect";

  constructor(options?: ErrorOptions) {
    super("Enter the code that your app shows now for the new secret.", options);
  }
}

/** The right password with a recovery code that is wrong or used. */
export class RecoveryCodeInvalidError extends Error implements ExpectedError {
  override readonly name = "RecoveryCodeInvalidError";
  readonly code = "recovery-code-invalid";

  constructor(options?: ErrorOptions) {
    super("Check the recovery code, or use another one. Each works once.", options);
  }
}

/** There is no second factor, so there are no recovery codes either. */
export class SecondFactorDisabledError extends Error implements ExpectedError {
  override readonly name = "SecondFactorDisabledError";
  readonly code = "second-factor-disabled";

  constructor(options?: ErrorOptions) {
    super("Turn the second factor on first. You get recovery codes with it.", options);
  }
}

/** The account has a second factor, which has to be turned off before there can be another. */
export class SecondFactorEnabledError extends Error implements ExpectedError {
  override readonly name = "SecondFactorEnabledError";
  readonly code = "second-factor-enabled";

  constructor(options?: ErrorOptions) {
    super("Turn it off first, with your password.", options);
  }
}
