/** Maximum updates of a profile. Each signs all posts and comments of the user anew. */
export const profileRate = { times: 60, seconds: 60 * 60 } as const;
