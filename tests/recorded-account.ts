/* The responses of an AWS account, as `tests/preflight.test.ts` needs them. */

interface Recorded {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (body: unknown): Recorded => ({ body: JSON.stringify(body) });
export const refused = (status: number, name: string): Recorded => ({
  status,
  headers: { "x-amzn-errortype": name },
  body: JSON.stringify({ message: `${name}, says AWS.` }),
});
export const callerIs = (arn: string): Recorded => ({
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAEXAMPLE:ada</UserId><Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
});
export const zone = (name: string, id: string, isPrivate: boolean) =>
  `<HostedZone><Id>/hostedzone/${id}</Id><Name>${name}.</Name><CallerReference>a</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>`;
export const zones = (...all: string[]): Recorded => ({
  body: `<?xml version="1.0"?><ListHostedZonesByNameResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones>${all.join("")}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>`,
});
export const nameServers = ["ns-1.awsdns-01.org", "ns-2.awsdns-02.net"];
const delegationSet: Recorded = {
  body: `<?xml version="1.0"?><GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">${zone("example.com", "Z111", false)}<DelegationSet><NameServers>${nameServers.map((each) => `<NameServer>${each}</NameServer>`).join("")}</NameServers></DelegationSet></GetHostedZoneResponse>`,
};
/** A list of CloudFront with a number of entries. */
export const listOf = (kind: string, quantity: number, items = ""): Recorded => ({
  body: `<?xml version="1.0"?><${kind} xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>${quantity}</Quantity>${items && `<Items>${items}</Items>`}</${kind}>`,
});
export const distributions = (...comments: string[]) =>
  listOf(
    "DistributionList",
    comments.length,
    comments
      .map((comment) => `<DistributionSummary><Id>E1</Id><Comment>${comment}</Comment></DistributionSummary>`)
      .join(""),
  );
export const roles = (used: number): Recorded => ({
  body: `<GetAccountSummaryResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountSummaryResult><SummaryMap><entry><key>Roles</key><value>${used}</value></entry><entry><key>RolesQuota</key><value>1000</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>`,
});
export const mailAccount = (production: boolean) =>
  json({
    ProductionAccessEnabled: production,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: production ? 50_000 : 200 },
  });
export const quotaOf = (value: number) => json({ Quota: { Value: value } });
export const createdBy = (stage: string | undefined, verified = true) =>
  json({ VerifiedForSendingStatus: verified, Tags: stage === undefined ? [] : [{ Key: "sst:stage", Value: stage }] });
const cloudFrontQuotas = json({
  Quotas: [
    { QuotaName: "Cache policies per AWS account", QuotaCode: "L-CAFE0001", Value: 20 },
    { QuotaName: "Response headers policies per AWS account", QuotaCode: "L-CAFE0002", Value: 20 },
  ],
});

/** The responses of an account without problems, by request: `GET /path` or the code of a quota. */
export const wellKept: Readonly<Record<string, Recorded>> = {
  GetCallerIdentity: callerIs("arn:aws:sts::111122223333:assumed-role/Deployer/ada"),
  "GET /v2/email/account": mailAccount(true),
  "GET /v2/email/identities/hello%40todo.example.com": createdBy("production"),
  "L-B99A9384": quotaOf(1000),
  "L-8A5B8E43": quotaOf(10_000),
  GetAccountSummary: roles(120),
  ListServiceQuotas: cloudFrontQuotas,
  "GET /2020-05-31/cache-policy?MaxItems=100&Type=custom": listOf("CachePolicyList", 4),
  "GET /2020-05-31/response-headers-policy?MaxItems=100&Type=custom": listOf("ResponseHeadersPolicyList", 2),
  "GET /2020-05-31/distribution": distributions("daybook ada", "daybook bob"),
  "GET /account": json({ throttleSettings: { burstLimit: 5000, rateLimit: 10_000 } }),
  "GET /2013-04-01/hostedzonesbyname?dnsname=example.com": zones(
    zone("example.com", "Z000", true),
    zone("example.com", "Z111", false),
  ),
  "GET /2013-04-01/hostedzonesbyname?dnsname=todo.example.com": zones(zone("xn--other.example", "Z222", false)),
  "GET /2013-04-01/hostedzone/Z111": delegationSet,
};
