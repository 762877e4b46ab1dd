import { connect } from "@daybook/core/db/table";
import { resources } from "./resources.ts";

// Imported for its side effect: one client per function instance, shared by all its requests.
connect(resources.tableName);
