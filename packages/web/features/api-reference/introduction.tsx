import { apiReference as words } from "../../copy/api-reference.ts";
import { CodeBlock } from "./code-block.tsx";
import { cookieJar } from "./curl.ts";
import { operationWith } from "./reference.ts";
import { Words } from "./rows.tsx";

const credentials = operationWith("createSession")?.request?.example;

const signIn = `source .local/aws.env
TOKEN=$(curl -s "$DAYBOOK_URL/v1/session" -c ${cookieJar} \\
  -H "content-type: application/json" \\
  -d '${JSON.stringify(credentials)}' |
  sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
LIST_ID=$(curl -s "$DAYBOOK_URL/v1/lists" -H "authorization: Bearer $TOKEN" |
  sed 's/^[^}]*"id":"\\([^"]*\\)".*/\\1/')`;

/** The rules that apply to all operations, and how to try them. */
export const Introduction = () => (
  <div className="space-y-6">
    <p className="max-w-prose text-lead text-muted">
      <Words>{words.lead}</Words>
    </p>
    <ul className="max-w-prose list-disc space-y-2 pl-5 marker:text-margin">
      {words.rules.map((rule) => (
        <li key={rule}>
          <Words>{rule}</Words>
        </li>
      ))}
    </ul>
    <div className="space-y-3">
      <h2 id="try-it" className="scroll-mt-6 font-serif text-heading font-medium">
        {words.tryIt.title}
      </h2>
      <p className="max-w-prose">
        <Words>{words.tryIt.text}</Words>
      </p>
      <CodeBlock title={words.tryIt.code}>{signIn}</CodeBlock>
    </div>
  </div>
);
