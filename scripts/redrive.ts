import { parseArgs } from "node:util";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as brand from "@daybook/core/brand";
import pc from "picocolors";
import { policyOf } from "../infra/stage.ts";
import { Advice, run, step } from "./lib/terminal.ts";
import { type DeadLetters, deadLettersOf, receive } from "./redrive/queues.ts";
import { redrive } from "./redrive/redrive.ts";
import { sampleOf } from "./redrive/sample.ts";

const lineOf = ({ name, depth, source }: DeadLetters) => {
  const from = source ? `from ${source.url.split("/").at(-1)}` : "from a stream, a schedule or an event";
  return `  ${depth > 0 ? pc.yellow("•") : pc.green("✓")} ${name.padEnd(24)} ${String(depth).padStart(6)}  ${pc.dim(from)}`;
};

function find(queues: readonly DeadLetters[], name: string, stage: string): DeadLetters {
  const found = queues.find((queue) => queue.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = queues.map((queue) => queue.name).join(", ");
  throw new Advice(
    `${stage} has no dead-letter queue ${name}.`,
    names === "" ? "It has no dead-letter queues." : `Its dead-letter queues: ${names}.`,
  );
}

await run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stage: { type: "string", default: "production" }, look: { type: "boolean", default: false } },
  });
  const { stage, look } = values;
  const { region } = policyOf(stage);
  const sqs = new SQSClient({ region });
  const clients = { sqs, lambda: new LambdaClient({ region }), streams: new DynamoDBStreamsClient({ region }) };
  const queues = await deadLettersOf(sqs, brand.id, stage).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== "CredentialsProviderError") throw error;
    throw new Advice(
      "No AWS credentials were found.",
      "Set AWS_PROFILE. For the local cloud, run `source .local/aws.env`.",
    );
  });
  const [name] = positionals;
  if (name === undefined) {
    console.log(`\n${queues.map(lineOf).join("\n")}\n\n  npm run redrive -- <queue> --stage ${stage}\n`);
    return;
  }
  const queue = find(queues, name, stage);
  const [sample] = await receive(sqs, queue.url, 0);
  if (!sample) {
    console.log(`\n  ${pc.green("✓")} ${queue.name} is empty\n`);
    return;
  }
  console.log(`\n${pc.dim(`A message, without user content:`)}\n${sampleOf(sample.Body ?? "")}\n`);
  if (look) return;
  const { done, staying } = await step(`Redriving ${queue.name}`, () => redrive(clients, queue));
  console.log(
    `\n  ${pc.bold(`${done} redriven`)}, ${staying.length} failed again${staying.length > 0 ? ", hidden for 15 minutes" : ""}`,
  );
  for (const why of new Set(staying)) console.log(`    ${why}`);
  process.exitCode = staying.length > 0 ? 1 : 0;
});
