import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mailTo, newUser, send, sessionCookie, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterEach(() => {
  cloud.ses.faults.clear();
  cloud.dynamo.faults.clear();
});
afterAll(() => cloud.remove());

/** Returns the welcome emails to an address, after all stream records were delivered. */
async function welcomes(email: string) {
  await cloud.streams.drained();
  return (await mailTo(cloud.env, email)).filter((mail) => !/\b\d{6}\b/.test(mail.body.text ?? ""));
}

describe("the welcome email", () => {
  it("is sent once to a new user, in HTML and text", async () => {
    const { email } = await newUser(cloud.env);
    const mails = await welcomes(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body.html).toContain(cloud.url);
    expect(mails[0]?.body.text).toContain(cloud.url);
  });

  it("is sent by a retry when SES fails temporarily", async () => {
    cloud.ses.faults.next({
      operation: "SendEmail",
      times: 2,
      error: { status: 429, code: "TooManyRequestsException" },
    });
    const { email } = await newUser(cloud.env);
    expect(await welcomes(email)).toHaveLength(1);
  });

  it("is not sent again when the response of SES is lost", async () => {
    cloud.ses.faults.next({ operation: "SendEmail", when: "after", error: "cut" });
    const { email } = await newUser(cloud.env);
    expect(await welcomes(email)).toHaveLength(1);
  });

  it("is not sent again after redelivery, duplicates or concurrent deliveries", async () => {
    const { email } = await newUser(cloud.env);
    expect(await welcomes(email)).toHaveLength(1);
    const record = await profileRecord(email);
    const event = { Records: [record, record] };
    const results = await Promise.all(
      Array.from({ length: 6 }, () => cloud.lambda.invoke("WelcomeEmailFunction", event)),
    );
    expect(results).toEqual(results.map(() => ({ ok: true, result: { batchItemFailures: [] } })));
    expect(await welcomes(email)).toHaveLength(1);
  });

  it("goes to the dead-letter queue when SES refuses it permanently, without blocking others", async () => {
    cloud.ses.faults.next({ operation: "SendEmail", times: 6, error: { status: 400, code: "MessageRejected" } });
    const { email: unlucky } = await newUser(cloud.env);
    expect(await welcomes(unlucky)).toEqual([]);
    const { email: next } = await newUser(cloud.env);
    expect(await welcomes(next)).toHaveLength(1);
  });
});

describe("a user without a profile", () => {
  it("gets the profile, the inbox and the welcome email on first use", async () => {
    // Cognito calls the trigger three times and then gives up.
    cloud.dynamo.faults.next({ operation: "TransactWriteItems", times: 40, error: { code: "InternalServerError" } });
    const email = `unlucky-${Date.now()}@example.com`;
    const password = "correct horse battery staple";
    await succeed(cloud.env, "signUp", { body: { email, password } });
    const [mail] = await mailTo(cloud.env, email);
    const code = /\b\d{6}\b/.exec(mail?.body.text ?? mail?.body.html ?? "")?.[0];
    await send(cloud.env, "confirmAccount", { body: { email, code, password } });
    cloud.dynamo.faults.clear();
    const session = await succeed(cloud.env, "createSession", { body: { email, password } });
    expect(sessionCookie(session)).not.toBe("");
    const token = session.body.accessToken;
    const [lists, me] = await Promise.all([
      succeed(cloud.env, "listLists", { token }),
      succeed(cloud.env, "getMe", { token }),
    ]);
    expect(lists.body).toMatchObject([{ kind: "inbox" }]);
    expect(me.body.email).toBe(email);
    expect(await welcomes(email)).toHaveLength(1);
  });
});

/** Builds the stream record of a profile's insertion. */
async function profileRecord(email: string) {
  const { Items = [] } = await scan();
  const item = Items.find((each) => each.email?.S === email);
  if (!item) throw new Error(`There is no profile of ${email}`);
  return {
    eventID: "1",
    eventName: "INSERT",
    eventSource: "aws:dynamodb",
    dynamodb: {
      Keys: { pk: item.pk, sk: item.sk },
      NewImage: item,
      SequenceNumber: "100",
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  };
}

async function scan(): Promise<{ Items?: Record<string, { S?: string }>[] }> {
  const TableName = cloud.graph.all("aws:dynamodb:Table").find((table) => table.name === "TableTable")?.id;
  return cloud.dynamo.engine.call("Scan", { TableName });
}
