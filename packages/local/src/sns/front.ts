import type { Call, ServiceApi } from "../iam/front.ts";
import { errorXml, escapeXml, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import { invalid, members, type Publication, publicationOf } from "./request.ts";

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/** SNS's query protocol, with XML responses. */
const protocol = errorXml(namespace, "AuthorizationError");

const answer = (action: string, result: string): ServiceResponse => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result></${action}Response>`,
});

/** Topics that the service publishes to. */
export interface Topics {
  readonly arns: ReadonlySet<string>;
  /** @returns the message's id */
  publish(topicArn: string, publication: Publication): Promise<string>;
}

const mostEntries = 10;

/** Returns the entries of a batch with their ids. */
function entriesOf(form: URLSearchParams): { id: string; prefix: string }[] {
  const entries = members(form, "PublishBatchRequestEntries.member").map((prefix) => ({
    id: form.get(`${prefix}Id`) ?? "",
    prefix,
  }));
  const fail = (code: string, message: string) => {
    throw new ServiceError(400, code, message);
  };
  if (entries.length === 0) fail("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (entries.length > mostEntries)
    fail("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
  if (new Set(entries.map(({ id }) => id)).size < entries.length)
    fail("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
  if (entries.some(({ id }) => !/^[\w-]{1,80}$/.test(id)))
    fail("InvalidBatchEntryId", "The Id of a batch entry in a batch request doesn't abide by the specification.");
  return entries;
}

/** SNS as a service behind the IAM front. It supports publishing; the graph creates topics and subscriptions. */
export function topicService({ arns, publish }: Topics): ServiceApi {
  const requireTopic = (arn: string) => {
    if (!arns.has(arn)) throw new ServiceError(404, "NotFound", "Topic does not exist");
  };

  async function publishEntry(topicArn: string, form: URLSearchParams, { id, prefix }: { id: string; prefix: string }) {
    try {
      const messageId = await publish(topicArn, publicationOf(form, prefix));
      return { ok: true, member: `<member><Id>${id}</Id><MessageId>${messageId}</MessageId></member>` };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { code, message } = error;
      const member = `<member><Id>${id}</Id><Code>${code}</Code><Message>${escapeXml(message)}</Message><SenderFault>true</SenderFault></member>`;
      return { ok: false, member };
    }
  }

  async function publishBatch(topicArn: string, form: URLSearchParams): Promise<ServiceResponse> {
    const results: { ok: boolean; member: string }[] = [];
    for (const entry of entriesOf(form)) results.push(await publishEntry(topicArn, form, entry));
    const of = (ok: boolean) => results.flatMap((result) => (result.ok === ok ? result.member : [])).join("");
    return answer("PublishBatch", `<Successful>${of(true)}</Successful><Failed>${of(false)}</Failed>`);
  }

  function read(request: SignedRequest): Call {
    const form = new URLSearchParams(Buffer.from(request.body).toString());
    const action = form.get("Action") ?? "";
    const topicArn = form.get("TopicArn") ?? form.get("TargetArn") ?? "";
    if (action === "ListTopics") {
      const topics = [...arns].map((arn) => `<member><TopicArn>${arn}</TopicArn></member>`).join("");
      return {
        needs: [{ action: "sns:ListTopics", resource: "*" }],
        run: () => answer("ListTopics", `<Topics>${topics}</Topics>`),
      };
    }
    if (action !== "Publish" && action !== "PublishBatch")
      throw new ServiceError(400, "InvalidAction", `The local cloud does not support SNS's ${action || "request"}.`);
    if (!topicArn.startsWith("arn:aws:sns:")) throw invalid("TopicArn");
    return {
      needs: [{ action: "sns:Publish", resource: topicArn }],
      async run() {
        requireTopic(topicArn);
        if (action === "PublishBatch") return publishBatch(topicArn, form);
        return answer("Publish", `<MessageId>${await publish(topicArn, publicationOf(form))}</MessageId>`);
      },
    };
  }

  return { name: "sns", signingName: "sns", protocol, read };
}
