import * as z from "zod";
import { apiScope, serverClientName, userPoolScope } from "../account.scopes.ts";
import { type AdminSettings, callAsAdmin } from "./client.ts";

const Clients = z.object({ UserPoolClients: z.array(z.object({ ClientId: z.string(), ClientName: z.string() })) });

let knownServer: string | undefined;

/** The id of the server's client, which is asked for once in an instance. No secret is in this answer of Cognito's. */
async function serverClientId(settings: AdminSettings): Promise<string | undefined> {
  if (knownServer === undefined) {
    const { UserPoolClients } = await callAsAdmin(settings, "ListUserPoolClients", { MaxResults: 60 }, Clients);
    knownServer = UserPoolClients.find(({ ClientName }) => ClientName === serverClientName)?.ClientId;
  }
  return knownServer;
}

/**
 * How the scopes of an access token change before it is issued. A token that leaves the server opens Daybook's API and nothing of
 * Cognito's; one of the server's own client, nothing of Daybook's API.
 */
export async function scopesOf(settings: AdminSettings, clientId: string) {
  if (clientId === (await serverClientId(settings))) return {};
  return { scopesToAdd: [apiScope], scopesToSuppress: [userPoolScope] };
}
