import { createFaults, type Faults, withCuts } from "../faults.ts";
import type { Need } from "../iam/evaluate.ts";
import { type Call, type FrontOptions, type ServiceApi, startFront } from "../iam/front.ts";
import { restJson, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import { addressOf } from "../mailbox/mail.ts";
import type { Ground } from "../service.ts";
import type { Emulator, Mail, Mailbox } from "../service-types.ts";
import { createFeedback } from "./feedback.ts";
import { type Identities, identitiesOf } from "./identities.ts";
import { readSendRequest, type SendRequest } from "./message.ts";

export interface Ses extends Emulator {
  readonly url: string;
  /** Operations: `SendEmail`, `GetAccount`, `ListEmailIdentities`. */
  readonly faults: Faults;
}

export interface SesOptions extends FrontOptions, Pick<Ground, "deliver"> {
  readonly mailbox: Mailbox;
}

const json = (body: unknown): ServiceResponse => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Returns the configuration set of a mail: the one in the request, or else the identity's default. */
const setOf = ({ mail, configurationSet }: SendRequest, identities: Identities) =>
  configurationSet ?? identities.of(addressOf(mail.from))?.configurationSet;

/**
 * Returns the required permissions: one on the sender's identity, and one on the configuration set, including the
 * default one.
 */
function needsOf(request: SendRequest, identities: Identities): Need[] {
  const { mail } = request;
  const sender = addressOf(mail.from);
  const recipients = [...mail.to, ...(mail.cc ?? []), ...(mail.bcc ?? [])].map(addressOf);
  const context = {
    "ses:ApiVersion": "2",
    "ses:FromAddress": sender,
    "ses:FromDisplayName": mail.from.includes("<") ? mail.from.replace(/\s*<[^>]*>\s*$/, "").replaceAll('"', "") : "",
    "ses:Recipients": recipients,
  };
  const set = setOf(request, identities);
  const resources = [
    identities.of(sender)?.arn ?? identities.identityArn(sender),
    ...(set ? [identities.setArn(set)] : []),
  ];
  return resources.map((resource) => ({ action: "ses:SendEmail", resource, context }));
}

/** Returns the mail for the mailbox, with the headers that select SES's sending options. */
function withSendingHeaders({ mail, tags }: SendRequest, set: string | undefined): Mail {
  const own = [
    ...(set ? [{ name: "X-SES-CONFIGURATION-SET", value: set }] : []),
    ...(tags.length > 0
      ? [{ name: "X-SES-MESSAGE-TAGS", value: tags.map(({ name, value }) => `${name}=${value}`).join(", ") }]
      : []),
  ];
  return { ...mail, headers: [...(mail.headers ?? []), ...own] };
}

async function send(
  request: SendRequest,
  identities: Identities,
  { graph, mailbox, feedback }: SesOptions & { readonly feedback: ReturnType<typeof createFeedback> },
): Promise<ServiceResponse> {
  const sender = addressOf(request.mail.from);
  if (!identities.of(sender)) {
    const region = graph.region.toUpperCase();
    const message = `Email address is not verified. The following identities failed the check in region ${region}: ${sender}`;
    throw new ServiceError(400, "MessageRejected", message);
  }
  const set = setOf(request, identities);
  if (set && !identities.hasSet(set))
    throw new ServiceError(404, "NotFoundException", `Configuration set <${set}> does not exist.`);
  const { messageId } = await mailbox.deliver(withSendingHeaders(request, set));
  await feedback({ mail: request.mail, messageId, configurationSet: set });
  return json({ MessageId: messageId });
}

const account = {
  DedicatedIpAutoWarmupEnabled: false,
  EnforcementStatus: "HEALTHY",
  ProductionAccessEnabled: true,
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 },
  SendingEnabled: true,
};

const listed = ({ all }: Identities) => ({
  EmailIdentities: all.map(({ name }) => ({
    IdentityName: name,
    IdentityType: name.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
    SendingEnabled: true,
    VerificationStatus: "SUCCESS",
  })),
});

/** Starts SES v2 for SDK clients at `url`. Accepted mail is in the mailbox before the response. */
export async function startSes(options: SesOptions): Promise<Ses> {
  const { graph, log } = options;
  const identities = identitiesOf(graph);
  const feedback = createFeedback(options);
  const { faults, around } = createFaults();

  async function carryOut(operation: string, run: () => ServiceResponse | Promise<ServiceResponse>) {
    try {
      return await around(operation, run);
    } catch (error) {
      if (error instanceof ServiceError) log.warn("ses", `${operation}: ${error.code}: ${error.message}`);
      throw error;
    }
  }

  function read({ method, path, body }: SignedRequest): Call {
    const read = (action: string, answer: unknown): Call => ({
      needs: [{ action: `ses:${action}`, resource: "*" }],
      run: () => carryOut(action, () => json(answer)),
    });
    switch (`${method} ${path}`) {
      case "POST /v2/email/outbound-emails": {
        const request = readSendRequest(body);
        const run = () => carryOut("SendEmail", () => send(request, identities, { ...options, feedback }));
        return { needs: needsOf(request, identities), run };
      }
      case "GET /v2/email/account":
        return read("GetAccount", account);
      // Current SDKs list by POST, older ones and the CLI by GET.
      case "POST /v2/email/list-identities":
      case "GET /v2/email/identities":
        return read("ListEmailIdentities", listed(identities));
      default:
        throw new ServiceError(
          404,
          "UnknownOperationException",
          `The local cloud does not support SES's ${method} ${path}.`,
        );
    }
  }

  const api: ServiceApi = { name: "ses", signingName: "ses", protocol: withCuts(restJson), read };
  const front = await startFront(api, options);
  return {
    url: front.url,
    endpoints: { AWS_ENDPOINT_URL_SESV2: front.url },
    faults,
    close: front.close,
  };
}
