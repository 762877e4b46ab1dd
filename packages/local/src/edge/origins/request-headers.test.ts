import { describe, expect, it } from "vitest";
import { originHeaders } from "./request-headers.ts";

const connection = { address: "203.0.113.7", id: "id-of-the-request" };

describe("a viewer's header in the request to an origin", () => {
  it.each([
    ["connection", "close"],
    ["keep-alive", "timeout=5"],
    ["proxy-authenticate", "Basic"],
    ["proxy-authorization", "Basic eA=="],
    ["proxy-connection", "keep-alive"],
    ["te", "trailers"],
    ["trailer", "x-late"],
    ["upgrade", "h2c"],
    ["x-edge-location", "DUB2"],
    ["x-edge-anything", "1"],
    ["x-forwarded-proto", "https"],
    ["x-real-ip", "10.0.0.1"],
  ])("is removed: %s", (name, value) => {
    expect(originHeaders({ [name]: value }, connection)).not.toHaveProperty(name);
  });

  it.each([
    ["x-amz-cf-id", "of the viewer", "id-of-the-request"],
    ["x-forwarded-for", "10.0.0.1", "10.0.0.1, 203.0.113.7"],
    ["via", "1.1 proxy", "1.1 proxy, 1.1 localhost (CloudFront)"],
  ])("is replaced or extended: %s", (name, value, expected) => {
    expect(originHeaders({ [name]: value }, connection)).toHaveProperty(name, expected);
  });

  it.each([
    "accept",
    "accept-language",
    "authorization",
    "cookie",
    "if-none-match",
    "origin",
    "range",
    "referer",
    "user-agent",
    "x-amz-content-sha256",
    "x-http-method-override",
    "x-own",
  ])("is forwarded unchanged: %s", (name) => {
    expect(originHeaders({ [name]: "value" }, connection)).toHaveProperty(name, "value");
  });

  it("is added if the viewer did not send it", () => {
    expect(originHeaders({}, connection)).toEqual({
      via: "1.1 localhost (CloudFront)",
      "x-amz-cf-id": "id-of-the-request",
      "x-forwarded-for": "203.0.113.7",
    });
  });
});
