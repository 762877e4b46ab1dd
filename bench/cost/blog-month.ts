import type { Measured, Part, Usage } from "./usage.ts";

export const blogAssumptions = {
  /**
   * Posts published, posts read and comments written per active user and month. No reading finds a copy at the edge.
   */
  posts: 0.05,
  readings: 8,
  comments: 0.2,
  /** Posts removed per active user and month: one in twenty. */
  removals: 0.0025,
} as const;

/** Titles of the columns of `usagesOfBlog`. */
export const blogColumns = ["post", "reading", "comment", "removal"];

export const usagesOfBlog = ({ post, reading, comment, removal }: Measured): Usage[] => [
  post,
  reading,
  comment,
  removal,
];

/** Returns the parts of the month of one active user. */
export const partsOfBlog = ({ post, reading, comment, removal }: Measured): Part[] => [
  [post, blogAssumptions.posts],
  [reading, blogAssumptions.readings],
  [comment, blogAssumptions.comments],
  [removal, blogAssumptions.removals],
];
