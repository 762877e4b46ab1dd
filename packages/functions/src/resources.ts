import type { AwsAccess } from "@daybook/core/account/cognito/request-signature";
import type { UploadTarget } from "@daybook/core/media/media.upload";
import { Resource } from "sst/resource";

/** What a function acts as a confidential client of the user pool with. */
interface ClientAccess {
  readonly clientId: string;
  readonly clientSecret: string;
}

declare module "sst/resource" {
  // What `infra/` links to the functions; a function sees only what is linked to it.
  interface Resource {
    readonly TableName: { readonly name: string };
    readonly Origin: { readonly url: string };
    readonly OriginSecrets: { readonly accepted: readonly string[] };
    readonly UserPoolId: { readonly value: string };
    readonly WebAccess: ClientAccess;
    readonly ServerAccess: ClientAccess;
    readonly Mail: { readonly sender: string };
    readonly UploadsName: { readonly name: string };
    readonly MediaName: { readonly name: string };
    readonly CleanUpQueueUrl: { readonly url: string };
    readonly EventTopic: { readonly arn: string };
    readonly Distribution: { readonly id: string };
    readonly RevalidationSecret: { readonly value: string };
  }
}

/**
 * What the deployment tells the functions. Nothing else reads the environment (the SDK's own settings apart). Each value is read
 * when it is needed: one bundle serves functions with different links.
 */
export const resources = {
  stage: (): string => Resource.App.stage,
  tableName: (): string => Resource.TableName.name,
  /** `https://…`, without a slash at the end. */
  origin: (): string => Resource.Origin.url.replace(/\/$/, ""),
  /** The values of `originSecretHeader` that are valid: two, so that the sent one can be rotated. */
  originSecrets: (): readonly string[] => Resource.OriginSecrets.accepted,
  userPoolId: (): string => Resource.UserPoolId.value,
  webClient: { id: () => Resource.WebAccess.clientId, secret: () => Resource.WebAccess.clientSecret },
  serverClient: { id: () => Resource.ServerAccess.clientId, secret: () => Resource.ServerAccess.clientSecret },
  sender: (): string => Resource.Mail.sender,
  uploadsBucket: (): string => Resource.UploadsName.name,
  mediaBucket: (): string => Resource.MediaName.name,
  /** Where a browser posts files to, and the function's own credentials, which sign that. */
  uploadTarget: (): UploadTarget => {
    const bucket = Resource.UploadsName.name;
    const { AWS_ENDPOINT_URL_S3: endpoint } = process.env;
    const { region, credentials } = resources.aws();
    const url = endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com/`;
    return { url, bucket, region, credentials };
  },
  /** The region, and the function's own credentials. */
  aws: (): AwsAccess => {
    const { AWS_REGION: region = "", AWS_SESSION_TOKEN: sessionToken } = process.env;
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = process.env;
    return { region, credentials: { accessKeyId, secretAccessKey, sessionToken } };
  },
  cleanUpQueueUrl: (): string => Resource.CleanUpQueueUrl.url,
  eventTopicArn: (): string => Resource.EventTopic.arn,
  distributionId: (): string => Resource.Distribution.id,
  revalidationSecret: (): string => Resource.RevalidationSecret.value,
  /** As the SDK finds it: by the service's own variable, the common one, or the region. */
  cognitoEndpoint: (): string =>
    process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ??
    process.env.AWS_ENDPOINT_URL ??
    `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com`,
};
