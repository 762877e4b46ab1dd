import * as brand from "@daybook/core/brand";
import { blogLink } from "./landing.blog.ts";

/** Texts of the landing page. */
export const landing = {
  headline: brand.tagline,
  lead: "Write it down, tick it off, find it again tomorrow. Online, offline, on every device you sign in to.",
  free: "No ads, no tracking, nothing else that asks for your attention.",
  nav: "Main",
  developers: "For developers",
  sample: {
    label: "A list to try: tick something off",
    title: "Home",
    left: "left",
    todos: [
      { title: "Water the tomatoes before it gets hot", completed: true },
      { title: "Call Grandma back", completed: false },
      { title: "Renew the library books", completed: false, due: "Today" },
      { title: "Bread, lemons, olive oil", completed: true },
      { title: "Finish the talk about rivers", completed: false, due: "Tomorrow" },
      { title: "Fix the squeaking door", completed: false },
    ],
  },
  promises: {
    title: "What you can count on",
    entries: [
      {
        title: "Nothing you type gets lost",
        text: "No network, a slow one, a closed tab: the app still opens. Your changes are stored on your device and sent as soon as possible.",
      },
      {
        title: "A deletion can be undone",
        text: "Delete todos and lists without a confirmation. If it was a mistake, undo it within a few seconds.",
      },
      {
        title: "Your hands stay where they are",
        text: "Everything works with a keyboard, with a screen reader, and with a thumb on a small phone.",
      },
    ],
  },
  code: {
    title: "One description, two clouds",
    lead: `${brand.name} is also a serverless application to clone, learn from and make your own. One SST program describes it all: routes, functions, permissions, tables, streams and queues.`,
    laptop: {
      title: "On your laptop",
      command: "npm start",
      text: "The same program, run by a local cloud that enforces the same permissions. No AWS account, no Docker, ready in seconds.",
    },
    aws: {
      title: "On AWS",
      command: "npx sst deploy",
      text: "CloudFront, API Gateway, one Lambda function per operation, DynamoDB, Cognito. You pay for requests, not for idle servers.",
    },
    picture: "What runs where",
    pictureHint: "Drawn from the resource graph of both clouds.",
  },
  yours: {
    title: "Make it yours",
    lead: "The name, the design and the logo are each defined in one place.",
    places: [
      { file: "packages/core/src/brand.ts", text: "The name and the descriptions." },
      { file: "packages/web/app/tokens.css", text: "Colors, type, spacing and motion, light and dark." },
      { file: "packages/web/lib/ui/logo.tsx", text: "The logo, drawn in a few lines." },
    ],
  },
  read: {
    title: "Read on",
    links: [
      blogLink,
      { href: "/docs/api", title: "API reference", text: "Every operation with an example to paste into a shell." },
      { href: "/design", title: "Design system", text: "Every color, size and component in all its states." },
      { href: "/v1/openapi.json", title: "OpenAPI 3.1", text: "The same API, machine-readable." },
    ],
  },
} as const;
