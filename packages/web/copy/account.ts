import { passwordMinLength } from "@daybook/core/account/account.limits";
import { authorThings } from "./author.ts";
import { counted } from "./english.ts";

/** Texts of sign-up, sign-in, sessions and the account page. */
export const accountWords = {
  email: { label: "Email", wrong: "Enter an email address, such as ada@example.com." },
  password: { label: "Password", missing: "Enter your password." },
  newPassword: {
    label: "New password",
    rule: `At least ${passwordMinLength} characters. A few words in a row are easy to remember.`,
    left: (characters: number) => `${counted(characters, "more character")} to go.`,
    long: "Long enough.",
    spaces: "It cannot begin or end with a space.",
    wrong: `Use at least ${passwordMinLength} characters, with no space at the beginning or the end.`,
  },
  code: {
    label: "Six-digit code",
    wrong: "Enter the six digits from the email.",
    refused: "This code is wrong or has expired. Check it, or send a new code.",
    hint: "It can take a minute. Check your spam folder, too.",
    resend: "Send a new code",
    resendIn: (seconds: number) => `Send a new code in ${clock(seconds)}`,
    resent: "We sent a new code. Only the latest one works.",
  },
  appCode: {
    wrong: "Enter the six digits from your app.",
    refused: "This code is wrong or already used. Enter the current code from your app.",
  },

  signUp: {
    title: "Sign up",
    heading: "Create your account",
    action: "Create account",
    other: { text: "Already have an account?", action: "Sign in" },
  },
  confirm: {
    title: "Check your mail",
    heading: "Check your mail",
    to: "Enter the six-digit code we sent to",
    ifNew: "If this address already has an account, we don’t send a code:",
    ifNewAction: "sign in instead",
    goesOn: "You’ll continue automatically after the last digit.",
    choosesPassword: "Then choose a password.",
    toAny: "Enter your email address, the six-digit code we sent to it, and a password.",
    action: "Confirm",
    other: { text: "Wrong address?", action: "Sign up again" },
  },
  signIn: {
    title: "Sign in",
    heading: "Welcome back",
    action: "Sign in",
    forgot: "Forgot your password?",
    other: { text: "New here?", action: "Sign up" },
  },
  forgot: {
    title: "Forgot your password",
    heading: "Forgot your password?",
    text: "Enter your email address. We’ll send you a code to reset your password.",
    action: "Send the code",
    other: { text: "Remember it?", action: "Sign in" },
  },
  reset: {
    title: "Choose a new password",
    heading: "Choose a new password",
    to: "If there’s an account for",
    toEnd: "we sent a code to it. Use it within an hour.",
    toAny: "Enter your email address, the code we sent to it, and a new password.",
    effect: "This signs you out everywhere else.",
    action: "Set the password and sign in",
    other: { text: "Wrong address?", action: "Request another code" },
  },
  news: {
    confirmed: "Your account is confirmed. Sign in to begin.",
    "password-set": "Your new password is set. Sign in with it.",
    "signed-out": "You are signed out.",
    "signed-out-everywhere": "You are signed out here and everywhere else.",
    "session-ended": "Your session has ended. Sign in to continue where you left off.",
    "account-deleted": "Your account and everything in it has been deleted. Thank you, and goodbye.",
  },

  menu: {
    label: "Your account",
    account: "Account",
    todos: "Todos",
    signOut: "Sign out",
    failed: (why: string) => `You are still signed in. ${why}`,
  },
  unsaved: {
    title: "Sign out before everything is saved?",
    text: (changes: number) =>
      `${counted(changes, "change")} could not be sent yet. Signing out deletes everything stored on this device.`,
    stay: "Stay signed in",
    drop: "Sign out and discard them",
  },
  again: {
    title: "Your session has ended",
    text: (email: string) => `Sign in again as ${email} to continue. We kept your changes and will save them then.`,
    action: "Sign in",
    other: "Sign in as someone else",
  },
  unreachable: { title: "No connection", retry: "Try again" },

  account: {
    title: "Account",
    heading: "Your account",
    loading: "Loading your account…",
    failed: "We couldn’t load your account",
    back: "Back to your todos",
  },
  profile: {
    heading: "Profile",
    name: "Name",
    // #region blog
    nameHint: "Readers see it next to your posts and comments.",
    // #else nameHint: "We show it in your account menu.",
    // #endregion blog
    nameWrong: "Use at most 100 characters.",
    avatar: "Profile picture",
    avatarChoose: "Choose a picture",
    avatarReplace: "Choose another",
    avatarRemove: "Remove it",
    avatarSaved: "Your picture is saved.",
    avatarRemoved: "Your picture is removed.",
    avatarFailed: (why: string) => `We couldn’t change your picture. ${why}`,
    sinceLabel: "Member since",
    action: "Save",
    saved: "Your profile is saved.",
    conflict: (name: string | null) =>
      name === null
        ? "Your profile changed elsewhere and now has no name. Save again to keep yours."
        : `Your profile changed elsewhere. Its name is now “${name}”. Save again to keep yours.`,
  },
  appearance: { heading: "Appearance" },
  changeEmail: {
    heading: "Email",
    action: "Change email…",
    request: {
      title: "Change your email",
      text: "We’ll send a code to the new address. Until you confirm it, you sign in with the current one.",
      label: "New email",
      action: "Send the code",
    },
    confirm: {
      title: "Check your mail",
      text: (email: string) =>
        `Enter the six-digit code we sent to ${email}. If that address has an account, we don’t send a code.`,
      refused: "This code is wrong or has expired. Check it, or close this and start again.",
      action: "Change email",
    },
    done: (email: string) => `You now sign in as ${email}.`,
  },
  changePassword: {
    heading: "Password",
    text: "Changing it signs you out everywhere else.",
    current: "Current password",
    refused: "This isn’t your current password.",
    action: "Change password",
    done: "Your password is changed. You’re signed out everywhere else.",
  },
  sessions: {
    heading: "Sessions",
    text: "You are signed in on these devices. End each session that you don’t need or don’t know. A device can keep its access for up to 15 minutes after that.",
    list: "Your sessions",
    loading: "Loading your sessions…",
    failed: "We couldn’t load your sessions",
    more: "Show more sessions",
    current: "This device",
    used: "Last used",
    since: "Signed in",
    end: "End",
    endOf: (device: string) => `End the session of ${device}`,
    ended: (device: string) => `The session of ${device} has ended.`,
    notEnded: (why: string) => `The session has not ended. ${why}`,
    signOut: "Sign out",
    everywhere: "Sign out everywhere",
  },
  remove: {
    heading: "Delete account",
    text: "This permanently deletes your account and everything in it.",
    action: "Delete account…",
    title: "Delete your account permanently?",
    goes: "This immediately and permanently deletes:",
    things: [
      "all your lists, and every todo on them",
      "all your pictures",
      ...authorThings,
      "your profile: name and picture",
      "your email address and your password",
      "your second factor and its recovery codes",
      "your sessions on all devices, and the data in this browser",
    ],
    confirm: (email: string) => `To confirm, type ${email}`,
    mismatch: "Type the address exactly as shown above.",
    keep: "Keep my account",
    drop: "Delete my account",
  },
} as const;

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
