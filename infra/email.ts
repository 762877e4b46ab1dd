import { policyOf } from "./stage.ts";

const { sender } = policyOf($app.stage);

/** The identity that mail is sent from. */
export const email = new sst.aws.Email("Email", { sender });

/** The sender alone: linking the identity would grant `ses:*`. */
export const mail = new sst.Linkable("Mail", { properties: { sender: email.sender } });

/** A permission to send mail as the sender, and as nobody else. */
export const sendMail = {
  actions: ["ses:SendEmail"],
  resources: [email.nodes.identity.arn, email.nodes.configurationSet.arn],
  conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: [sender] }],
};
