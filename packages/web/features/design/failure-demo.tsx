"use client";

import { GatewayError } from "@daybook/core/contract/failures";
import { design } from "../../copy/design.ts";
import { FailureState } from "../../lib/ui/failure-state.tsx";

const error = new GatewayError(503, "Service Unavailable", design.failure.id);

/** A failure with a request id. Its retry button does nothing here. */
export const FailureDemo = () => <FailureState error={error} title={design.failure.title} retry={() => {}} />;
