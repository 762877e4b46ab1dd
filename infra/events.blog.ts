/** The sort keys of the blog's items whose deletion is an event, for the filters of `PublishEvents`. */
export const blogRemovals = [{ prefix: "POST#" }];

/** The sort keys of the blog's items whose changes are events. */
export const blogChanges = [{ prefix: "COMMENT#" }, "PAGE", "AUTHOR"];

/** The blog's events that need clean-up. */
export const blogCleanUps = ["post.deleted", "author.changed"];
