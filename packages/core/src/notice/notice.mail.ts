import * as brand from "../brand.ts";
import { type RenderedMail, renderMail } from "../mail/mail.template.ts";
import type { NoticeKind } from "./notice.ts";

const resetPassword = { path: "/forgot", label: "Choose a new password" };
const openAccount = { path: "/account", label: "Open your account" };

const contents: Readonly<
  Record<NoticeKind, { subject: string; happened: string; otherwise: string; link: { path: string; label: string } }>
> = {
  "password-changed": {
    subject: `Your ${brand.name} password was changed`,
    happened: "Your password was changed, and every other session was signed out.",
    otherwise: "If this wasn't you, choose a new password now. That signs out everyone else.",
    link: resetPassword,
  },
  "password-reset": {
    subject: `Your ${brand.name} password was reset`,
    happened: "Your password was reset with a code that we emailed to you, and every session was signed out.",
    otherwise:
      "If this wasn't you, someone else can read your email. Secure your mailbox first, then choose a new password.",
    link: resetPassword,
  },
  "email-changed": {
    subject: `Your ${brand.name} address was changed`,
    happened: "Your account now uses another email address. You no longer sign in with this one.",
    otherwise: "If this wasn't you, someone else knows your password. Reply to this email, so that we can help.",
    link: { path: "/", label: `Go to ${brand.name}` },
  },
  "second-factor-on": {
    subject: `Your ${brand.name} second factor is on`,
    happened: "Signing in now asks for a code from your app after the password.",
    otherwise:
      "If this wasn't you, someone else knows your password. Use a recovery code if you have one, or reply to this email.",
    link: resetPassword,
  },
  "second-factor-off": {
    subject: `Your ${brand.name} second factor is off`,
    happened: "The second factor was turned off. Your password alone is enough to sign in.",
    otherwise: "If this wasn't you, choose a new password now and turn the second factor on again.",
    link: resetPassword,
  },
  "recovery-code-used": {
    subject: `A ${brand.name} recovery code was used`,
    happened:
      "Someone signed in with your password and a recovery code. The second factor is off, and every other session was signed out.",
    otherwise: "If this was you, set up your app again in your account. If it wasn't, choose a new password now.",
    link: openAccount,
  },
  "recovery-codes-replaced": {
    subject: `Your ${brand.name} recovery codes were replaced`,
    happened: "New recovery codes were created. The earlier codes no longer work.",
    otherwise: "If this wasn't you, choose a new password now.",
    link: resetPassword,
  },
  "account-deleted": {
    subject: `Your ${brand.name} account was deleted`,
    happened: "Your account was deleted, with everything in it. This can't be undone.",
    otherwise: "If this wasn't you, someone else knows your password. Change it wherever else you use it.",
    link: { path: "/", label: `Go to ${brand.name}` },
  },
};

/** Returns the mail of a notice. @param at ISO 8601 */
export function noticeMail(
  kind: NoticeKind,
  { at, appUrl }: { readonly at: string; readonly appUrl: string },
): RenderedMail {
  const { subject, happened, otherwise, link } = contents[kind];
  const when = `${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`;
  return renderMail({
    subject,
    heading: subject,
    body: [`${happened} This happened on ${when}.`, otherwise, { button: link.label, href: appUrl + link.path }],
    reason: `You get this email because a security setting of your ${brand.name} account changed.`,
  });
}
