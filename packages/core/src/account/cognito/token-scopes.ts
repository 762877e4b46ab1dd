import * as z from "zod";
import { apiScope, serverClientName, userPoolScope } from "../account.scopes.ts";
import { type AdminSettings, callAsAdmin } from "./client.ts";

const Clients = z.object({ UserPoolClients: z.array(z.object({ ClientId: z.string(), ClientName: z.string() })) });

let knownServer: string | undefined;

/** Returns the id of the server's client. Requested once per function instance. The response contains no secret. */
async function serverClientId(settings: AdminSettings): Promise<string | undefined> {
  if (knownServer === undefined) {
    const { UserPoolClients } = await callAsAdmin(settings, "ListUserPoolClients", { MaxResults: 60 }, Clients);
    knownServer = UserPoolClients.find(({ ClientName }) => ClientName === serverClientName)?.ClientId;
  }
  return knownServer;
}

/**
 * Returns the changes to an access token's scopes before it is issued. A token of the web client is valid only for
 * Daybook's API. A token of the server's client is valid only for Cognito's user API.
 */
export async function scopesOf(settings: AdminSettings, clientId: string) {
  if (clientId === (await serverClientId(settings))) return {};
  return { scopesToAdd: [apiScope], scopesToSuppress: [userPoolScope] };
}
