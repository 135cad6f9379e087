/** Whose mistake: the sender's, ours, or the form of the message. Names of SOAP 1.1; 1.2 says Sender and Receiver. */
export type FaultCode = 'Client' | 'Server' | 'VersionMismatch' | 'MustUnderstand'

/**
 * A fault (SOAP 1.1 §4.4, SOAP 1.2 part 1 §5.4). `reason` is for people; `detail` a stable code for programs, written as
 * an element of its own.
 */
export class SoapFault extends Error {
  readonly code: FaultCode
  readonly detail: string | undefined
  constructor(code: FaultCode, reason: string, detail?: string) {
    super(reason)
    this.name = 'SoapFault'
    this.code = code
    this.detail = detail
  }
}
