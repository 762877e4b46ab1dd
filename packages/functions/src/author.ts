import { authorOperations } from "@daybook/core/author/author.api";
import * as authors from "@daybook/core/author/author.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentAuthor } from "./present/post.ts";

export const getAuthor = handle(authorOperations.getAuthor, async ({ params }) => ({
  body: presentAuthor(await authors.get(params.handle)),
}));
