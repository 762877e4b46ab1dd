import type { Check } from "./check.ts";
import { ok, toDo } from "./finding.ts";

/** Whether SES sends mail to everyone. */
const sandbox: Check = {
  what: "SES",
  async run(account, _stage, { production: isProduction, verifiedSender, region }) {
    const { production, sending, perDay } = await account.mail();
    if (!sending)
      return toDo("SES", "sending is paused", "SES sends no mail for this account. The SES console shows the reason.");
    if (production) return ok("SES", `production access, ${perDay} emails per day`);
    const request = `Request production access: aws sesv2 put-account-details --region ${region} … (docs/operations.md, "Mail").`;
    const found = `in the sandbox, ${perDay} emails per day`;
    if (verifiedSender === undefined) return toDo("SES", found, `${request} Set \`senderVerified\` only after that.`);
    const advice = `Only verified addresses get mail, so no one else can sign up. ${request} Until then, remove \`senderVerified\`.`;
    return toDo("SES", found, advice, { blocks: isProduction });
  },
};

const sender: Check = {
  what: "sender",
  async run(account, stage, { sender: address, senderDomain, senderShared, verifiedSender }) {
    const option = `\`sender\` of ${stage} in infra/options.ts`;
    if (address === undefined) {
      const advice = `Set ${option}. Without a sender, there is no welcome email, and Cognito sends at most 50 codes per day.`;
      return toDo("sender", "none", advice);
    }
    const domain = address.split("@").at(-1) ?? address;
    const [own, ofDomain] = [await account.identity(address), await account.identity(domain)];
    const created = senderDomain === undefined ? own : ofDomain;
    if (created && created.stage !== stage && !senderShared) {
      const who = created.stage === undefined ? "not by SST" : `by the stage ${created.stage}`;
      const advice = `SES knows a sender once per account and region. Set \`senderShared: true\` next to ${option}.`;
      return toDo("sender", `${senderDomain ?? address} was created ${who}`, advice, { blocks: true });
    }
    if (!created && senderShared) {
      const advice = `Deploy the stage that creates it first, or remove \`senderShared\`.`;
      return toDo("sender", `SES does not know ${senderDomain ?? address}`, advice, { blocks: true });
    }
    const verified = own?.verified || ofDomain?.verified;
    if (verified && verifiedSender !== undefined) return ok("sender", `${address} is verified`);
    if (verified) {
      const advice = `Set \`senderVerified: true\` next to ${option}.`;
      return toDo("sender", `${address} is verified but not used yet`, advice);
    }
    if (verifiedSender !== undefined) {
      const advice = `A user pool cannot use it. Remove \`senderVerified\`, deploy, follow the link in the mail from AWS, then set it again.`;
      return toDo("sender", `${address} is not verified`, advice, { blocks: true });
    }
    const advice = "Deploy, follow the link in the mail from AWS, then set `senderVerified`.";
    return toDo("sender", `${address} is not verified`, advice);
  },
};

export const mailChecks: readonly Check[] = [sandbox, sender];
