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
  it("says what happened, offers to try again, and leads back", () => {
    expect(page(new Error("a secret of ours"))).toMatch(/Something went wrong.*Try again.*Go to the start/);
  });

  it("shows the id of the request that failed", () => {
    expect(page(refused)).toMatch(/Request id\s+request-1/);
  });

  it("shows what finds an error of the server in its log", () => {
    expect(page(Object.assign(new Error("On the server"), { digest: "2971406" }))).toContain("2971406");
  });

  it("shows nothing of what the error says", () => {
    expect(page(new Error("a secret of ours"))).not.toContain("secret");
  });
});

describe("the place of what could not be loaded", () => {
  it("shows the id that the API or the gateway gave the request", () => {
    expect(state(refused)).toContain("request-1");
    expect(state(new GatewayError(503, "Service Unavailable", "request-2"))).toContain("request-2");
  });

  it("says that nothing was reached, which has no id", () => {
    const said = state(new NetworkError("No answer", { cause: new TypeError("Failed to fetch") }));
    expect(said).toContain("could not be reached");
    expect(said).not.toContain("Request id");
  });

  it("keeps the words of a failure of ours to ourselves", () => {
    expect(state(refused)).not.toContain("secret");
  });
});
