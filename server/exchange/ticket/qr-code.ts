import QRCode from 'qrcode'

/** A text as a QR code (ISO/IEC 18004) in SVG, black on white with the quiet zone of four modules that scanners need. */
export const qrCode = (text: string): Promise<string> =>
  QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 })
