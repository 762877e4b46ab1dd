import Link from "next/link";
import { blogLink } from "../../copy/blog-links.ts";
import { common } from "../../copy/common.ts";
import { landing } from "../../copy/landing.ts";

const link = "min-h-control items-center rounded-sm font-medium hover:text-accent";

/** The navigation at the top of the landing page. */
export const LandingNav = () => (
  <nav aria-label={landing.nav} className="flex flex-wrap items-center gap-x-6">
    <a href="#developers" className={`${link} hidden sm:inline-flex`}>
      {landing.developers}
    </a>
    {/* #region blog */}
    <a href={blogLink.href} className={`${link} inline-flex`}>
      {blogLink.name}
    </a>
    {/* #endregion blog */}
    <Link href="/docs/api" className={`${link} hidden sm:inline-flex`}>
      {common.apiReference}
    </Link>
    <Link href="/sign-in" className={`${link} inline-flex`}>
      {common.signIn}
    </Link>
  </nav>
);
