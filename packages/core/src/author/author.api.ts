import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { Author, Handle } from "./author.ts";

export const authorOperations = defineOperations({
  getAuthor: {
    method: "GET",
    path: "/v1/authors/{handle}",
    summary: "Get an author's public profile",
    access: "public",
    params: z.strictObject({ handle: Handle }),
    response: { status: 200, description: "The author", body: Author },
    cache: { edgeSeconds: 1 },
    problems: ["author-not-found"],
  },
});
