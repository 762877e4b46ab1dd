import { attributesOf } from "../attributes.ts";
import { graphType, type Properties } from "../raw.ts";

/** A made-up account. Values that contain it are recognized and become references. */
export const account = "123456789012";

/** Outputs other than ids, ARNs and URLs that SST's components read. */
const special: Readonly<Record<string, (name: string, inputs: Properties) => Properties>> = {
  "aws:acm:Certificate": (_, { domainName = "" }) => ({
    domainValidationOptions: [
      { domainName, resourceRecordName: "_v", resourceRecordType: "CNAME", resourceRecordValue: "v" },
    ],
  }),
  "aws:cloudfront:Distribution": () => ({ hostedZoneId: "Z2FDTNDATAQYW2", etag: "etag", status: "Deployed" }),
  "aws:cloudwatch:LogGroup": (_, { name = "" }) => ({ id: name }),
  "aws:lambda:Function": () => ({ version: "$LATEST" }),
  "aws:s3:Bucket": (_, { bucket = "" }) => ({ bucket }),
  "aws:sesv2:EmailIdentity": () => ({ dkimSigningAttributes: { tokens: ["token-1", "token-2", "token-3"] } }),
  "pulumi-nodejs:dynamic:Resource": () => ({ isDone: true, zoneId: "Z0ZONE" }),
  "random:index:RandomBytes": (name) => ({ base64: btoa(name), hex: Buffer.from(name).toString("hex") }),
};

/** The input that contains a resource's AWS name, for types that do not use `name`. */
const nameInputs: Readonly<Record<string, string>> = {
  "aws:s3:Bucket": "bucket",
  "aws:sesv2:ConfigurationSet": "configurationSetName",
};

/** Returns the outputs of a resource: its inputs, its AWS name and AWS's attributes. */
export function outputsOf(type: string, name: string, inputs: Properties, region: string): Properties & { id: string } {
  const kind = graphType(type);
  const given = inputs[nameInputs[kind] ?? "name"];
  const physical = typeof given === "string" ? given : name;
  return {
    ...inputs,
    name: physical,
    ...attributesOf({ type: kind, physical, seed: name, inputs, region, account }),
    ...special[kind]?.(name, inputs),
  };
}
