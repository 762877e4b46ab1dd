import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";
import { problemType } from "@daybook/core/contract/problem";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import ErrorView from "./error-view.tsx";

const refused = new ProblemError({
  type: problemType("internal-error"),
  title: "Internal error",
  status: 500,
  detail: "A secret of ours",
  instance: "request-1",
});
const textOf = (html: string) => html.replace(/<[^>]+>/g, " ");
const page = (error: Error & { digest?: string }) =>
  textOf(renderToStaticMarkup(<ErrorView error={error} reset={() => {}} />));
const state = (error: unknown) => textOf(renderToStaticMarkup(<FailureState error={error} retry={() => {}} />));

describe("the error page", () => {
  it("describes the failure and offers a retry and a link to the home page", () => {
    expect(page(new Error("a secret of ours"))).toMatch(/Something went wrong.*Try again.*Go to the home page/);
  });

  it("shows the id of the failed request", () => {
    expect(page(refused)).toMatch(/Request id\s+request-1/);
  });

  it("shows the digest that identifies a server error in the log", () => {
    expect(page(Object.assign(new Error("On the server"), { digest: "2971406" }))).toContain("2971406");
  });

  it("does not show the error's message", () => {
    expect(page(new Error("a secret of ours"))).not.toContain("secret");
  });
});

describe("the failure state", () => {
  it("shows the request id from the API or the gateway", () => {
    expect(state(refused)).toContain("request-1");
    expect(state(new GatewayError(503, "Service Unavailable", "request-2"))).toContain("request-2");
  });

  it("reports a network error without a request id", () => {
    const said = state(new NetworkError("No answer", { cause: new TypeError("Failed to fetch") }));
    expect(said).toContain("We couldn’t reach");
    expect(said).not.toContain("Request id");
  });

  it("does not show the detail of an internal error", () => {
    expect(state(refused)).not.toContain("secret");
  });
});
