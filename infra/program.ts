// All parts of the program, in the order in which their resources are registered.
import "./api.ts";
import "./events.ts";
import "./blog.ts";
import "./revalidation.ts";
import "./storage.ts";
import "./media.ts";
import "./schedules.ts";
import "./identity-pool.ts";
import "./web.ts";
import "./alarms.ts";
import "./budget.ts";
