/** What an address needs from outside: where it is, and a picture of it to be read by a telephone. */
export type CalendarPorts = {
  /** Where a calendar program subscribes with this token. */
  addressOf(token: string): string
  /** Where a CalDAV program connects. */
  server: string
  /** A text as a QR code, SVG. */
  qrOf(text: string): Promise<string>
}
