import { operations } from "@daybook/core/api";
import { type Client, createClient } from "@daybook/core/client";
import { ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problemType } from "@daybook/core/contract/problem";
import * as z from "zod";
import type { DemoAccount } from "../lib/demo.ts";
import { Advice } from "../lib/terminal.ts";

/** Addresses of the cloud to seed. */
export interface SeedTarget {
  readonly url: string;
  readonly mailUrl: string;
}

const Mails = z.array(z.object({ messageId: z.string(), code: z.string().optional() }));

/** Returns whether an error is a problem response with this code. */
export const isProblem = (error: unknown, code: ProblemCode): boolean =>
  error instanceof ProblemError && error.problem.type === problemType(code);

/**
 * Returns an API client for an account. A missing or unconfirmed account is completed first with the code in the
 * mailbox. Public data is also requested with the account's token: the edge caches responses per token, so the client
 * does not see public copies from a minute ago.
 * @throws Advice if the address belongs to another account
 */
export async function clientOf({ url, mailUrl }: SeedTarget, account: DemoAccount): Promise<Client> {
  const accessToken = await signIn(createClient(operations, { baseUrl: url }), mailUrl, account);
  return createClient(operations, {
    baseUrl: url,
    accessToken: async () => accessToken,
    fetch(input, init) {
      const headers = new Headers(init?.headers);
      headers.set("authorization", `Bearer ${accessToken}`);
      return fetch(input, { ...init, headers });
    },
  });
}

async function signIn(client: Client, mailUrl: string, account: DemoAccount): Promise<string> {
  const before = await mailsTo(mailUrl, account.email);
  try {
    return (await client.createSession({ body: account })).data.accessToken;
  } catch (error) {
    if (isProblem(error, "account-unconfirmed")) await client.resendConfirmation({ body: { email: account.email } });
    else if (isProblem(error, "credentials-invalid")) await client.signUp({ body: account });
    else throw error;
  }
  const old = new Set(before.map(({ messageId }) => messageId));
  const mails = await mailsTo(mailUrl, account.email);
  const code = mails.find((mail) => mail.code !== undefined && !old.has(mail.messageId))?.code;
  const confirmed = await client.confirmAccount({ body: { ...account, code: code ?? "000000" } }).then(
    () => true,
    (error: unknown) => {
      if (isProblem(error, "confirmation-code-invalid")) return false;
      throw error;
    },
  );
  if (!confirmed) {
    throw new Advice(
      `The account ${account.email} has another password.`,
      "Reset it with “Forgot your password?”, or delete the account, then run this again.",
    );
  }
  return (await client.createSession({ body: account })).data.accessToken;
}

async function mailsTo(mailUrl: string, email: string) {
  const response = await fetch(`${mailUrl}/mails?to=${encodeURIComponent(email)}`);
  return Mails.parse(await response.json());
}
