/**
 * Bytes are not what their standard says, or say something this codec does not do (an unknown curve, an RSA key).
 * The only error the readers of this folder throw, so a caller can tell bad input from a bug. The message is for logs.
 */
export class Malformed extends Error {}
