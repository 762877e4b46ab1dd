import { passwordMinLength } from "@daybook/core/account/account.limits";
import { counted } from "./plural.ts";

/** Every word of signing up and in, of sessions, and of a person's own account. */
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
    refused: "This code is wrong or too old. Check it, or have a new one sent.",
    hint: "It may take a minute. Look among the unwanted mail, too.",
    resend: "Send a new code",
    resendIn: (seconds: number) => `Send a new code in ${clock(seconds)}`,
    resent: "A new code is on its way. Only the newest one counts.",
  },
  appCode: {
    wrong: "Enter the six digits that your app shows.",
    refused: "This code is wrong or was used already. Enter the one that your app shows now.",
  },

  signUp: {
    title: "Sign up",
    heading: "Create your account",
    action: "Create account",
    other: "Already have an account?",
    otherAction: "Sign in",
  },
  confirm: {
    title: "Check your mail",
    heading: "Check your mail",
    to: "Enter the six digits that were mailed to",
    ifNew: "An address that has an account already gets no code:",
    ifNewAction: "sign in instead",
    goesOn: "It goes on by itself when all six are there.",
    toAny: "Enter your address and the six digits that were mailed to it.",
    action: "Confirm",
    other: "Another address?",
    otherAction: "Sign up again",
  },
  signIn: {
    title: "Sign in",
    heading: "Welcome back",
    action: "Sign in",
    forgot: "Forgot your password?",
    other: "New here?",
    otherAction: "Sign up",
  },
  forgot: {
    title: "Forgot your password",
    heading: "Forgot your password?",
    text: "Enter your address, and a code for a new password is mailed to you.",
    action: "Send the code",
    other: "It came back to you?",
    otherAction: "Sign in",
  },
  reset: {
    title: "Choose a new password",
    heading: "Choose a new password",
    to: "If there is an account for",
    toEnd: "a code is on its way to it. It is good for an hour.",
    toAny: "Enter your address, the code that was mailed to it, and the password that you want from now on.",
    effect: "Everywhere else you are signed out then.",
    action: "Set the password and sign in",
    other: "Another address?",
    otherAction: "Ask for another code",
  },
  news: {
    confirmed: "Your account is confirmed. Sign in to begin.",
    "password-set": "Your new password is set. Sign in with it.",
    "signed-out": "You are signed out.",
    "signed-out-everywhere": "You are signed out here and everywhere else.",
    "session-ended": "Your session has ended. Sign in to go on where you were.",
    "account-deleted": "Your account and everything in it is deleted. Thank you for having been here, and goodbye.",
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
      `${counted(changes, "change")} could not be sent yet and would be lost: what is kept on this device goes when you sign out.`,
    stay: "Stay signed in",
    drop: "Sign out and lose them",
  },
  again: {
    title: "Your session has ended",
    text: (email: string) => `Sign in again as ${email} to go on. Your changes are kept and will be saved then.`,
    action: "Sign in",
    other: "Sign in as somebody else",
  },
  unreachable: { title: "No connection", retry: "Try again" },

  account: {
    title: "Account",
    heading: "Your account",
    loading: "Your account is being loaded.",
    failed: "Your account could not be loaded",
    back: "Back to your todos",
  },
  profile: {
    heading: "Profile",
    name: "Name",
    nameHint: "How you want to be called. Nobody else sees it.",
    nameWrong: "Use at most 100 characters.",
    sinceLabel: "Member since",
    action: "Save",
    saved: "Your name is saved.",
    conflict: (name: string | null) =>
      name === null
        ? "Your name was removed somewhere else in the meantime. Save again to keep this one."
        : `Your name was changed to “${name}” somewhere else in the meantime. Save again to keep this one.`,
  },
  appearance: { heading: "Appearance" },
  changePassword: {
    heading: "Password",
    text: "When you change it, you stay signed in here and are signed out everywhere else.",
    current: "Current password",
    refused: "This is not the password that you sign in with.",
    action: "Change password",
    done: "Your password is changed. Everywhere else you are signed out.",
  },
  sessions: {
    heading: "Sessions",
    text: "Signing out everywhere also ends the sessions on devices that you have lost. It can take them up to 15 minutes to notice.",
    signOut: "Sign out",
    everywhere: "Sign out everywhere",
  },
  remove: {
    heading: "Delete account",
    text: "Your lists, your todos, your profile and all your sessions go for good. Nothing of it can be brought back.",
    action: "Delete account…",
    title: "Delete your account for good?",
    goes: "What goes, at once and for good:",
    things: [
      "all your lists, and every todo on them",
      "your name, your address and your password",
      "your sessions on every device, and what is kept on this one",
    ],
    confirm: (email: string) => `To go on, type ${email}`,
    mismatch: "Type the address of this account, exactly as it stands above.",
    keep: "Keep my account",
    drop: "Delete my account",
  },
} as const;

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
