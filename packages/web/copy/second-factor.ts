import { brand } from "../brand.ts";
import { counted } from "./english.ts";

/** Every word of the second factor, beside what is wrong with its codes: that is said where people sign in. */
export const secondFactorWords = {
  step: {
    label: "Code from your app",
    hint: "It goes on by itself when all six digits are there.",
    back: "Back to the password",
    useRecovery: "Use a recovery code",
    useApp: "Use your app",
    recoveryLabel: "Recovery code",
    recoveryHint: "One of the ten codes you saved. It turns the second factor off and signs you out everywhere else.",
    recoveryWrong: "Enter all 16 letters and digits of a recovery code.",
    recoveryRefused: "This recovery code is wrong or was used already. Try another one.",
  },
  heading: "Second factor",
  loading: "Whether it is on is being looked up.",
  failed: "Whether it is on could not be looked up",
  off: "Off. Turn it on and signing in also asks for a code from an app on your phone. Your password alone is then not enough.",
  on: "On. Signing in asks for a code from your app after the password.",
  left: (codes: number) =>
    codes === 0 ? "You have no recovery codes left. Make new ones now." : `${counted(codes, "recovery code")} left.`,
  turnOn: "Turn on…",
  turnOff: "Turn off…",
  enrolAgain: "You signed in with a recovery code, so your second factor is off. Turn it on again to stay protected.",
  enrol: {
    title: "Set up your app",
    password: "First, enter your password.",
    begin: "Continue",
    scan: "Scan this with an authenticator app, or type the secret into it.",
    picture: "QR code of the secret",
    secret: "Secret",
    code: "Code that the app shows now",
    refused: "The app should show another code now. Check that it has this secret, and enter the newest one.",
    action: "Turn on",
  },
  codes: {
    title: "Save your recovery codes",
    text: "If you lose your phone, each of these lets you in once. Keep them where you keep your passwords. We won't show them again.",
    label: "Recovery codes",
    fileTitle: `${brand.name} recovery codes. Each works once.`,
    download: "Download",
    print: "Print",
    done: "I saved them",
  },
  renew: {
    open: "New recovery codes…",
    title: "Make new recovery codes?",
    text: "The codes you have now stop working. Enter your password and a code from your app.",
    action: "Make new codes",
  },
  disable: {
    title: "Turn the second factor off?",
    text: "Your password alone is then enough to sign in. Enter your password and a code to go on.",
    action: "Turn off",
    done: "The second factor is off.",
  },
} as const;
