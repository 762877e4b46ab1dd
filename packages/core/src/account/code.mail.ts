import * as brand from "../brand.ts";
import { type RenderedMail, renderMail } from "../mail/mail.template.ts";

/** What a mailed code is for: confirm a new account, reset the password, or change the address. */
export const codePurposes = ["confirm", "reset", "change"] as const;
export type CodePurpose = (typeof codePurposes)[number];

const contents: Readonly<
  Record<CodePurpose, { subject: string; heading: string; use: string; otherwise: string; reason: string }>
> = {
  confirm: {
    subject: `Your ${brand.name} confirmation code`,
    heading: "Confirm your address",
    use: "Enter this code to create your account. It works for 24 hours.",
    otherwise: "If you didn't sign up, ignore this email. Without the code, the address can't be used.",
    reason: `You get this email because someone signed up for ${brand.name} with this address.`,
  },
  reset: {
    subject: `Your ${brand.name} password reset code`,
    heading: "Choose a new password",
    use: "Enter this code to choose a new password. It works for one hour.",
    otherwise: "If you didn't ask for it, ignore this email. Your password stays as it is.",
    reason: `You get this email because someone asked to reset the password of this address at ${brand.name}.`,
  },
  change: {
    subject: `Your ${brand.name} address change code`,
    heading: "Confirm your new address",
    use: "Enter this code on your account page to sign in with this address from now on. It works for 24 hours.",
    otherwise: `If you don't use ${brand.name}, ignore this email. Without the code, the address can't be used.`,
    reason: `You get this email because someone asked to use this address for their ${brand.name} account.`,
  },
};

/** Returns the mail with a code. @param code the code, or the placeholder that Cognito replaces with it */
export function codeMail(purpose: CodePurpose, code: string): RenderedMail {
  const { subject, heading, use, otherwise, reason } = contents[purpose];
  const warning = "Don't give the code to anyone. We never ask for it.";
  return renderMail({ subject, heading, body: [use, { code }, warning, otherwise], reason });
}
