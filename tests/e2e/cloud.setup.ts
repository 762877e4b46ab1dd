import { startTestCloud } from "../cloud.ts";
import { findBrowser } from "./browser.ts";

/**
 * Starts one local cloud for all browser tests, as `npm start` does. The tests get its URLs from environment variables.
 */
export default async function setup() {
  const { name, executablePath } = await findBrowser();
  process.stdout.write(`Browser: ${name}, ${executablePath}\n`);
  const cloud = await startTestCloud();
  const { DAYBOOK_URL, DAYBOOK_MAIL_URL } = cloud.env;
  Object.assign(process.env, { DAYBOOK_URL, DAYBOOK_MAIL_URL, DAYBOOK_TEST_DATA: cloud.dataFolder });
  return () => cloud.remove();
}
