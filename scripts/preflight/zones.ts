import type { Account } from "./account.ts";
import type { Check, Policy } from "./check.ts";
import { type Finding, ok, toDo } from "./finding.ts";

/** Names of hosts are case-insensitive and may end with a dot. */
const hosts = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase().replace(/\.$/, "")));

/**
 * Checks that a domain has a public hosted zone, and that DNS delegates the domain to it. Otherwise the deployment
 * waits for a validation until it times out.
 */
async function delegated(account: Account, what: string, name: string): Promise<Finding> {
  const zone = await account.zoneOf(name);
  if (zone === undefined) {
    const advice = `Create one: aws route53 create-hosted-zone --name ${name} --caller-reference daybook. Then set its name servers at the registrar. Or remove the option.`;
    return toDo(what, `this account has no public hosted zone for ${name}`, advice, { blocks: true });
  }
  const asked = hosts(await account.delegationOf(zone.name));
  if (zone.nameServers.length > 0 && hosts(zone.nameServers).symmetricDifference(asked).size === 0)
    return ok(what, `${name}, in the hosted zone ${zone.name}`);
  const found = asked.size === 0 ? "no name servers" : `other name servers: ${[...asked].join(", ")}`;
  const advice = `Set these at the registrar of ${zone.name}, or in its parent zone: ${zone.nameServers.join(", ")} (aws route53 get-hosted-zone --id ${zone.id}).`;
  return toDo(what, `DNS has ${found} for ${zone.name}`, advice, { blocks: true });
}

const domain: Check = {
  what: "domain",
  run: async (account, _stage, { domain: name }) =>
    name === undefined ? ok("domain", "the domain name of CloudFront") : delegated(account, "domain", name),
};

const senderDomain: Check = {
  what: "sender's domain",
  async run(account, _stage, { senderDomain: name, senderShared }: Policy) {
    if (name === undefined) return ok("sender's domain", "none; SES verifies the address");
    return senderShared
      ? ok("sender's domain", `${name}, which another stage or a person set up`)
      : delegated(account, "sender's domain", name);
  },
};

export const zoneChecks: readonly Check[] = [domain, senderDomain];
