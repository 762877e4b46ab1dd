/** Links to the blog from other pages, apart from the texts of the blog, which only its own pages load. */
export const blogLink = { href: "/blog", name: "Blog" } as const;
export const writeLink = { href: "/write", name: "Write" } as const;
