import { brand } from "../../brand.ts";

/** Where the site is read, without a slash at the end: for what needs whole addresses. */
export const siteOrigin = () => (process.env.DAYBOOK_ORIGIN ?? brand.origin).replace(/\/$/, "");

/** Where everything is that readers can go to. */
export const paths = {
  blog: "/blog",
  archive: "/archive",
  month: (month: string) => `/archive/${month}`,
  author: (handle: string) => `/@${handle}`,
  post: (handle: string, slug: string) => `/@${handle}/${slug}`,
  tag: (tag: string) => `/tags/${encodeURIComponent(tag)}`,
} as const;

/** A month as a person says it. @param month as `2026-11` */
export const monthInWords = (month: string) =>
  new Intl.DateTimeFormat("en", { timeZone: "UTC", month: "long", year: "numeric" }).format(Date.parse(`${month}-01`));
