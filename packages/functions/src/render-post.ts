import { renderArticle } from "@daybook/core/markdown/render";
import type { RenderPost } from "@daybook/core/published/published-post.service";
import { postPage } from "./present/post.ts";
import { presentPicture } from "./present/present.ts";

/** Renders the HTML of a post with the URLs of the API's pictures and pages. */
export const renderPost: RenderPost = ({ body, pictures, cover, author, slug }) =>
  renderArticle(body, postPage(author.handle, slug), { pictures: pictures.map(presentPicture), eager: cover === null });
