/** Texts of the landing page about the blog. */
export const blog = {
  title: "Some days ask for more than a line",
  lead: "Write it in Markdown, with pictures, and publish it under your own name. Readers get a fast page without tracking. They can follow your feed and comment.",
  read: "Read the blog",
  write: "Write a post",
  sample: {
    label: "How a post looks",
    title: "A slow train along the river",
    byline: "Maya",
    length: "4 minutes to read",
    opening:
      "It leaves at ten past six, has two carriages, and stops wherever there is a bench. It is not for people in a hurry. I have taken it every Friday since March.",
    quote: "You see the herons first, and then the water.",
    closing: "The driver knows the people by their stops. On the third Friday he waited for me.",
  },
} as const;

export const blogLink = { href: "/blog", title: "The blog", text: "How it’s built and why, with the code." } as const;
