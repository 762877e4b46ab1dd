import { brand } from "@daybook/core/brand";

/** The origin of the site without a trailing slash, for absolute URLs. */
export const siteOrigin = () => (process.env.DAYBOOK_ORIGIN ?? brand.origin).replace(/\/$/, "");

/** Paths of all pages for readers. */
export const paths = {
  blog: "/blog",
  archive: "/archive",
  month: (month: string) => `/archive/${month}`,
  author: (handle: string) => `/@${handle}`,
  post: (handle: string, slug: string) => `/@${handle}/${slug}`,
  tag: (tag: string) => `/tags/${encodeURIComponent(tag)}`,
} as const;

/** Formats a month for readers. @param month such as `2026-11` */
export const monthInWords = (month: string) =>
  new Intl.DateTimeFormat("en", { timeZone: "UTC", month: "long", year: "numeric" }).format(Date.parse(`${month}-01`));
