/** Every word of the second factor, beside what is wrong with its codes: that is said where people sign in. */
export const secondFactorWords = {
  step: {
    label: "Code from your app",
    hint: "It goes on by itself when all six digits are there. If you have lost your phone, set up another app with the secret that you kept.",
    back: "Back to the password",
  },
  heading: "Second factor",
  loading: "Whether it is on is being looked up.",
  failed: "Whether it is on could not be looked up",
  off: "Off. You can have signing in ask for a code from an app on your phone, too. Then nobody gets in who only has your password.",
  on: "On. Signing in asks for a code from your app after the password.",
  turnOn: "Turn on…",
  turnOff: "Turn off…",
  enrol: {
    title: "Set up your app",
    scan: "Scan this with an authenticator app, or type the secret into it.",
    picture: "QR code of the secret",
    secret: "Secret",
    keep: "Keep the secret in a safe place as well. If you lose your phone, you get in with it from another one; without it, only whoever runs this service can help.",
    code: "Code that the app shows now",
    refused: "The app should show another code now. Check that it has this secret, and enter the newest one.",
    action: "Turn on",
    done: "The second factor is on. You need your app the next time that you sign in.",
  },
  disable: {
    title: "Turn the second factor off?",
    text: "From then on your password alone is enough to sign in. Enter it to go on.",
    action: "Turn off",
    done: "The second factor is off.",
  },
} as const;
