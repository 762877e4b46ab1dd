import { connect } from "@daybook/core/db/table";
import { resources } from "./resources.ts";

// Imported for its effect: the client is made once for each instance of a function, and kept for its requests.
connect(resources.tableName);
