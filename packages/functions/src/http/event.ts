import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from "aws-lambda";

/** What API Gateway sends (payload format 2.0); the claims are there behind the authorizer only. */
export type HttpEvent = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & {
    readonly authorizer?: { readonly jwt?: { readonly claims: Readonly<Record<string, unknown>> } };
  }
>;

/** What API Gateway takes. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
  cookies?: string[];
}
