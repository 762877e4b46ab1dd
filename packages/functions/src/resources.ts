import type { AwsAccess } from "@daybook/core/account/cognito/request-signature";
import type { UploadTarget } from "@daybook/core/media/media.upload";
import { Resource } from "sst/resource";

/** Credentials of a confidential client of the user pool. */
interface ClientAccess {
  readonly clientId: string;
  readonly clientSecret: string;
}

declare module "sst/resource" {
  // Resources that `infra/` links. A function can read only those linked to it.
  interface Resource {
    readonly TableName: { readonly name: string };
    readonly Origin: { readonly url: string };
    readonly OriginSecrets: { readonly accepted: readonly string[] };
    readonly UserPoolId: { readonly value: string };
    readonly WebAccess: ClientAccess;
    readonly ServerAccess: ClientAccess;
    readonly Mail: { readonly sender: string; readonly configurationSet: string };
    readonly UploadsName: { readonly name: string };
    readonly MediaName: { readonly name: string };
    readonly SiteAssets: { readonly name: string; readonly keptDays: number };
    readonly CleanUpQueueUrl: { readonly url: string };
    readonly EventTopic: { readonly arn: string };
  }
}

/**
 * Configuration of the deployment. Nothing else reads the environment, except the SDK. Each value is read on use,
 * because functions with different links share a bundle.
 */
export const resources = {
  stage: (): string => Resource.App.stage,
  tableName: (): string => Resource.TableName.name,
  /** `https://…`, without a trailing slash. */
  origin: (): string => Resource.Origin.url.replace(/\/$/, ""),
  /**
   * Valid values of `originSecretHeader`. Two generations are valid, so that the sent one can be rotated. Example:
   * while 0 and 1 are accepted, the edge switches from 0 to 1; then 1 and 2 are accepted.
   */
  originSecrets: (): readonly string[] => Resource.OriginSecrets.accepted,
  userPoolId: (): string => Resource.UserPoolId.value,
  webClient: { id: () => Resource.WebAccess.clientId, secret: () => Resource.WebAccess.clientSecret },
  serverClient: { id: () => Resource.ServerAccess.clientId, secret: () => Resource.ServerAccess.clientSecret },
  /** The sender of mail, and the configuration set that reports the outcome of each mail. */
  mail: () => ({ sender: Resource.Mail.sender, configurationSet: Resource.Mail.configurationSet }),
  uploadsBucket: (): string => Resource.UploadsName.name,
  mediaBucket: (): string => Resource.MediaName.name,
  /** Bucket of the web app's builds, and the days for which a replaced build is kept. */
  siteAssets: () => ({ name: Resource.SiteAssets.name, keptDays: Resource.SiteAssets.keptDays }),
  /** Target of browser uploads, with the function's credentials, which sign the form. */
  uploadTarget: (): UploadTarget => {
    const bucket = Resource.UploadsName.name;
    const { AWS_ENDPOINT_URL_S3: endpoint } = process.env;
    const { region, credentials } = resources.aws();
    const url = endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com/`;
    return { url, bucket, region, credentials };
  },
  /** Region and credentials of the function. */
  aws: (): AwsAccess => {
    const { AWS_REGION: region = "", AWS_SESSION_TOKEN: sessionToken } = process.env;
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = process.env;
    return { region, credentials: { accessKeyId, secretAccessKey, sessionToken } };
  },
  cleanUpQueueUrl: (): string => Resource.CleanUpQueueUrl.url,
  eventTopicArn: (): string => Resource.EventTopic.arn,
  /** Resolves the endpoint as the SDK does: service variable, global variable, region. */
  cognitoEndpoint: (): string =>
    process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ??
    process.env.AWS_ENDPOINT_URL ??
    `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com`,
};
