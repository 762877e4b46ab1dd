import * as brand from "@daybook/core/brand";
import { counted } from "./english.ts";
import { plainFailure } from "./errors.static.ts";

/** Error texts for the user. */
export const errors = {
  unreachable: `We couldn’t reach ${brand.name}. Check your connection and try again.`,
  ours: "Something went wrong on our side. Try again in a moment.",
  tooOften: (seconds: number | undefined) =>
    seconds === undefined
      ? "Too many attempts. Wait a moment and try again."
      : `Too many attempts. Try again in ${wait(seconds)}.`,
  refused: "The server didn’t accept that. Try again.",
  requestId: "Request id",
  notLoaded: "We couldn’t load this",
  page: {
    title: plainFailure,
    text: "We couldn’t show this page. Everything you saved is safe.",
    home: "Go to the home page",
  },
  notFound: {
    status: "404",
    title: "There is nothing here",
    blank: "A blank page",
    pageTitle: "Nothing here",
    text: "Check the address. The page may have moved.",
    home: "Go to the home page",
    todos: "Go to your todos",
  },
} as const;

const wait = (seconds: number) =>
  seconds < 90 ? counted(Math.max(1, seconds), "second") : counted(Math.ceil(seconds / 60), "minute");
