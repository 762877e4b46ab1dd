import { lambda } from "./function.ts";
import { onlyFrom, receive, workQueue } from "./queue.ts";
import { media, mediaName, uploads, uploadsName } from "./storage.ts";
import { onTable, tableName } from "./table.ts";
import { tell } from "./topic.ts";

/** Uploaded files whose picture variants have to be created. */
const uploadJobs = workQueue("UploadJobs", {
  // Six times the function's timeout, as AWS recommends.
  visibilityTimeout: "6 minutes",
  deadLetters: "UploadDlq",
});
onlyFrom("UploadsNotification", uploadJobs, "s3.amazonaws.com", uploads.arn);
uploads.notify({
  notifications: [
    { name: "Arrived", queue: uploadJobs.arn, events: ["s3:ObjectCreated:*"], filterPrefix: "incoming/" },
  ],
});

const makeVariants = lambda("MakeVariants", {
  handler: "packages/functions/src/subscribers/make-variants.handler",
  description: "Creates the variants of an uploaded picture, or rejects the file",
  link: [tableName, uploadsName, mediaName],
  permissions: [
    onTable("dynamodb:GetItem", "dynamodb:UpdateItem"),
    { actions: ["s3:GetObject", "s3:DeleteObject"], resources: [$interpolate`${uploads.arn}/incoming/*`] },
    { actions: ["s3:PutObject", "s3:DeleteObject"], resources: [$interpolate`${media.arn}/med_*`] },
    // Without permission to list, S3 answers 403 instead of 404 for a missing object.
    { actions: ["s3:ListBucket"], resources: [uploads.arn, media.arn] },
    receive(uploadJobs),
  ],
  // A picture of 120 megapixels is loaded as a whole when it has to be rotated.
  memory: "2048 MB",
  timeout: "1 minute",
  install: { sharp: "0.35.5" },
});
// One message per invocation: each picture has all of the memory.
uploadJobs.subscribe(makeVariants.arn, { batch: { size: 1, partialResponses: true } });

const fileRemovals = workQueue("FileRemovals", { visibilityTimeout: "3 minutes", deadLetters: "FileRemovalDlq" });
tell(fileRemovals, "FileRemovals", ["media.deleted"]);

const removeFiles = lambda("RemoveFiles", {
  handler: "packages/functions/src/subscribers/remove-files.handler",
  description: "Deletes the files of deleted pictures",
  link: [mediaName],
  permissions: [
    { actions: ["s3:DeleteObject"], resources: [$interpolate`${media.arn}/med_*`] },
    { actions: ["s3:ListBucket"], resources: [media.arn] },
    receive(fileRemovals),
  ],
  timeout: "30 seconds",
});
fileRemovals.subscribe(removeFiles.arn, { batch: { size: 10, partialResponses: true } });
