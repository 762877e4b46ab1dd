import * as brand from "@daybook/core/brand";
import { counted } from "./english.ts";

/** Texts of the second factor. `account.ts` has the errors about its codes, which signing in shows, too. */
export const secondFactorWords = {
  step: {
    label: "Code from your app",
    hint: "You’ll continue automatically after the last digit.",
    back: "Back to the password",
    useRecovery: "Use a recovery code",
    useApp: "Use your app",
    recoveryLabel: "Recovery code",
    recoveryHint: "One of the ten codes you saved. It turns the second factor off and signs you out everywhere else.",
    recoveryWrong: "Enter all 16 letters and digits of a recovery code.",
    recoveryRefused: "This recovery code is wrong or already used. Try another one.",
  },
  heading: "Second factor",
  loading: "Loading your second factor…",
  failed: "We couldn’t load your second factor",
  off: "Off. Turn it on to require a code from an app on your phone besides your password.",
  on: "On. Signing in asks for a code from your app after the password.",
  left: (codes: number) =>
    codes === 0 ? "You have no recovery codes left. Make new ones now." : `${counted(codes, "recovery code")} left.`,
  turnOn: "Turn on…",
  turnOff: "Turn off…",
  enrolAgain: "You signed in with a recovery code, so your second factor is off. Turn it on again to stay protected.",
  renew: "New recovery codes…",
  /** The steps of the dialog. */
  steps: {
    password: { title: "Set up your app", description: "First, enter your password.", action: "Continue" },
    app: {
      title: "Set up your app",
      description: "Scan this with an authenticator app, or type the secret into it.",
      picture: "QR code of the secret",
      secret: "Secret",
      code: "Current code from the app",
      refused: "This code is wrong. Check that the app has this secret, and enter its current code.",
      action: "Turn on",
    },
    codes: {
      title: "Save your recovery codes",
      description:
        "If you lose your phone, you can sign in with each of these codes once. Keep them where you keep your passwords. We won't show them again.",
      label: "Recovery codes",
      fileTitle: `${brand.name} recovery codes. Each works once.`,
      download: "Download",
      print: "Print",
      done: "I saved them",
    },
    renew: {
      title: "Make new recovery codes?",
      description: "Your current codes will stop working. Enter your password and a code from your app.",
      action: "Make new codes",
    },
    off: {
      title: "Turn the second factor off?",
      description: "You’ll sign in with your password alone. Enter your password and a code to continue.",
      action: "Turn off",
      done: "The second factor is off.",
    },
  },
} as const;
