import type { SystemInterface } from '../../../contracts/other-systems.ts'

/** A call that tries the connection: it asks for the organisations and changes nothing. `origin` is ours. */
export const exampleCall = (by: SystemInterface, origin: string): string => {
  switch (by) {
    case 'fer-soap':
      return soap(
        `${origin}/exchange/fer`,
        `<GetPatientInfoRequest xmlns="http://www.rt-eu.ru/med/er/v2_0"><Session_ID>0e7a5d0c-0000-4000-8000-000000000001</Session_ID><Patient_Data><OMS_Number>2657020837000348</OMS_Number><First_Name>Пётр</First_Name><Last_Name>Петров</Last_Name><Birth_Date>1985-04-12</Birth_Date></Patient_Data></GetPatientInfoRequest>`,
        `  -H 'Authorization: Bearer ТОКЕН' \\\n`,
      )
    case 'hub-soap':
      return soap(`${origin}/exchange/hub`, '<GetLPUList xmlns="http://tempuri.org/"><guid>ТОКЕН</guid></GetLPUList>')
    case 'gorzdrav-rest':
      return `curl ${origin}/exchange/gorzdrav/_api/api/v2/shared/lpus \\\n  -H 'Authorization: Bearer ТОКЕН'`
  }
}

const soap = (address: string, body: string, header = ''): string =>
  `curl ${address} \\\n  -H 'Content-Type: text/xml; charset=utf-8' \\\n${header}  -d '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>'`
