import type { DemoAccount } from "../lib/demo.ts";

/** Maya's bio and handle. */
export const demoAuthor = {
  handle: "maya",
  bio: "Writes down how Daybook is made, one decision at a time. Draws the pictures, too. Otherwise on the allotment.",
  avatar: "maya.png",
} as const;

/** A reader of the demo blog who comments on posts. */
export interface DemoReader extends DemoAccount {
  readonly name: string;
}

export const demoReaders = {
  ines: { email: "ines@example.com", password: "a drill to be returned", name: "Ines" },
  tom: { email: "tom@example.com", password: "saturday at the latest", name: "Tom" },
} satisfies Readonly<Record<string, DemoReader>>;

type Writer = keyof typeof demoReaders | "maya";

/** A comment in Markdown, and its replies. */
export interface DemoComment {
  readonly by: Writer;
  readonly body: string;
  readonly replies?: readonly { readonly by: Writer; readonly body: string }[];
}

/** Comments by post slug. */
export const demoComments: Readonly<Record<string, readonly DemoComment[]>> = {
  "an-outbox-in-the-browser": [
    {
      by: "ines",
      body: "I read this on the ferry, where the signal comes and goes with the islands, and added a shopping list while I was at it. Everything was there when I got to the shop. **One question**: what if my phone’s clock is wrong? The entries are in the order of `at`.",
      replies: [
        {
          by: "maya",
          body: "A new entry gets a time later than everything that is in the outbox already, whatever the clock says. So the order of what *you* did is kept, and between two devices `at` is never compared.",
        },
        {
          by: "tom",
          body: "There is a comment about exactly this in `toEntries`. I looked because I had the same question.",
        },
      ],
    },
    {
      by: "tom",
      body: "“Undo drops the entry” is my favourite sentence here. At work we have soft deletes, a `deleted_at` in forty tables, and a job that cleans up at night.",
    },
  ],
  "counting-without-counters": [
    {
      by: "tom",
      body: "Why not a query with `Select: COUNT` when the sidebar opens? Most lists have twenty todos.",
      replies: [
        {
          by: "maya",
          body: "For twenty it would be fine. It is one query for each list, though, every time somebody looks, and it reads everything that it counts. The list with 20,000 todos would make the sidebar slow, and its owner is the one who looks most often.",
        },
      ],
    },
  ],
  "the-welcome-mail-that-is-sent-once": [
    {
      by: "ines",
      body: "We chose the other side for invoices, and then had to explain to a customer why they got the same invoice twice:\n\n> Do I have to pay both?\n\nSo now the invoice number is in the subject, and the second mail says that it is a copy.",
      replies: [{ by: "maya", body: "That is a good third way: send it twice, and let the mail itself be harmless." }],
    },
  ],
};
