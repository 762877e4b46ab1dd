import { CodeBlock } from "./code-block.tsx";
import { cookieJar } from "./curl.ts";
import { operationWith } from "./reference.ts";
import { Reference } from "./rows.tsx";

const { example: credentials } = operationWith("createSession").request ?? {};

const signIn = `source .local/aws.env
TOKEN=$(curl -s "$DAYBOOK_URL/v1/session" -c ${cookieJar} \\
  -H "content-type: application/json" \\
  -d '${JSON.stringify(credentials)}' |
  sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
LIST_ID=$(curl -s "$DAYBOOK_URL/v1/lists" -H "authorization: Bearer $TOKEN" |
  sed 's/^[^}]*"id":"\\([^"]*\\)".*/\\1/')`;

/** What holds for every operation, and how to try them. */
export function Introduction() {
  return (
    <div className="space-y-6">
      <p className="max-w-prose text-lg text-muted">
        Everything that the app does, it does through this API: JSON over HTTP, below <code>/v1</code>. The same
        description for machines is{" "}
        <a
          href="/v1/openapi.json"
          className="rounded-sm text-accent underline underline-offset-4 hover:text-accent-strong"
        >
          OpenAPI 3.1
        </a>
        .
      </p>
      <ul className="max-w-prose list-disc space-y-2 pl-5">
        <li>
          Every error of an operation is a <Reference to="schema-Problem">problem</Reference> (RFC 9457) with a stable{" "}
          <code>type</code>; what is another user’s is not found. Refusals of the gateway before an operation runs are a
          plain <Reference to="schema-GatewayMessage">message</Reference>.
        </li>
        <li>
          Collections are arrays. If there is more, the <code>Link</code> header names the next page.
        </li>
        <li>
          <code>PATCH</code> is a JSON merge patch (RFC 7396). Members that are unknown or read-only are refused.
        </li>
        <li>
          With <code>If-Match</code>, only the version that you know is changed; with <code>If-None-Match</code>, only
          what is new to you is sent.
        </li>
        <li>
          An <code>Idempotency-Key</code> makes a repeated <code>POST</code> harmless for 24 hours.
        </li>
      </ul>
      <div className="space-y-3">
        <h2 id="try-it" className="scroll-mt-6 text-2xl font-bold">
          Try it
        </h2>
        <p className="max-w-prose">
          While <code>npm start</code> runs, <Reference to="signUp">create an account</Reference> and{" "}
          <Reference to="confirmAccount">confirm it</Reference> with the code from the mailbox. Then this gives the
          examples below what they need, in a shell in the folder of the project:
        </p>
        <CodeBlock title="Sign in from a shell">{signIn}</CodeBlock>
      </div>
    </div>
  );
}
