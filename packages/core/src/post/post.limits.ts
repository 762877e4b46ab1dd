/** Maximum new drafts of one user. */
export const draftRate = { times: 100, seconds: 60 * 60 } as const;

/** Maximum updates of a user's drafts. An editor saves at most once per second while its user types. */
export const draftSaveRate = { times: 60, seconds: 60 } as const;

/** Maximum publications of one user. Each makes a dozen pages again. A schedule counts when it is set. */
export const publicationRate = { times: 100, seconds: 60 * 60 } as const;
