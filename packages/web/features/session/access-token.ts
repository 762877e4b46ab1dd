/** The id of the user whom an access token stands for. The API checks tokens; a page only wants to know whose data it may show. */
export function ownerOf(accessToken: string): string {
  const payload = accessToken.split(".")[1] ?? "";
  const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  const sub = typeof claims === "object" && claims !== null && "sub" in claims ? claims.sub : undefined;
  if (typeof sub !== "string") throw new Error("The access token names nobody");
  return `usr_${sub}`;
}
