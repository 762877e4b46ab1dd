import { Resource } from "sst/resource";

declare module "sst/resource" {
  // What `infra/` links to the functions; a function sees only what is linked to it.
  interface Resource {
    readonly TableName: { readonly name: string };
    readonly Origin: { readonly url: string };
    readonly Auth: { readonly userPoolId: string; readonly webClientId: string };
    readonly Mail: { readonly sender: string };
    readonly CleanUpQueueUrl: { readonly url: string };
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
  webClientId: (): string => Resource.Auth.webClientId,
  sender: (): string => Resource.Mail.sender,
  cleanUpQueueUrl: (): string => Resource.CleanUpQueueUrl.url,
  /** As the SDK finds it: by the service's own variable, the common one, or the region. */
  cognitoEndpoint: (): string =>
    process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ??
    process.env.AWS_ENDPOINT_URL ??
    `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com`,
};
