import { renderArticle } from "@daybook/core/markdown/render";
import type { RenderPage } from "@daybook/core/post/post.rendered";
import { postPage } from "./present/post.ts";
import { presentPicture } from "./present/present.ts";

/** The HTML of a page, with its pictures and links where the API says that they are. */
export const renderPage: RenderPage = ({ body, pictures, cover, author, slug }) =>
  renderArticle(body, postPage(author.handle, slug), { pictures: pictures.map(presentPicture), eager: cover === null });
