import { type OperationId, operations } from "@daybook/core/api";
import type { Output, Request } from "@daybook/core/contract/operation";
import type { Problem } from "@daybook/core/contract/problem";
type Ops = typeof operations;
export interface Answer<T> { data: T; etag?: string | undefined; next?: string | undefined; requestId?: string | undefined }
export class ProblemError extends Error { readonly problem: Problem; readonly status: number; constructor(p: Problem, s: number) { super(p.title); this.problem = p; this.status = s; } }
type Client = { [Id in OperationId]: (r: Request<Ops[Id]>, o?: { ifMatch?: string; signal?: AbortSignal }) => Promise<Answer<Output<Ops[Id]>>> };
export function createClient({ baseUrl, fetch: f }: { baseUrl: string; accessToken?: () => string | undefined; fetch?: typeof fetch }): Client {
  return Object.fromEntries(Object.values(operations).map((op) => [op.id, async (r: any = {}, o: any = {}) => {
    let path: string = op.path; for (const [k, v] of Object.entries(r.params ?? {})) path = path.replace(`{${k}}`, String(v));
    const q = new URLSearchParams(r.query ?? {}).toString();
    const headers: Record<string, string> = {}; if (r.body) headers["content-type"] = "application/json"; if (o.ifMatch) headers["if-match"] = o.ifMatch;
    const res = await (f ?? fetch)(`${baseUrl}${path}${q ? `?${q}` : ""}`, { method: op.method, headers, signal: o.signal ?? null, ...(r.body ? { body: JSON.stringify(r.body) } : {}) });
    const text = await res.text(); const data = text ? JSON.parse(text) : undefined;
    if (!res.ok) throw new ProblemError(data, res.status);
    return { data, etag: res.headers.get("etag") ?? undefined, next: /cursor=([^>&]+)/.exec(res.headers.get("link") ?? "")?.[1] };
  }])) as any;
}
