import type { RejectionReason, SignedRequest } from "./sigv4.ts";

/** A service's HTTP response. */
export interface ServiceResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

/** An error response of a service. The SDK uses `code` as the error's name. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly status: number;
  readonly code: string;
  /** Further members of the error, such as `CancellationReasons`. */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(status: number, code: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.members = members;
  }
}

/**
 * Parses a request's JSON body.
 * @throws the given error if the body is not a JSON object
 */
export function jsonBody({ body }: SignedRequest, malformed: () => ServiceError): object {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString());
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {}
  throw malformed();
}

/** Splits the target of a request in a JSON protocol: `DynamoDB_20120810.PutItem`. */
export const targetOf = ({ headers }: SignedRequest): string[] => String(headers["x-amz-target"] ?? "").split(".");

interface ErrorName {
  readonly status: number;
  readonly code: string;
  /** Replaces the message of the signature verification. */
  readonly message?: string;
}

/** A service's error format, and the names of the errors that all services have. */
export interface Protocol {
  format(error: ServiceError, requestId: string): ServiceResponse;
  readonly rejections: Readonly<Record<RejectionReason, ErrorName>>;
  readonly accessDenied: ErrorName;
  /** Name of the header that contains the request id. */
  readonly requestIdHeader: string;
}

const jsonRejections = (status: number): Protocol["rejections"] => ({
  missing: { status, code: "MissingAuthenticationTokenException" },
  malformed: { status, code: "IncompleteSignatureException" },
  "unknown-key": { status, code: "UnrecognizedClientException" },
  mismatch: { status, code: "InvalidSignatureException" },
  skewed: { status, code: "InvalidSignatureException" },
  expired: { status, code: "InvalidSignatureException" },
  scope: { status, code: "InvalidSignatureException" },
  "unsigned-header": { status, code: "InvalidSignatureException" },
  payload: { status, code: "InvalidSignatureException" },
});

/** Error types of the JSON protocols have a namespace. Common errors have `com.amazon.coral.service`. */
function json(contentType: string, namespace: string | undefined): Protocol {
  const common = new Set(["AccessDeniedException", ...Object.values(jsonRejections(400)).map(({ code }) => code)]);
  const typeOf = (code: string) => {
    if (namespace === undefined || code.includes("#")) return code;
    return `${common.has(code) ? "com.amazon.coral.service" : namespace}#${code}`;
  };
  return {
    format: ({ status, code, message, members }) => ({
      status,
      headers: { "content-type": contentType },
      body: JSON.stringify({ __type: typeOf(code), message, ...members }),
    }),
    rejections: jsonRejections(400),
    accessDenied: { status: 400, code: "AccessDeniedException" },
    requestIdHeader: "x-amzn-requestid",
  };
}

/** DynamoDB's protocol. */
export const json10 = (namespace?: string): Protocol => json("application/x-amz-json-1.0", namespace);

/** Cognito's protocol. */
export const json11 = (namespace?: string): Protocol => json("application/x-amz-json-1.1", namespace);

/** SQS's protocol: JSON 1.0, with a header that contains the error names of the older query protocol. */
export const jsonQueryCompatible = (namespace: string): Protocol => {
  const base = json10(namespace);
  const older: Readonly<Record<string, string>> = {
    UnrecognizedClientException: "InvalidClientTokenId",
    InvalidSignatureException: "SignatureDoesNotMatch",
    MissingAuthenticationTokenException: "MissingAuthenticationToken",
    IncompleteSignatureException: "IncompleteSignature",
    AccessDeniedException: "AccessDenied",
  };
  return {
    ...base,
    format(error, requestId) {
      const response = base.format(error, requestId);
      return {
        ...response,
        headers: { ...response.headers, "x-amzn-query-error": `${older[error.code] ?? error.code};Sender` },
      };
    },
    rejections: jsonRejections(403),
    accessDenied: { status: 403, code: "AccessDeniedException" },
  };
};

/** Protocol of SES v2 and Lambda. The error code is in a header. */
export const restJson: Protocol = {
  format: ({ status, code, message, members }) => ({
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ message, ...members }),
  }),
  rejections: jsonRejections(403),
  accessDenied: { status: 403, code: "AccessDeniedException" },
  requestIdHeader: "x-amzn-requestid",
};

/** Escapes text for an XML element. */
export const escapeXml = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Protocol of SNS and CloudFront: XML errors in the service's namespace. */
export const errorXml = (namespace: string, accessDenied: string): Protocol => ({
  format: ({ status, code, message }, requestId) => ({
    status,
    headers: { "content-type": "text/xml" },
    body: `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  }),
  rejections: {
    missing: { status: 403, code: "MissingAuthenticationToken" },
    malformed: { status: 400, code: "IncompleteSignature" },
    "unknown-key": {
      status: 403,
      code: "InvalidClientTokenId",
      message: "The security token included in the request is invalid.",
    },
    mismatch: { status: 403, code: "SignatureDoesNotMatch" },
    skewed: { status: 403, code: "SignatureDoesNotMatch" },
    expired: { status: 403, code: "SignatureDoesNotMatch" },
    scope: { status: 403, code: "SignatureDoesNotMatch" },
    payload: { status: 403, code: "SignatureDoesNotMatch" },
    "unsigned-header": { status: 403, code: "SignatureDoesNotMatch" },
  },
  accessDenied: { status: 403, code: accessDenied },
  requestIdHeader: "x-amzn-requestid",
});

/** S3's protocol. */
export const restXml: Protocol = {
  format: ({ status, code, message, members }, requestId) => {
    const more = Object.entries(members).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`);
    return {
      status,
      headers: { "content-type": "application/xml" },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message>${more.join("")}<RequestId>${requestId}</RequestId></Error>`,
    };
  },
  rejections: {
    missing: { status: 403, code: "AccessDenied", message: "Access Denied" },
    malformed: { status: 400, code: "AuthorizationHeaderMalformed" },
    "unknown-key": {
      status: 403,
      code: "InvalidAccessKeyId",
      message: "The AWS Access Key Id you provided does not exist in our records.",
    },
    mismatch: { status: 403, code: "SignatureDoesNotMatch" },
    skewed: {
      status: 403,
      code: "RequestTimeTooSkewed",
      message: "The difference between the request time and the current time is too large.",
    },
    expired: { status: 403, code: "AccessDenied" },
    scope: { status: 400, code: "AuthorizationHeaderMalformed" },
    "unsigned-header": { status: 403, code: "AccessDenied" },
    payload: { status: 400, code: "XAmzContentSHA256Mismatch" },
  },
  accessDenied: { status: 403, code: "AccessDenied" },
  requestIdHeader: "x-amz-request-id",
};
