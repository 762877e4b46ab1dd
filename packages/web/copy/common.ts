import * as brand from "@daybook/core/brand";
import { writeLink } from "./blog-links.ts";
import { counted } from "./english.ts";

/** Texts of many pages. */
export const common = {
  brand: brand.name,
  home: `${brand.name} home page`,
  oneMoment: "One moment…",
  slow: "This is taking longer than usual. Still trying…",
  tryAgain: "Try again",
  cancel: "Cancel",
  close: "Close",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Select to copy",
  undo: "Undo",
  dismiss: "Dismiss",
  loading: "Loading…",
  notValid: "Not valid",
  tooLong: (over: number) => `Shorten this by ${counted(over, "character")} to save it.`,
  tooShort: "Type something here to save it.",
  discard: {
    text: "Some of this isn’t saved. Keep editing to fix the marked field, or discard what can’t be saved.",
    keep: "Keep editing",
    drop: "Discard",
  },
  showPassword: "Show password",
  hidePassword: "Hide password",
  openMenu: "Open the menu",
  menu: "Menu",
  books: "Main",
  bookLinks: [{ href: "/todos", name: "Todos" }, writeLink],
  skipToContent: "Skip to the content",
  notifications: "Notifications",
  theme: { label: "Theme", system: "System", light: "Light", dark: "Dark" },
  signUp: "Sign up",
  signIn: "Sign in",
  apiReference: "API reference",
  design: "Design system",
  footer: "More",
} as const;
