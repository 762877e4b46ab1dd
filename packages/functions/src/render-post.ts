import { renderArticle } from "@daybook/core/markdown/render";
import type { RenderPost } from "@daybook/core/published/rendered-html.repository";
import { postPage } from "./present/post.ts";
import { presentPicture } from "./present/present.ts";

/** The HTML of a page, with its pictures and links where the API says that they are. */
export const renderPost: RenderPost = ({ body, pictures, cover, author, slug }) =>
  renderArticle(body, postPage(author.handle, slug), { pictures: pictures.map(presentPicture), eager: cover === null });
