import { notAuthorized, userNotFound } from "../errors.ts";
import { type Input, text } from "../input.ts";
import type { Operation, Services } from "../services.ts";
import type { User } from "../users.ts";

type Dependencies = Pick<Services, "pools" | "users" | "sessions" | "tokens">;

/** Who holds an access token that is genuine, in time and not revoked, and the client that it was given to. @throws NotAuthorizedException, UserNotFoundException */
function holder(input: Input, { pools, users, sessions, tokens }: Dependencies) {
  const { sub, originJti } = tokens.readAccessToken(text(input, "AccessToken"));
  const user = users.bySub(sub);
  if (!user) throw userNotFound("User does not exist.");
  const session = sessions.get(originJti);
  if (!session || session.revoked) throw notAuthorized("Access Token has been revoked");
  return { user, client: pools.client(session.clientId) };
}

/** The attributes of a user as the API lists them. */
export const attributeList = (user: User) =>
  Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value }));

/** `GetUser` */
export const getUser =
  (dependencies: Dependencies): Operation =>
  (input) => {
    const { user, client } = holder(input, dependencies);
    const isReadable = ({ Name }: { Name: string }) => Name === "sub" || (client.readable?.has(Name) ?? true);
    return { Username: user.username, UserAttributes: attributeList(user).filter(isReadable) };
  };

/** `GlobalSignOut`: no token that the user has works any more, except that who only verifies signatures cannot know. */
export const globalSignOut =
  (dependencies: Dependencies): Operation =>
  (input) => {
    dependencies.sessions.revokeAll(holder(input, dependencies).user);
    return {};
  };
