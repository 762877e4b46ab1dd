import { generationsAfter } from "./rotation.ts";
import { policyOf } from "./stage.ts";

// SST evaluates the program once before it installs the provider's package.
const { RandomPassword } = await import("@pulumi/random");

const { accepted, sent } = generationsAfter(policyOf($app.stage).originSecretRotations ?? 0);
const values = accepted.map((generation) => ({
  generation,
  value: new RandomPassword(`OriginSecret${generation}`, { length: 40, special: false }).result,
}));

/** Secret that CloudFront and the web app's server send to the API. */
export const sentOriginSecret = $output(values.find(({ generation }) => generation === sent)?.value ?? "");

/** Secrets that the API's functions accept. */
export const originSecrets = new sst.Linkable("OriginSecrets", {
  properties: { accepted: values.map(({ value }) => value) },
});
