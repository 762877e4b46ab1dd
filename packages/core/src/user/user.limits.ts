/** Maximum updates of a profile. Each rewrites the name at all posts and comments of the user. */
export const profileRate = { times: 60, seconds: 60 * 60 } as const;
