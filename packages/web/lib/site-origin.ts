import * as brand from "@daybook/core/brand";

/** The origin of the site without a trailing slash, for absolute URLs. */
export const siteOrigin = () => (process.env.DAYBOOK_ORIGIN ?? brand.origin).replace(/\/$/, "");
