import { passwordMinLength } from "@daybook/core/account/account";

/** What to say of a field whose value cannot be right. */
export const accountWords = {
  email: "Enter an email address, such as ada@example.com.",
  password: "Enter your password.",
  newPassword: `Use at least ${passwordMinLength} characters.`,
  code: "Enter the six digits from the email.",
};
