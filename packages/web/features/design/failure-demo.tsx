"use client";

import { GatewayError } from "@daybook/core/contract/failures";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { design } from "../../words/design.ts";

const error = new GatewayError(503, "Service Unavailable", design.failure.id);

/** A failure that has an id; the way to try again leads nowhere here. */
export const FailureDemo = () => <FailureState error={error} title={design.failure.title} retry={() => {}} />;
