/** Matches a prefix and a ULID, such as `lst_01KA6V3Y6M8Q2T4N5P7R9S0WXZ`. Sorts by creation time. */
export const ulidForm = (prefix: string) => new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`);
