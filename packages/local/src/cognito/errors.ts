import { ServiceError } from "../iam/protocols.ts";

const cognitoError = (code: string) => (message: string) => new ServiceError(400, code, message);

export const aliasExists = cognitoError("AliasExistsException");
export const codeDeliveryFailure = cognitoError("CodeDeliveryFailureException");
export const codeMismatch = cognitoError("CodeMismatchException");
export const enableSoftwareTokenMfa = cognitoError("EnableSoftwareTokenMFAException");
export const expiredCode = cognitoError("ExpiredCodeException");
export const invalidLambdaResponse = cognitoError("InvalidLambdaResponseException");
export const invalidParameter = cognitoError("InvalidParameterException");
export const invalidPassword = cognitoError("InvalidPasswordException");
export const limitExceeded = cognitoError("LimitExceededException");
export const notAuthorized = cognitoError("NotAuthorizedException");
export const refreshTokenReuse = cognitoError("RefreshTokenReuseException");
export const resourceNotFound = cognitoError("ResourceNotFoundException");
export const softwareTokenMfaNotFound = cognitoError("SoftwareTokenMFANotFoundException");
export const unauthorized = cognitoError("UnauthorizedException");
export const unexpectedLambda = cognitoError("UnexpectedLambdaException");
export const unknownOperation = cognitoError("UnknownOperationException");
export const unsupportedOperation = cognitoError("UnsupportedOperationException");
export const unsupportedTokenType = cognitoError("UnsupportedTokenTypeException");
export const userLambdaValidation = cognitoError("UserLambdaValidationException");
export const usernameExists = cognitoError("UsernameExistsException");
export const userNotConfirmed = cognitoError("UserNotConfirmedException");
export const userNotFound = cognitoError("UserNotFoundException");
