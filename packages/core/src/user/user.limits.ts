/** Maximum updates of a profile. Each can change copies of the name elsewhere. */
export const profileRate = { times: 60, seconds: 60 * 60 } as const;
