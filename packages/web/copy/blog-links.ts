/** Links to the blog from other pages. The texts of the blog's pages are elsewhere: only those pages load them. */
export const blogLink = { href: "/blog", name: "Blog" } as const;
export const writeLink = { href: "/write", name: "Write" } as const;
